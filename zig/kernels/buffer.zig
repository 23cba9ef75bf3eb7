//! The buffer family: memory that JavaScript owns, read, written and summed where it lies.
//!
//! A buffer that is null or empty is as good as one of length 0. Where a length is given, that many
//! elements are the caller's to promise.
const std = @import("std");
const entry = @import("entry.zig");
const reduce = @import("reduce.zig");
const enter = entry.enter;

/// The last byte, 0 where there is none. Reads one byte whatever the length.
pub fn buffer_touch(data: ?[*]const u8, length: u32) callconv(.c) u32 {
    enter("buffer_touch");
    return if (length == 0) 0 else data.?[length - 1];
}

/// As `buffer_touch`, for callers that pass a 64-bit length.
pub fn buffer_touch_length(data: ?[*]const u8, length: u64) callconv(.c) u32 {
    enter("buffer_touch_length");
    return if (length == 0) 0 else data.?[@intCast(length - 1)];
}

/// The sum in several lanes at once: exact for numbers whose sums are, and within rounding else.
pub fn buffer_sum(data: ?[*]const f64, count: u32) callconv(.c) f64 {
    enter("buffer_sum");
    const items = reduce.slice(f64, data, count);
    if (comptime entry.isPlanted("buffer_sum")) {
        const again = entry.repeated("buffer_sum", @intCast(items.len));
        std.mem.doNotOptimizeAway(reduce.sum(items[0..again]));
    }
    return reduce.sum(items);
}

pub fn buffer_fill(data: ?[*]u8, length: u32, value: u8) callconv(.c) void {
    enter("buffer_fill");
    const target = data orelse return;
    @memset(target[0..length], value);
}

pub fn buffer_address(data: ?[*]const u8) callconv(.c) ?*anyopaque {
    enter("buffer_address");
    return @ptrCast(@constCast(data));
}

const expectEqual = std.testing.expectEqual;

test "buffer_touch reads the last byte" {
    const bytes = [_]u8{ 1, 2, 250 };
    try expectEqual(250, buffer_touch(&bytes, 3));
    try expectEqual(2, buffer_touch(&bytes, 2));
    try expectEqual(0, buffer_touch(null, 0));
    try expectEqual(250, buffer_touch_length(&bytes, 3));
    try expectEqual(0, buffer_touch_length(&bytes, 0));
}

test "buffer_sum is exact for every length around its vectors" {
    var numbers: [300]f64 = undefined;
    for (&numbers, 0..) |*number, i| number.* = @floatFromInt(i * i);
    var expected: f64 = 0;
    for (0..numbers.len) |length| {
        try expectEqual(expected, buffer_sum(&numbers, @intCast(length)));
        expected += numbers[length];
    }
    try expectEqual(0, buffer_sum(null, 5));
}

test "buffer_fill writes its range and nothing else" {
    var bytes: [5]u8 = @splat(9);
    buffer_fill(bytes[1..].ptr, 3, 7);
    try std.testing.expectEqualSlices(u8, &.{ 9, 7, 7, 7, 9 }, &bytes);
    buffer_fill(null, 3, 7);
}

test "buffer_address is the address" {
    const bytes: [2]u8 = @splat(0);
    try expectEqual(@intFromPtr(&bytes), @intFromPtr(buffer_address(&bytes)));
    try expectEqual(null, buffer_address(null));
}
