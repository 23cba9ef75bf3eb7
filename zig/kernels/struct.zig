//! The struct family: records passed by value, behind a pointer, and filled for the caller.
//!
//! Records behind a pointer may lie at any address, since JavaScript packs them into byte buffers.
const std = @import("std");
const enter = @import("entry.zig").enter;

const Struct8 = extern struct { a: f64 };
const Struct16 = extern struct { a: f64, b: f64 };
const Struct32 = extern struct { a: f64, b: f64, c: f64, d: f64 };
const Struct64 = extern struct {
    a: f64,
    b: f64,
    c: f64,
    d: f64,
    e: f64,
    f: f64,
    g: f64,
    h: f64,
};

const Packed16 = extern struct { id: u32, weight: f32, value: f64 };
const Packed64 = extern struct {
    id: u32,
    flags: u32,
    weight: f32,
    delta: i32,
    value: [6]f64,
};
const Pair = extern struct { x: f64, y: f64 };
const Nested = extern struct { id: u32, tag: u32, at: Pair, size: Pair };

comptime {
    std.debug.assert(@sizeOf(Packed16) == 16);
    std.debug.assert(@sizeOf(Packed64) == 64);
    std.debug.assert(@sizeOf(Nested) == 40);
}

pub fn struct_arg_8(value: Struct8) callconv(.c) f64 {
    enter("struct_arg_8");
    return sumOf(value);
}

pub fn struct_arg_16(value: Struct16) callconv(.c) f64 {
    enter("struct_arg_16");
    return sumOf(value);
}

pub fn struct_arg_32(value: Struct32) callconv(.c) f64 {
    enter("struct_arg_32");
    return sumOf(value);
}

pub fn struct_arg_64(value: Struct64) callconv(.c) f64 {
    enter("struct_arg_64");
    return sumOf(value);
}

pub fn struct_result_8(seed: f64) callconv(.c) Struct8 {
    enter("struct_result_8");
    return countedFrom(Struct8, seed);
}

pub fn struct_result_16(seed: f64) callconv(.c) Struct16 {
    enter("struct_result_16");
    return countedFrom(Struct16, seed);
}

pub fn struct_result_32(seed: f64) callconv(.c) Struct32 {
    enter("struct_result_32");
    return countedFrom(Struct32, seed);
}

pub fn struct_result_64(seed: f64) callconv(.c) Struct64 {
    enter("struct_result_64");
    return countedFrom(Struct64, seed);
}

/// The sum of a {u32 id; f32 weight; f64 value}, 16 bytes.
pub fn struct_by_pointer_16(data: ?[*]const u8) callconv(.c) f64 {
    enter("struct_by_pointer_16");
    return sumOf(@as(*align(1) const Packed16, @ptrCast(data.?)).*);
}

/// The sum of a {u32 id; u32 flags; f32 weight; i32 delta; f64 value[6]}, 64 bytes.
pub fn struct_by_pointer_64(data: ?[*]const u8) callconv(.c) f64 {
    enter("struct_by_pointer_64");
    return sumOf(@as(*align(1) const Packed64, @ptrCast(data.?)).*);
}

/// The sum of a {u32 id; u32 tag; {f64 x, y} at; {f64 x, y} size}, 40 bytes.
pub fn struct_nested(data: ?[*]const u8) callconv(.c) f64 {
    enter("struct_nested");
    return sumOf(@as(*align(1) const Nested, @ptrCast(data.?)).*);
}

/// Fills 16 bytes as `struct_by_pointer_16` reads them: every field is the seed plus its index.
pub fn struct_out_16(data: ?[*]u8, seed: u32) callconv(.c) void {
    enter("struct_out_16");
    const base: f64 = @floatFromInt(seed);
    @as(*align(1) Packed16, @ptrCast(data.?)).* = .{
        .id = seed,
        .weight = @floatCast(base + 1),
        .value = base + 2,
    };
}

/// Fills 64 bytes as `struct_by_pointer_64` reads them; whole numbers wrap.
pub fn struct_out_64(data: ?[*]u8, seed: u32) callconv(.c) void {
    enter("struct_out_64");
    const base: f64 = @floatFromInt(seed);
    @as(*align(1) Packed64, @ptrCast(data.?)).* = .{
        .id = seed,
        .flags = seed +% 1,
        .weight = @floatCast(base + 2),
        .delta = @bitCast(seed +% 3),
        .value = .{ base + 4, base + 5, base + 6, base + 7, base + 8, base + 9 },
    };
}

/// The sum of all numbers in a record, in order, at any depth.
fn sumOf(record: anytype) f64 {
    return switch (@typeInfo(@TypeOf(record))) {
        .float => record,
        .int => @floatFromInt(record),
        .array => {
            var total: f64 = 0;
            inline for (record) |item| total += sumOf(item);
            return total;
        },
        .@"struct" => |info| {
            var total: f64 = 0;
            inline for (info.field_names) |name| total += sumOf(@field(record, name));
            return total;
        },
        else => comptime unreachable,
    };
}

/// A record of f64 whose field k is the seed plus k.
inline fn countedFrom(comptime T: type, seed: f64) T {
    var record: T = undefined;
    inline for (@typeInfo(T).@"struct".field_names, 0..) |name, k| @field(record, name) = seed + k;
    return record;
}

const expectEqual = std.testing.expectEqual;

test "struct_arg sums every field" {
    try expectEqual(1, struct_arg_8(.{ .a = 1 }));
    try expectEqual(3, struct_arg_16(.{ .a = 1, .b = 2 }));
    try expectEqual(15, struct_arg_32(.{ .a = 1, .b = 2, .c = 4, .d = 8 }));
    const wide: Struct64 =
        .{ .a = 1, .b = 2, .c = 4, .d = 8, .e = 16, .f = 32, .g = 64, .h = 128 };
    try expectEqual(255, struct_arg_64(wide));
}

test "struct_result counts from the seed" {
    try expectEqual(Struct8{ .a = 5 }, struct_result_8(5));
    try expectEqual(Struct16{ .a = 5, .b = 6 }, struct_result_16(5));
    try expectEqual(Struct32{ .a = 5, .b = 6, .c = 7, .d = 8 }, struct_result_32(5));
    try expectEqual(8 * 5 + 28, sumOf(struct_result_64(5)));
    try expectEqual(12.5, struct_result_64(5.5).h);
}

test "struct_out is what by_pointer reads, at any address" {
    var bytes: [65]u8 = undefined;
    struct_out_16(bytes[1..].ptr, 10);
    try expectEqual(10 + 11 + 12, struct_by_pointer_16(bytes[1..].ptr));
    struct_out_64(bytes[1..].ptr, 10);
    try expectEqual(10 * 10 + 45, struct_by_pointer_64(bytes[1..].ptr));
}

test "struct_out_64 goes as far as each type goes" {
    var bytes: [64]u8 align(8) = undefined;
    struct_out_64(&bytes, std.math.maxInt(u32));
    const record: *const Packed64 = @ptrCast(&bytes);
    try expectEqual(0, record.flags);
    try expectEqual(2, record.delta);
    try expectEqual(4294967295.0 + 9, record.value[5]);
}

test "struct_nested sums through both levels" {
    const at: Pair = .{ .x = 4, .y = 8 };
    const record: Nested = .{ .id = 1, .tag = 2, .at = at, .size = .{ .x = 16, .y = 32 } };
    try expectEqual(63, struct_nested(@ptrCast(&record)));
}
