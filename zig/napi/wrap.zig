//! Makes a Node-API function of any kernel at compile time, from the kernel's own C type: arguments
//! are checked and converted, the kernel is called, its result converted. No kernel is named here.
const std = @import("std");
const api = @import("api.zig");
const callback = @import("callback.zig");
const convert = @import("convert.zig");
const Thrown = convert.Thrown;

/// How a kernel is offered; see the lane interface.
pub const Form = enum { plain, u64_fast, buffer_length, pointer, async };

/// Kernels whose buffer is followed by something else than its length.
const unsized = [_][]const u8{ "ffib_struct_out_16", "ffib_struct_out_64" };

/// The kernel as a Node-API function, or null where it has no such form.
pub fn wrap(
    comptime form: Form,
    comptime name: [:0]const u8,
    comptime kernel: anytype,
) ?api.Callback {
    const F = @typeInfo(@TypeOf(kernel)).pointer.child;
    return switch (form) {
        .plain => &Plain(name, kernel, .{}).call,
        .u64_fast => if (returns(F, u64))
            &Plain(name, kernel, .{ .fast_wide = true }).call
        else
            null,
        .pointer => if (takesBuffer(F)) &Plain(name, kernel, .{ .addresses = true }).call else null,
        .buffer_length => if (takesBufferAndLength(F)) &OneView(name, kernel).call else null,
        .async => if (takesScalars(F)) &Promised(name, kernel).call else null,
    };
}

fn paramsOf(comptime F: type) []const ?type {
    return @typeInfo(F).@"fn".param_types;
}

fn returns(comptime F: type, comptime T: type) bool {
    return callback.ResultOf(F) == T;
}

fn takesBufferAndLength(comptime F: type) bool {
    const params = paramsOf(F);
    return params.len == 2 and BufferOf(params[0].?) != null and isLength(params[1].?);
}

fn takesBuffer(comptime F: type) bool {
    for (paramsOf(F)) |param| if (BufferOf(param.?) != null) return true;
    return false;
}

fn takesScalars(comptime F: type) bool {
    for (paramsOf(F)) |param| {
        switch (@typeInfo(param.?)) {
            .int, .float, .bool => {},
            else => return false,
        }
    }
    return true;
}

fn isLength(comptime T: type) bool {
    return T == u32 or T == u64;
}

