//! The call family: functions that do next to nothing, so that what is measured is the crossing.
const std = @import("std");
const enter = @import("entry.zig").enter;

pub fn noop() callconv(.c) void {
    enter("noop");
}

pub fn i32_args_0() callconv(.c) i32 {
    enter("i32_args_0");
    return 0;
}

pub fn i32_args_1(a: i32) callconv(.c) i32 {
    enter("i32_args_1");
    return a;
}

pub fn i32_args_2(a: i32, b: i32) callconv(.c) i32 {
    enter("i32_args_2");
    return a +% b;
}

pub fn i32_args_4(a: i32, b: i32, c: i32, d: i32) callconv(.c) i32 {
    enter("i32_args_4");
    return a +% b +% c +% d;
}

pub fn i32_args_6(a: i32, b: i32, c: i32, d: i32, e: i32, f: i32) callconv(.c) i32 {
    enter("i32_args_6");
    return a +% b +% c +% d +% e +% f;
}

pub fn i32_args_8(
    a: i32,
    b: i32,
    c: i32,
    d: i32,
    e: i32,
    f: i32,
    g: i32,
    h: i32,
) callconv(.c) i32 {
    enter("i32_args_8");
    return a +% b +% c +% d +% e +% f +% g +% h;
}

pub fn i32_args_12(
    a: i32,
    b: i32,
    c: i32,
    d: i32,
    e: i32,
    f: i32,
    g: i32,
    h: i32,
    i: i32,
    j: i32,
    k: i32,
    l: i32,
) callconv(.c) i32 {
    enter("i32_args_12");
    return a +% b +% c +% d +% e +% f +% g +% h +% i +% j +% k +% l;
}

pub fn i32_args_16(
    a: i32,
    b: i32,
    c: i32,
    d: i32,
    e: i32,
    f: i32,
    g: i32,
    h: i32,
    i: i32,
    j: i32,
    k: i32,
    l: i32,
    m: i32,
    n: i32,
    o: i32,
    p: i32,
) callconv(.c) i32 {
    enter("i32_args_16");
    return a +% b +% c +% d +% e +% f +% g +% h +% i +% j +% k +% l +% m +% n +% o +% p;
}

pub fn f64_args_1(a: f64) callconv(.c) f64 {
    enter("f64_args_1");
    return a;
}

pub fn f64_args_2(a: f64, b: f64) callconv(.c) f64 {
    enter("f64_args_2");
    return a + b;
}

pub fn f64_args_4(a: f64, b: f64, c: f64, d: f64) callconv(.c) f64 {
    enter("f64_args_4");
    return a + b + c + d;
}

pub fn f64_args_8(
    a: f64,
    b: f64,
    c: f64,
    d: f64,
    e: f64,
    f: f64,
    g: f64,
    h: f64,
) callconv(.c) f64 {
    enter("f64_args_8");
    return a + b + c + d + e + f + g + h;
}

/// One more than the registers that the C calling conventions pass floats in.
pub fn f64_args_9(
    a: f64,
    b: f64,
    c: f64,
    d: f64,
    e: f64,
    f: f64,
    g: f64,
    h: f64,
    i: f64,
) callconv(.c) f64 {
    enter("f64_args_9");
    return a + b + c + d + e + f + g + h + i;
}

/// The sum of six arguments of six types; the pointer counts 1 unless null.
pub fn mixed6(a: i32, b: f64, c: u8, d: f32, e: ?*anyopaque, f: u32) callconv(.c) f64 {
    enter("mixed6");
    const counted: f64 = @floatFromInt(@intFromBool(e != null));
    const whole = @as(f64, @floatFromInt(a)) + b + @as(f64, @floatFromInt(c));
    return whole + @as(f64, d) + counted + @as(f64, @floatFromInt(f));
}

pub fn id_i8(value: i8) callconv(.c) i8 {
    enter("id_i8");
    return value;
}

pub fn id_u8(value: u8) callconv(.c) u8 {
    enter("id_u8");
    return value;
}

pub fn id_i16(value: i16) callconv(.c) i16 {
    enter("id_i16");
    return value;
}

pub fn id_u16(value: u16) callconv(.c) u16 {
    enter("id_u16");
    return value;
}

pub fn id_i32(value: i32) callconv(.c) i32 {
    enter("id_i32");
    return value;
}

pub fn id_u32(value: u32) callconv(.c) u32 {
    enter("id_u32");
    return value;
}

pub fn id_i64(value: i64) callconv(.c) i64 {
    enter("id_i64");
    return value;
}

pub fn id_u64(value: u64) callconv(.c) u64 {
    enter("id_u64");
    return value;
}

pub fn id_f32(value: f32) callconv(.c) f32 {
    enter("id_f32");
    return value;
}

pub fn id_f64(value: f64) callconv(.c) f64 {
    enter("id_f64");
    return value;
}

