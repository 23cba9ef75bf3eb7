//! Values between JavaScript and C, checked on the way in as a careful addon does. What does not
//! fit is thrown as a JavaScript error that names the function and the argument.
const std = @import("std");
const api = @import("api.zig");

/// A JavaScript exception is pending; the addon has nothing left to do but return.
pub const Thrown = error{Thrown};

/// Greatest integer up to which a Number holds every one: 2^53 - 1.
pub const safe_integer_max = (1 << 53) - 1;

/// Which value an error is about; only spelt out when there is one.
pub const Place = struct {
    /// Exported name of the function, or what else was asked.
    function: [:0]const u8,
    /// From 1; 0 is the answer of a callback.
    argument: u8,
    /// Field of a struct.
    field: ?[:0]const u8 = null,
};

const Kind = enum { type, range };

/// Throws an error that says what a value must be: `ffib_id_u8: argument 1 must be …`.
noinline fn refuse(env: api.Env, kind: Kind, place: Place, wanted: []const u8) Thrown {
    @branchHint(.cold);
    var buffer: [256]u8 = undefined;
    var writer: std.Io.Writer = .fixed(buffer[0 .. buffer.len - 1]);
    spell(&writer, place, wanted) catch {};
    buffer[writer.end] = 0;
    const sentence: [*:0]const u8 = @ptrCast(&buffer);
    return if (kind == .type) throwType(env, sentence) else throwRange(env, sentence);
}

fn spell(writer: *std.Io.Writer, place: Place, wanted: []const u8) std.Io.Writer.Error!void {
    if (place.argument == 0) {
        try writer.print("{s}: the answer of a callback", .{place.function});
    } else {
        try writer.print("{s}: argument {d}", .{ place.function, place.argument });
    }
    if (place.field) |name| try writer.print(".{s}", .{name});
    try writer.print(" must be {s}.", .{wanted});
}

/// As `refuse`, for a length that lies behind the end of its buffer.
pub noinline fn refuseLength(env: api.Env, place: Place) Thrown {
    @branchHint(.cold);
    return refuse(env, .range, place, "at most the length of the buffer before it");
}

/// As `refuse`, where the type is wrong.
pub noinline fn refuseType(env: api.Env, place: Place, wanted: []const u8) Thrown {
    @branchHint(.cold);
    return refuse(env, .type, place, wanted);
}

/// Throws a TypeError with this sentence.
pub fn throwType(env: api.Env, sentence: [*:0]const u8) Thrown {
    @branchHint(.cold);
    _ = api.napi_throw_type_error(env, null, sentence);
    return error.Thrown;
}

/// Throws a RangeError with this sentence.
pub fn throwRange(env: api.Env, sentence: [*:0]const u8) Thrown {
    @branchHint(.cold);
    _ = api.napi_throw_range_error(env, null, sentence);
    return error.Thrown;
}

/// A scalar from a JavaScript value. `what` names the argument in the error.
pub inline fn scalarFrom(
    comptime T: type,
    env: api.Env,
    value: api.Value,
    comptime place: Place,
) Thrown!T {
    switch (T) {
        bool => {
            var result: bool = undefined;
            if (api.napi_get_value_bool(env, value, &result) == .ok) return result;
            return refuse(env, .type, place, "a boolean");
        },
        f32, f64 => {
            var result: f64 = undefined;
            if (api.napi_get_value_double(env, value, &result) == .ok) return @floatCast(result);
            return refuse(env, .type, place, "a number");
        },
        i64, u64 => return wideFrom(T, env, value, place),
        else => return integerFrom(T, env, value, place),
    }
}

inline fn integerFrom(
    comptime T: type,
    env: api.Env,
    value: api.Value,
    comptime place: Place,
) Thrown!T {
    const low = std.math.minInt(T);
    const high = std.math.maxInt(T);
    const wanted = comptime wholeNumber(T);
    var number: f64 = undefined;
    if (api.napi_get_value_double(env, value, &number) != .ok) return refuse(
        env,
        .type,
        place,
        wanted,
    );
    if (!(number >= low and number <= high)) return refuse(env, .range, place, wanted);
    const whole: T = @intFromFloat(number);
    if (@as(f64, @floatFromInt(whole)) != number) return refuse(env, .range, place, wanted);
    return whole;
}

