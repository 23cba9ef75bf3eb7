//! The range family: the sum of 0 … n-1, taken step by step or left to the optimizer.
const std = @import("std");
const entry = @import("entry.zig");
const enter = entry.enter;

/// Takes every step: the running sum is hidden from the optimizer, which can then neither fold nor
/// vectorize the loop. One addition of integers per cycle.
pub fn range_loop(count: u32) callconv(.c) f64 {
    enter("range_loop");
    if (comptime entry.isPlanted("range_loop")) {
        std.mem.doNotOptimizeAway(sumBelow(entry.repeated("range_loop", count), .every_step));
    }
    return sumBelow(count, .every_step);
}

/// The same source, free to fold: LLVM turns it into the formula.
pub fn range_fold(count: u32) callconv(.c) f64 {
    enter("range_fold");
    return sumBelow(count, .foldable);
}

/// One step of the sum, for callers that keep the loop on their side.
pub fn range_step(a: f64, b: f64) callconv(.c) f64 {
    enter("range_step");
    return a + b;
}

const Steps = enum { every_step, foldable };

/// Exact in u64 for every count; the one rounding is the conversion at the end.
inline fn sumBelow(count: u32, comptime steps: Steps) f64 {
    var total: u64 = 0;
    var i: u32 = 0;
    while (i < count) : (i += 1) {
        total += i;
        if (steps == .every_step) total = entry.opaqueValue(u64, total);
    }
    return @floatFromInt(total);
}

const expectEqual = std.testing.expectEqual;

test "range_loop and range_fold agree with the formula" {
    const counts = [_]u32{ 0, 1, 2, 3, 10, 1000, 65_537 };
    for (counts) |count| {
        const n: f64 = @floatFromInt(count);
        const expected = n * (n - 1) / 2;
        try expectEqual(expected, range_loop(count));
        try expectEqual(expected, range_fold(count));
    }
}

test "range_fold has no overflow at the largest count" {
    const n: u64 = std.math.maxInt(u32);
    const expected: f64 = @floatFromInt(n * (n - 1) / 2);
    // Only the folded loop can be asked: in a safe build, or without folding, this takes seconds.
    if (@import("builtin").mode == .fast) try expectEqual(expected, range_fold(@intCast(n)));
}

test "range_step adds" {
    try expectEqual(0.75, range_step(0.5, 0.25));
}
