//! What an argument of a kernel holds while its call lasts: a number, an address, the memory of a
//! view, a text, a function.
const std = @import("std");
const api = @import("api.zig");
const callback = @import("callback.zig");
const convert = @import("convert.zig");
const Thrown = convert.Thrown;

/// How a form departs from the plain one.
pub const Options = struct {
    /// 64-bit results are Numbers where those are exact.
    fast_wide: bool = false,
    /// Buffers are given by their addresses, whose lengths are not known.
    addresses: bool = false,
};

pub fn paramsOf(comptime F: type) []const ?type {
    return @typeInfo(F).@"fn".param_types;
}

/// The element type of a buffer argument; null for any other.
pub fn BufferOf(comptime T: type) ?type {
    const Pointer = switch (@typeInfo(T)) {
        .optional => |optional| optional.child,
        else => T,
    };
    return switch (@typeInfo(Pointer)) {
        .pointer => |info| if (info.size == .many and info.sentinel() == null) info.child else null,
        else => null,
    };
}

/// The function type behind a callback argument; null for any other.
pub fn FunctionOf(comptime T: type) ?type {
    const Pointer = switch (@typeInfo(T)) {
        .optional => |optional| optional.child,
        else => T,
    };
    return switch (@typeInfo(Pointer)) {
        .pointer => |info| if (@typeInfo(info.child) == .@"fn") info.child else null,
        else => null,
    };
}

/// What every argument of a function holds while the call lasts, as a tuple.
pub fn HeldOf(comptime F: type, comptime options: Options) type {
    const params = paramsOf(F);
    var types: [params.len]type = undefined;
    for (&types, params) |*held, param| held.* = Held(param.?, options);
    return @Tuple(&types);
}

fn Held(comptime T: type, comptime options: Options) type {
    if (T == ?[*:0]const u8) return HeldText;
    if (T == ?*anyopaque) return HeldAddress(T);
    if (options.addresses and BufferOf(T) != null) return HeldAddress(T);
    if (BufferOf(T)) |Element| return HeldBuffer(T, Element);
    if (FunctionOf(T)) |F| return HeldFunction(F);
    return HeldPlain(T);
}

fn HeldPlain(comptime T: type) type {
    return struct {
        const Self = @This();
        pub inline fn clear(_: *Self) void {}

        pub inline fn take(
            _: *Self,
            env: api.Env,
            value: api.Value,
            comptime place: convert.Place,
        ) Thrown!T {
            return switch (@typeInfo(T)) {
                .@"struct" => convert.recordFrom(T, env, value, place),
                else => convert.scalarFrom(T, env, value, place),
            };
        }
        pub inline fn thrown(_: *Self) bool {
            return false;
        }
        pub inline fn release(_: *Self) void {}
    };
}

fn HeldAddress(comptime T: type) type {
    return struct {
        const Self = @This();
        pub inline fn clear(_: *Self) void {}

        pub inline fn take(
            _: *Self,
            env: api.Env,
            value: api.Value,
            comptime place: convert.Place,
        ) Thrown!T {
            return @ptrCast(@alignCast(try convert.pointerFrom(env, value, place)));
        }
        pub inline fn thrown(_: *Self) bool {
            return false;
        }
        pub inline fn release(_: *Self) void {}
    };
}

fn HeldBuffer(comptime T: type, comptime Element: type) type {
    return struct {
        count: usize,

        const Self = @This();
        pub inline fn clear(_: *Self) void {}

        pub inline fn take(
            held: *Self,
            env: api.Env,
            value: api.Value,
            comptime place: convert.Place,
        ) Thrown!T {
            const span = try convert.spanFrom(Element, env, value, place);
            held.count = span.count;
            return span.data;
        }
        pub inline fn thrown(_: *Self) bool {
            return false;
        }
        pub inline fn release(_: *Self) void {}
    };
}

/// A C string: short texts are written to the stack, long ones to memory that the call gives back.
const HeldText = struct {
    short: [1024]u8,
    long: ?[]u8,

    /// Only what must be: the rest is long, and written before it is read.
    pub inline fn clear(held: *HeldText) void {
        held.long = null;
    }

    /// UTF-8 that would end after the last place of `short` less one character may have been cut.
    const whole_max = 1024 - 1 - 4;

    pub inline fn take(
        held: *HeldText,
        env: api.Env,
        value: api.Value,
        comptime place: convert.Place,
    ) Thrown!?[*:0]const u8 {
        var length: usize = undefined;
        const status =
            api.napi_get_value_string_utf8(env, value, &held.short, held.short.len, &length);
        if (status != .ok) return bytesFrom(env, value, place);
        if (length <= whole_max) return @ptrCast(&held.short);
        return held.takeLong(env, value);
    }

    noinline fn takeLong(held: *HeldText, env: api.Env, value: api.Value) Thrown!?[*:0]const u8 {
        var length: usize = undefined;
        _ = api.napi_get_value_string_utf8(env, value, null, 0, &length);
        const bytes = std.heap.c_allocator.alloc(u8, length + 1) catch
            return convert.throwRange(env, "There is no memory left for a text.");
        held.long = bytes;
        _ = api.napi_get_value_string_utf8(env, value, bytes.ptr, bytes.len, &length);
        return @ptrCast(bytes.ptr);
    }

    noinline fn bytesFrom(
        env: api.Env,
        value: api.Value,
        comptime place: convert.Place,
    ) Thrown!?[*:0]const u8 {
        const wanted = "a string, or a Uint8Array that ends in a zero byte";
        if (convert.isNothing(env, value)) return null;
        var bytes: []u8 = undefined;
        var kind: api.ArrayType = undefined;
        var data: ?*anyopaque = undefined;
        const status =
            api.napi_get_typedarray_info(env, value, &kind, &bytes.len, &data, null, null);
        if (status != .ok or kind != .u8) return convert.refuseType(env, place, wanted);
        bytes.ptr = @ptrCast(data orelse return convert.refuseType(env, place, wanted));
        if (std.mem.findScalar(u8, bytes, 0) == null) return convert.refuseType(env, place, wanted);
        return @ptrCast(bytes.ptr);
    }

    pub inline fn thrown(_: *HeldText) bool {
        return false;
    }
    pub inline fn release(held: *HeldText) void {
        if (held.long) |bytes| std.heap.c_allocator.free(bytes);
    }
};

/// A JavaScript function, called through a frame of this thread, or the address of a C function.
fn HeldFunction(comptime F: type) type {
    return struct {
        frame: ?callback.Frame,

        const Self = @This();
        pub inline fn clear(held: *Self) void {
            held.frame = null;
        }

        pub fn take(
            held: *Self,
            env: api.Env,
            value: api.Value,
            comptime place: convert.Place,
        ) Thrown!?*const F {
            var kind: api.ValueType = undefined;
            _ = api.napi_typeof(env, value, &kind);
            if (kind != .function) {
                const address = try convert.pointerFrom(env, value, place);
                return @ptrCast(@alignCast(address));
            }
            held.frame = undefined;
            callback.Frame.enter(&held.frame.?, env, value);
            return callback.inFrame(F);
        }
        pub inline fn thrown(held: *Self) bool {
            return if (held.frame) |frame| frame.thrown else false;
        }
        pub inline fn release(held: *Self) void {
            if (held.frame) |*frame| frame.leave();
        }
    };
}