fn wholeNumber(comptime T: type) []const u8 {
    return switch (T) {
        i8 => "a whole number from -128 to 127",
        u8 => "a whole number from 0 to 255",
        i16 => "a whole number from -32768 to 32767",
        u16 => "a whole number from 0 to 65535",
        i32 => "a whole number from -2147483648 to 2147483647",
        u32 => "a whole number from 0 to 4294967295",
        else => @compileError("no Number holds every " ++ @typeName(T)),
    };
}

/// 64 bits from a BigInt, or from a Number that is a safe integer.
inline fn wideFrom(
    comptime T: type,
    env: api.Env,
    value: api.Value,
    comptime place: Place,
) Thrown!T {
    const wanted = "a BigInt of 64 bits or a safe integer";
    var result: T = undefined;
    var lossless: bool = undefined;
    const status = switch (T) {
        u64 => api.napi_get_value_bigint_uint64(env, value, &result, &lossless),
        else => api.napi_get_value_bigint_int64(env, value, &result, &lossless),
    };
    if (status == .ok) return if (lossless) result else refuse(env, .range, place, wanted);
    var number: f64 = undefined;
    if (api.napi_get_value_double(env, value, &number) != .ok) return refuse(
        env,
        .type,
        place,
        wanted,
    );
    const low: f64 = if (T == u64) 0 else -safe_integer_max;
    if (!(number >= low and number <= safe_integer_max)) return refuse(env, .range, place, wanted);
    if (@trunc(number) != number) return refuse(env, .range, place, wanted);
    return @intFromFloat(number);
}

/// An address from a Number, or from a BigInt where no Number holds it; null from null and
/// undefined.
pub inline fn pointerFrom(
    env: api.Env,
    value: api.Value,
    comptime place: Place,
) Thrown!?*anyopaque {
    const wanted = "an address as this addon gives it, or null";
    var number: f64 = undefined;
    if (api.napi_get_value_double(env, value, &number) != .ok) {
        return otherPointerFrom(env, value, place, wanted);
    }
    if (!(number >= 0 and number <= safe_integer_max)) return refuse(env, .range, place, wanted);
    return @ptrFromInt(@as(usize, @intFromFloat(number)));
}

/// An address that no Number holds, from a BigInt.
fn otherPointerFrom(
    env: api.Env,
    value: api.Value,
    comptime place: Place,
    comptime wanted: []const u8,
) Thrown!?*anyopaque {
    if (isNothing(env, value)) return null;
    var bits: u64 = undefined;
    var lossless: bool = undefined;
    if (api.napi_get_value_bigint_uint64(env, value, &bits, &lossless) != .ok) {
        return refuse(env, .type, place, wanted);
    }
    if (!lossless) return refuse(env, .range, place, wanted);
    return @ptrFromInt(@as(usize, @intCast(bits)));
}

pub fn isNothing(env: api.Env, value: api.Value) bool {
    var kind: api.ValueType = undefined;
    return api.napi_typeof(env, value, &kind) == .ok and (kind == .null or kind == .undefined);
}

/// Memory that JavaScript owns, with its length in elements.
pub fn Span(comptime T: type) type {
    return struct { data: ?[*]T, count: usize };
}

/// The memory of a typed array of these elements; for bytes also of a DataView or an ArrayBuffer.
pub inline fn spanFrom(
    comptime T: type,
    env: api.Env,
    value: api.Value,
    comptime place: Place,
) Thrown!Span(T) {
    var kind: api.ArrayType = undefined;
    var count: usize = undefined;
    var data: ?*anyopaque = undefined;
    const status = api.napi_get_typedarray_info(env, value, &kind, &count, &data, null, null);
    if (status != .ok) return otherSpanFrom(T, env, value, place);
    const same = kind == (comptime arrayTypeOf(T)) or (T == u8 and kind == .u8_clamped);
    if (!same) return refuse(env, .type, place, comptime wantedArray(T));
    return .{ .data = @ptrCast(@alignCast(data)), .count = count };
}