/// The element type of a buffer argument; null for any other.
fn BufferOf(comptime T: type) ?type {
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
fn FunctionOf(comptime T: type) ?type {
    const Pointer = switch (@typeInfo(T)) {
        .optional => |optional| optional.child,
        else => T,
    };
    return switch (@typeInfo(Pointer)) {
        .pointer => |info| if (@typeInfo(info.child) == .@"fn") info.child else null,
        else => null,
    };
}

fn argument(comptime name: [:0]const u8, comptime index: usize) convert.Place {
    return .{ .function = name, .argument = index + 1 };
}

/// Checks how many arguments came, and takes them.
inline fn take(
    comptime name: [:0]const u8,
    env: api.Env,
    info: api.CallbackInfo,
    values: []api.Value,
) Thrown!void {
    if (values.len == 0) return;
    var count = values.len;
    _ = api.napi_get_cb_info(env, info, &count, values.ptr, null, null);
    if (count >= values.len) return;
    return convert.throwType(env, name ++ " takes more arguments than it was given.");
}

/// How a form departs from the plain one.
const Options = struct {
    /// 64-bit results are Numbers where those are exact.
    fast_wide: bool = false,
    /// Buffers are given by their addresses, whose lengths nobody knows.
    addresses: bool = false,
};

fn Plain(comptime name: [:0]const u8, comptime kernel: anytype, comptime options: Options) type {
    const F = @typeInfo(@TypeOf(kernel)).pointer.child;
    const params = paramsOf(F);
    return struct {
        fn call(env: api.Env, info: api.CallbackInfo) callconv(.c) api.Value {
            return checked(env, info) catch null;
        }

        inline fn checked(env: api.Env, info: api.CallbackInfo) Thrown!api.Value {
            var values: [params.len]api.Value = undefined;
            try take(name, env, info, &values);
            var held: HeldOf(F, options) = undefined;
            inline for (&held) |*one| one.clear();
            defer inline for (&held) |*one| one.release();
            var args: std.meta.ArgsTuple(F) = undefined;
            inline for (params, 0..) |param, i| {
                const place = comptime argument(name, i);
                args[i] = try held[i].take(env, values[i], place);
                if (comptime i > 0 and isLength(param.?) and !options.addresses and
                    hasLength(name, params[i - 1].?))
                {
                    if (args[i] > held[i - 1].count) return convert.refuseLength(env, place);
                }
            }
            const result = @call(.auto, kernel, args);
            inline for (&held) |*one| if (one.thrown()) return error.Thrown;
            return convert.toValue(env, result, options.fast_wide);
        }
    };
}

fn hasLength(comptime name: [:0]const u8, comptime T: type) bool {
    for (unsized) |other| if (std.mem.eql(u8, name, other)) return false;
    return BufferOf(T) != null;
}

/// A kernel of a buffer and its length, as a function of one view that holds both.
fn OneView(comptime name: [:0]const u8, comptime kernel: anytype) type {
    const params = paramsOf(@typeInfo(@TypeOf(kernel)).pointer.child);
    const Element = BufferOf(params[0].?).?;
    return struct {
        fn call(env: api.Env, info: api.CallbackInfo) callconv(.c) api.Value {
            return checked(env, info) catch null;
        }

        inline fn checked(env: api.Env, info: api.CallbackInfo) Thrown!api.Value {
            var values: [1]api.Value = undefined;
            try take(name, env, info, &values);
            const place = comptime argument(name, 0);
            const span = try convert.spanFrom(Element, env, values[0], place);
            return convert.toValue(env, kernel(span.data, @intCast(span.count)), false);
        }
    };
}

/// A kernel of scalars that runs on a thread of the runtime's pool and settles a promise.
fn Promised(comptime name: [:0]const u8, comptime kernel: anytype) type {
    const F = @typeInfo(@TypeOf(kernel)).pointer.child;
    const params = paramsOf(F);
    return struct {
        const Work = struct {
            args: std.meta.ArgsTuple(F),
            result: callback.ResultOf(F),
            deferred: ?api.Deferred,
            work: ?api.AsyncWork,
        };

        fn call(env: api.Env, info: api.CallbackInfo) callconv(.c) api.Value {
            return checked(env, info) catch null;
        }

        inline fn checked(env: api.Env, info: api.CallbackInfo) Thrown!api.Value {
            var values: [params.len]api.Value = undefined;
            try take(name, env, info, &values);
            var args: std.meta.ArgsTuple(F) = undefined;
            inline for (params, 0..) |param, i| {
                args[i] = try convert.scalarFrom(
                    param.?,
                    env,
                    values[i],
                    comptime argument(name, i),
                );
            }
            const job = std.heap.c_allocator.create(Work) catch
                return convert.throwRange(env, "There is no memory left for an asynchronous call.");
            job.* = .{ .args = args, .result = undefined, .deferred = null, .work = null };
            return start(env, job);
        }

        fn start(env: api.Env, job: *Work) api.Value {
            var promise: api.Value = null;
            var title: api.Value = null;
            _ = api.napi_create_promise(env, &job.deferred, &promise);
            _ = api.napi_create_string_utf8(env, name.ptr, name.len, &title);
            _ = api.napi_create_async_work(env, null, title, &execute, &complete, job, &job.work);
            _ = api.napi_queue_async_work(env, job.work.?);
            return promise;
        }

        fn execute(_: api.Env, data: ?*anyopaque) callconv(.c) void {
            const job: *Work = @ptrCast(@alignCast(data.?));
            job.result = @call(.auto, kernel, job.args);
        }

        fn complete(env: api.Env, _: api.Status, data: ?*anyopaque) callconv(.c) void {
            const job: *Work = @ptrCast(@alignCast(data.?));
            var value = convert.toValue(env, job.result, false);
            if (value == null) _ = api.napi_get_undefined(env, &value);
            _ = api.napi_resolve_deferred(env, job.deferred.?, value);
            _ = api.napi_delete_async_work(env, job.work.?);
            std.heap.c_allocator.destroy(job);
        }
    };
}

/// What every argument of a function holds while the call lasts, as a tuple.
fn HeldOf(comptime F: type, comptime options: Options) type {
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
        inline fn clear(_: *Self) void {}

        inline fn take(
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
        inline fn thrown(_: *Self) bool {
            return false;
        }
        inline fn release(_: *Self) void {}
    };
}

fn HeldAddress(comptime T: type) type {
    return struct {
        const Self = @This();
        inline fn clear(_: *Self) void {}

        inline fn take(
            _: *Self,
            env: api.Env,
            value: api.Value,
            comptime place: convert.Place,
        ) Thrown!T {
            return @ptrCast(@alignCast(try convert.pointerFrom(env, value, place)));
        }
        inline fn thrown(_: *Self) bool {
            return false;
        }
        inline fn release(_: *Self) void {}
    };
}

fn HeldBuffer(comptime T: type, comptime Element: type) type {
    return struct {
        count: usize,

        const Self = @This();
        inline fn clear(_: *Self) void {}

        inline fn take(
            held: *Self,
            env: api.Env,
            value: api.Value,
            comptime place: convert.Place,
        ) Thrown!T {
            const span = try convert.spanFrom(Element, env, value, place);
            held.count = span.count;
            return span.data;
        }
        inline fn thrown(_: *Self) bool {
            return false;
        }
        inline fn release(_: *Self) void {}
    };
}

/// A C string: short texts are written to the stack, long ones to memory that the call gives back.
const HeldText = struct {
    short: [1024]u8,
    long: ?[]u8,

    /// Only what must be: the rest is long, and written before it is read.
    inline fn clear(held: *HeldText) void {
        held.long = null;
    }

    /// UTF-8 that would end after the last place of `short` less one character may have been cut.
    const whole_max = 1024 - 1 - 4;

    inline fn take(
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

    inline fn thrown(_: *HeldText) bool {
        return false;
    }
    inline fn release(held: *HeldText) void {
        if (held.long) |bytes| std.heap.c_allocator.free(bytes);
    }
};

/// A JavaScript function, called through a frame of this thread, or the address of a C function.
fn HeldFunction(comptime F: type) type {
    return struct {
        frame: ?callback.Frame,

        const Self = @This();
        inline fn clear(held: *Self) void {
            held.frame = null;
        }

        fn take(
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
        inline fn thrown(held: *Self) bool {
            return if (held.frame) |frame| frame.thrown else false;
        }
        inline fn release(held: *Self) void {
            if (held.frame) |*frame| frame.leave();
        }
    };
}
