//! Sums at the speed of memory, shared by the families that sum arrays.
const std = @import("std");
const builtin = @import("builtin");

/// Lanes of one vector of f64 on the target.
pub const lanes = std.simd.suggestVectorLength(f64) orelse 2;

/// Independent sums in flight: enough to cover the latency of an addition (4 cycles, 2 per cycle).
const accumulators = 8;

/// The elements of a buffer that JavaScript passed; none where it passed null.
pub inline fn slice(comptime T: type, data: ?[*]const T, count: u32) []const T {
    return if (data) |items| items[0..count] else &.{};
}

/// The sum of all items, in `lanes * accumulators` partial sums.
pub fn sum(items: []const f64) f64 {
    const Lane = @Vector(lanes, f64);
    const step = lanes * accumulators;
    var partial: [accumulators]Lane = @splat(@splat(0));
    var i: usize = 0;
    while (i + step <= items.len) : (i += step) {
        inline for (&partial, 0..) |*target, k| target.* += items[i + k * lanes ..][0..lanes].*;
    }
    while (i + lanes <= items.len) : (i += lanes) partial[0] += items[i..][0..lanes].*;
    // In pairs: three additions deep instead of seven, which short arrays feel.
    inline for (.{ 4, 2, 1 }) |half| {
        inline for (0..half) |k| partial[k] += partial[k + half];
    }
    var total = @reduce(.Add, partial[0]);
    for (items[i..]) |item| total += item;
    return total;
}

/// The sum of all items as u32, wrapping. LLVM makes wide vectors of it.
pub fn wrappingSum(comptime T: type, items: []const T) u32 {
    var total: u32 = 0;
    for (items) |item| total +%= item;
    return total;
}

test "sum handles lengths below one vector" {
    try std.testing.expectEqual(0, sum(&.{}));
    try std.testing.expectEqual(6, sum(&.{ 1, 2, 3 }));
}

test "wrappingSum wraps at 32 bits" {
    const items = [_]u32{ std.math.maxInt(u32), 3 };
    try std.testing.expectEqual(2, wrappingSum(u32, &items));
}