fn otherSpanFrom(
    comptime T: type,
    env: api.Env,
    value: api.Value,
    comptime place: Place,
) Thrown!Span(T) {
    if (isNothing(env, value)) return .{ .data = null, .count = 0 };
    var count: usize = undefined;
    var data: ?*anyopaque = undefined;
    if (T == u8) {
        if (api.napi_get_arraybuffer_info(env, value, &data, &count) == .ok or
            api.napi_get_dataview_info(env, value, &count, &data, null, null) == .ok)
        {
            return .{ .data = @ptrCast(data), .count = count };
        }
    }
    return refuse(env, .type, place, comptime wantedArray(T));
}

fn arrayTypeOf(comptime T: type) api.ArrayType {
    return @field(api.ArrayType, @typeName(T));
}

fn wantedArray(comptime T: type) [:0]const u8 {
    return switch (T) {
        u8 => "a Uint8Array, a DataView or an ArrayBuffer",
        u16 => "a Uint16Array",
        u32 => "a Uint32Array",
        i32 => "an Int32Array",
        u64 => "a BigUint64Array",
        f64 => "a Float64Array",
        else => @compileError("no typed array holds " ++ @typeName(T)),
    };
}

/// A JavaScript value from a result of C. Whether `u64` may become a Number is the form's to say.
pub inline fn toValue(env: api.Env, result: anytype, comptime fast_wide: bool) api.Value {
    const T = @TypeOf(result);
    var value: api.Value = null;
    switch (T) {
        void => return null,
        bool => _ = api.napi_get_boolean(env, result, &value),
        i8, i16, i32 => _ = api.napi_create_int32(env, result, &value),
        u8, u16, u32 => _ = api.napi_create_uint32(env, result, &value),
        f32, f64 => _ = api.napi_create_double(env, result, &value),
        i64 => _ = api.napi_create_bigint_int64(env, result, &value),
        u64 => _ = if (fast_wide and result <= safe_integer_max)
            api.napi_create_double(env, @floatFromInt(result), &value)
        else
            api.napi_create_bigint_uint64(env, result, &value),
        ?[*:0]const u8 => _ = if (result) |text|
            api.napi_create_string_utf8(env, text, api.auto_length, &value)
        else
            api.napi_get_null(env, &value),
        ?*anyopaque => _ = if (result) |address|
            createPointer(env, @intFromPtr(address), &value)
        else
            api.napi_get_null(env, &value),
        else => return objectOf(env, result),
    }
    return value;
}

/// A Number where that holds every bit, else a BigInt.
inline fn createPointer(env: api.Env, address: usize, value: *api.Value) api.Status {
    return if (address <= safe_integer_max)
        api.napi_create_double(env, @floatFromInt(address), value)
    else
        api.napi_create_bigint_uint64(env, address, value);
}

/// An object with a property for each field.
pub fn objectOf(env: api.Env, record: anytype) api.Value {
    var object: api.Value = null;
    _ = api.napi_create_object(env, &object);
    inline for (@typeInfo(@TypeOf(record)).@"struct".field_names) |name| {
        const value = toValue(env, @field(record, name), false);
        _ = api.napi_set_named_property(env, object, name, value);
    }
    return object;
}

/// A struct from an object with a property for each field.
pub inline fn recordFrom(
    comptime T: type,
    env: api.Env,
    value: api.Value,
    comptime place: Place,
) Thrown!T {
    var record: T = undefined;
    const info = @typeInfo(T).@"struct";
    inline for (info.field_names, info.field_types) |name, Field| {
        var property: api.Value = null;
        if (api.napi_get_named_property(env, value, name, &property) != .ok) {
            return refuse(env, .type, place, "an object");
        }
        @field(record, name) = try scalarFrom(Field, env, property, comptime .{
            .function = place.function,
            .argument = place.argument,
            .field = name,
        });
    }
    return record;
}