pub fn id_bool(value: bool) callconv(.c) bool {
    enter("id_bool");
    return value;
}

pub fn id_pointer(value: ?*anyopaque) callconv(.c) ?*anyopaque {
    enter("id_pointer");
    return value;
}

/// Adds one to the u64 that the buffer holds, wrapping. The buffer has at least one element.
pub fn u64_by_ref(value: ?[*]u64) callconv(.c) void {
    enter("u64_by_ref");
    value.?[0] +%= 1;
}

/// The address of `noop`, to be called through a function pointer.
pub fn noop_address() callconv(.c) ?*anyopaque {
    enter("noop_address");
    return @ptrCast(@constCast(&noop));
}

pub fn poly_1(value: i32) callconv(.c) i32 {
    enter("poly_1");
    return value +% 1;
}

pub fn poly_2(value: i32) callconv(.c) i32 {
    enter("poly_2");
    return value +% 2;
}

pub fn poly_3(value: i32) callconv(.c) i32 {
    enter("poly_3");
    return value +% 3;
}

pub fn poly_4(value: i32) callconv(.c) i32 {
    enter("poly_4");
    return value +% 4;
}

pub fn poly_5(value: i32) callconv(.c) i32 {
    enter("poly_5");
    return value +% 5;
}

pub fn poly_6(value: i32) callconv(.c) i32 {
    enter("poly_6");
    return value +% 6;
}

pub fn poly_7(value: i32) callconv(.c) i32 {
    enter("poly_7");
    return value +% 7;
}

pub fn poly_8(value: i32) callconv(.c) i32 {
    enter("poly_8");
    return value +% 8;
}

const expectEqual = std.testing.expectEqual;

test "i32_args sum every argument and wrap" {
    try expectEqual(0, i32_args_0());
    try expectEqual(-7, i32_args_1(-7));
    try expectEqual(std.math.minInt(i32), i32_args_2(std.math.maxInt(i32), 1));
    try expectEqual(1111, i32_args_4(1, 10, 100, 1000));
    try expectEqual(111111, i32_args_6(1, 10, 100, 1000, 10_000, 100_000));
    try expectEqual(255, i32_args_8(1, 2, 4, 8, 16, 32, 64, 128));
    try expectEqual(4095, i32_args_12(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048));
    var bits: std.meta.ArgsTuple(@TypeOf(i32_args_16)) = undefined;
    inline for (0..16) |place| bits[place] = 1 << place;
    try expectEqual(65535, @call(.auto, i32_args_16, bits));
}

test "f64_args sum every argument" {
    try expectEqual(0.5, f64_args_1(0.5));
    try expectEqual(0.75, f64_args_2(0.5, 0.25));
    try expectEqual(15, f64_args_4(1, 2, 4, 8));
    try expectEqual(255, f64_args_8(1, 2, 4, 8, 16, 32, 64, 128));
    try expectEqual(511, f64_args_9(1, 2, 4, 8, 16, 32, 64, 128, 256));
}

test "mixed6 counts a pointer that is not null as one" {
    var target: u8 = 0;
    try expectEqual(4e9 + 199.75, mixed6(-1, 0.5, 200, 0.25, null, 4_000_000_000));
    try expectEqual(7, mixed6(1, 1, 1, 1, &target, 2));
}

test "id returns the extremes of its type" {
    try expectEqual(-128, id_i8(-128));
    try expectEqual(255, id_u8(255));
    try expectEqual(-32768, id_i16(-32768));
    try expectEqual(65535, id_u16(65535));
    try expectEqual(std.math.minInt(i32), id_i32(std.math.minInt(i32)));
    try expectEqual(std.math.maxInt(u32), id_u32(std.math.maxInt(u32)));
    try expectEqual(std.math.minInt(i64), id_i64(std.math.minInt(i64)));
    try expectEqual(std.math.maxInt(u64), id_u64(std.math.maxInt(u64)));
    try expectEqual(@as(f32, 0.1), id_f32(0.1));
    try expectEqual(0.1, id_f64(0.1));
    try expectEqual(true, id_bool(true));
    try expectEqual(null, id_pointer(null));
}

test "u64_by_ref wraps" {
    var value = [_]u64{std.math.maxInt(u64)};
    u64_by_ref(&value);
    try expectEqual(0, value[0]);
}

test "noop_address can be called" {
    const entry = @import("entry.zig");
    const before = entry.total();
    const address: *const fn () callconv(.c) void = @ptrCast(@alignCast(noop_address().?));
    address();
    try expectEqual(before + 2, entry.total());
}

test "poly adds its own number" {
    const polys = .{ poly_1, poly_2, poly_3, poly_4, poly_5, poly_6, poly_7, poly_8 };
    inline for (polys, 1..) |poly, number| try expectEqual(100 + @as(i32, number), poly(100));
}
