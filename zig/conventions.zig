//! What the calling convention of arm64 does where it is easily got wrong, held against machine
//! code that is written by hand: a compiler that was wrong on both sides would agree with itself.
const std = @import("std");
const builtin = @import("builtin");
const expectEqual = std.testing.expectEqual;

const is_apple = builtin.os.tag.isDarwin();

/// Bytes of stack that an i8 takes past the eighth argument: Apple packs them.
const slot_bytes = if (is_apple) 1 else 8;

fn tenthArgument() callconv(.naked) void {
    asm volatile (std.fmt.comptimePrint("ldrsb w0, [sp, #{d}]\n ret", .{slot_bytes}));
}

test "an i8 past the eighth argument has the place on the stack that the convention gives it" {
    const Ten = fn (i8, i8, i8, i8, i8, i8, i8, i8, i8, i8) callconv(.c) i32;
    const tenth: *const Ten = @ptrCast(&tenthArgument);
    try expectEqual(-10, tenth(1, 2, 3, 4, 5, 6, 7, 8, -9, -10));
}

fn firstVariadic() callconv(.naked) void {
    asm volatile (if (is_apple) "ldr x0, [sp]\n ret" else "mov x0, x1\n ret");
}

test "the first argument past the named ones is in a register, and on the stack of Apple" {
    const Variadic = fn (i64, ...) callconv(.c) i64;
    const first: *const Variadic = @ptrCast(&firstVariadic);
    try expectEqual(-7, first(1, @as(i64, -7)));
}

fn sumOfFloats() callconv(.naked) void {
    asm volatile ("fadd d0, d0, d1\n ret");
}

test "a struct of two doubles is in two registers of its own kind" {
    const Two = extern struct { a: f64, b: f64 };
    const sum: *const fn (Two) callconv(.c) f64 = @ptrCast(&sumOfFloats);
    try expectEqual(0.75, sum(.{ .a = 0.5, .b = 0.25 }));
}

fn secondWord() callconv(.naked) void {
    asm volatile ("mov x0, x1\n ret");
}

test "a struct of sixteen bytes is in two registers" {
    const Two = extern struct { a: u64, b: u64 };
    const second: *const fn (Two) callconv(.c) u64 = @ptrCast(&secondWord);
    try expectEqual(9, second(.{ .a = 8, .b = 9 }));
}

fn thirdThroughPointer() callconv(.naked) void {
    asm volatile ("ldr x0, [x0, #16]\n ret");
}

test "a larger struct is passed by a pointer to a copy" {
    const Three = extern struct { a: u64, b: u64, c: u64 };
    const third: *const fn (Three) callconv(.c) u64 = @ptrCast(&thirdThroughPointer);
    try expectEqual(7, third(.{ .a = 5, .b = 6, .c = 7 }));
}
