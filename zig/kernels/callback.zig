//! The callback family, synchronous: native code that calls back on the thread that called it.
const std = @import("std");
const enter = @import("entry.zig").enter;
const memory = @import("memory.zig");

const I32Callback = *const fn (i32) callconv(.c) i32;
const F64Callback = *const fn (f64) callconv(.c) f64;
const U64Callback = *const fn (u64) callconv(.c) u64;
const PointerCallback = *const fn (?*anyopaque) callconv(.c) ?*anyopaque;
const SixCallback = *const fn (i32, f64, u8, f32, ?*anyopaque, u32) callconv(.c) f64;
const CompareCallback = *const fn (f64, f64) callconv(.c) i32;

/// The sum of callback(i) for i < count, wrapping; 0 for a null callback.
pub fn callback_repeat(callback: ?I32Callback, count: u32) callconv(.c) i32 {
    enter("callback_repeat");
    const call = callback orelse return 0;
    var total: i32 = 0;
    for (0..count) |i| total +%= call(@bitCast(@as(u32, @truncate(i))));
    return total;
}

pub fn callback_f64(callback: ?F64Callback, count: u32) callconv(.c) f64 {
    enter("callback_f64");
    const call = callback orelse return 0;
    var total: f64 = 0;
    for (0..count) |i| total += call(@floatFromInt(i));
    return total;
}

pub fn callback_u64(callback: ?U64Callback, count: u32) callconv(.c) u64 {
    enter("callback_u64");
    const call = callback orelse return 0;
    var total: u64 = 0;
    for (0..count) |i| total +%= call(i);
    return total;
}

/// Passes addresses that differ, and returns how many came back as they were sent. They point into
/// static memory, so that a callback may even read them.
pub fn callback_pointer(callback: ?PointerCallback, count: u32) callconv(.c) u32 {
    enter("callback_pointer");
    const call = callback orelse return 0;
    var same: u32 = 0;
    for (0..count) |i| {
        const sent: *anyopaque = @ptrCast(&targets[i % targets.len]);
        same += @intFromBool(call(sent) == sent);
    }
    return same;
}

var targets: [64]u64 = @splat(0);

/// Passes (i, i, 1, 0.5, null, 2) and returns the sum of what came back.
pub fn callback_six(callback: ?SixCallback, count: u32) callconv(.c) f64 {
    enter("callback_six");
    const call = callback orelse return 0;
    var total: f64 = 0;
    for (0..count) |i| {
        const index: i32 = @bitCast(@as(u32, @truncate(i)));
        total += call(index, @floatFromInt(i), 1, 0.5, null, 2);
    }
    return total;
}

/// Sorts in place by a comparison that answers below, at or above 0; equal items keep their order.
/// Whatever the comparison answers, the result is an arrangement of the same items, save that
/// nothing is moved where memory for the merge ran out.
pub fn callback_sort(
    data: ?[*]f64,
    count: u32,
    compare: ?CompareCallback,
) callconv(.c) void {
    enter("callback_sort");
    const items = (data orelse return)[0..count];
    const call = compare orelse return;
    if (count < 2) return;
    const spare = memory.allocator.alloc(f64, count) catch return;
    defer memory.allocator.free(spare);
    mergeSort(items, spare, call);
}

/// Merging from the bottom up stays inside its bounds even where the comparison contradicts itself,
/// which JavaScript can do and quicksorts do not all survive.
fn mergeSort(items: []f64, spare: []f64, compare: CompareCallback) void {
    var from = items;
    var to = spare;
    var width: usize = 1;
    while (width < items.len) : (width *= 2) {
        var start: usize = 0;
        while (start < items.len) : (start += 2 * width) {
            const middle = @min(start + width, items.len);
            const end = @min(start + 2 * width, items.len);
            merge(from[start..middle], from[middle..end], to[start..end], compare);
        }
        std.mem.swap([]f64, &from, &to);
    }
    if (from.ptr != items.ptr) @memcpy(items, from);
}

fn merge(left: []const f64, right: []const f64, to: []f64, compare: CompareCallback) void {
    var l: usize = 0;
    var r: usize = 0;
    for (to) |*target| {
        const take_left = l < left.len and
            (r == right.len or compare(left[l], right[r]) <= 0);
        if (take_left) {
            target.* = left[l];
            l += 1;
        } else {
            target.* = right[r];
            r += 1;
        }
    }
}

const expectEqual = std.testing.expectEqual;

const TestCallbacks = struct {
    fn double(value: i32) callconv(.c) i32 {
        return value *% 2;
    }
    fn half(value: f64) callconv(.c) f64 {
        return value / 2;
    }
    fn large(value: u64) callconv(.c) u64 {
        return value + (1 << 60);
    }
    fn same(value: ?*anyopaque) callconv(.c) ?*anyopaque {
        return value;
    }
    fn lose(_: ?*anyopaque) callconv(.c) ?*anyopaque {
        return null;
    }
    fn six(a: i32, b: f64, c: u8, d: f32, e: ?*anyopaque, f: u32) callconv(.c) f64 {
        std.debug.assert(e == null);
        return @as(f64, @floatFromInt(a)) + b + @as(f64, @floatFromInt(c + f)) + d;
    }
    fn ascending(a: f64, b: f64) callconv(.c) i32 {
        return @as(i32, @intFromBool(a > b)) - @intFromBool(a < b);
    }
    fn always(_: f64, _: f64) callconv(.c) i32 {
        return 1;
    }
};

test "callbacks are called count times with their index" {
    try expectEqual(90, callback_repeat(TestCallbacks.double, 10));
    try expectEqual(22.5, callback_f64(TestCallbacks.half, 10));
    try expectEqual(45 +% (10 << 60), callback_u64(TestCallbacks.large, 10));
    try expectEqual(100, callback_pointer(TestCallbacks.same, 100));
    try expectEqual(0, callback_pointer(TestCallbacks.lose, 100));
    try expectEqual(45 + 45 + 10 * 3.5, callback_six(TestCallbacks.six, 10));
    try expectEqual(0, callback_repeat(null, 10));
}

test "callback_sort sorts every length and survives any comparison" {
    var prng: std.Random.DefaultPrng = .init(1);
    const random = prng.random();
    var items: [70]f64 = undefined;
    for (0..items.len + 1) |length| {
        for (items[0..length]) |*item| item.* = @floatFromInt(random.int(u8));
        callback_sort(&items, @intCast(length), TestCallbacks.ascending);
        try std.testing.expect(std.sort.isSorted(f64, items[0..length], {}, std.sort.asc(f64)));
    }
    for (&items, 0..) |*item, i| item.* = @floatFromInt(i);
    callback_sort(&items, items.len, TestCallbacks.always);
    var total: f64 = 0;
    for (items) |item| total += item;
    try expectEqual(69 * 70 / 2, total);
}
