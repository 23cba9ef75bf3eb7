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

/// As `slice`, of a buffer that is written to.
pub inline fn mutable(comptime T: type, data: ?[*]T, count: u32) []T {
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

/// The vector that lies at an address, whatever its alignment. Going through an array instead would
/// build the vector byte by byte.
pub inline fn load(comptime Vector: type, address: anytype) Vector {
    return @as(*align(1) const Vector, @ptrCast(address)).*;
}

/// The sum of all units (u8 or u16) as u32, wrapping.
pub fn wrappingSum(comptime T: type, items: []const T) u32 {
    // Small units are added in pairs, within lanes of twice their width, for as long as these hold.
    const pairs = (std.simd.suggestVectorLength(T) orelse 16) / 2;
    const Pair = @Int(.unsigned, 2 * @bitSizeOf(T));
    const Pairs = @Vector(pairs, Pair);
    const steps_max = std.math.maxInt(Pair) / (2 * std.math.maxInt(T));
    const low: Pairs = @splat(std.math.maxInt(T));
    var total: u32 = 0;
    var i: usize = 0;
    while (i + 2 * pairs <= items.len) {
        const steps = @min((items.len - i) / (2 * pairs), steps_max);
        var sums: Pairs = @splat(0);
        for (0..steps) |_| {
            const both = load(Pairs, items[i..].ptr);
            sums += (both & low) + (both >> @splat(@bitSizeOf(T)));
            i += 2 * pairs;
        }
        total +%= @reduce(.Add, @as(@Vector(pairs, u32), sums));
    }
    for (items[i..]) |item| total +%= item;
    return total;
}

test "sum handles lengths below one vector" {
    try std.testing.expectEqual(0, sum(&.{}));
    try std.testing.expectEqual(6, sum(&.{ 1, 2, 3 }));
}

test "wrappingSum loses nothing at the largest units, at any length" {
    const allocator = std.testing.allocator;
    inline for (.{ u8, u16 }) |T| {
        const items = try allocator.alloc(T, 70_000);
        defer allocator.free(items);
        @memset(items, std.math.maxInt(T));
        for ([_]u32{ 0, 1, 31, 32, 33, 63, 64, 65, 129, 8193, 65_537, 70_000 }) |count| {
            const expected = count *% std.math.maxInt(T);
            try std.testing.expectEqual(expected, wrappingSum(T, items[0..count]));
        }
    }
}
