//! The async family: calls that take time, safe on any thread, for runtimes that call off the loop.
const std = @import("std");
const enterShared = @import("entry.zig").enterShared;
const os = @import("os.zig");

/// Answers its argument at once.
pub fn async_id(value: i32) callconv(.c) i32 {
    enterShared("async_id");
    return value;
}

/// Answers its argument after that many microseconds of busy work.
pub fn async_spin_us(duration_us: u32) callconv(.c) u32 {
    enterShared("async_spin_us");
    const end_ns = os.nowNs() + @as(u64, duration_us) * std.time.ns_per_us;
    while (os.nowNs() < end_ns) std.atomic.spinLoopHint();
    return duration_us;
}

/// Answers its argument after that many milliseconds of sleep.
pub fn async_sleep_ms(duration_ms: u32) callconv(.c) u32 {
    enterShared("async_sleep_ms");
    os.sleepNs(@as(u64, duration_ms) * std.time.ns_per_ms);
    return duration_ms;
}

const expectEqual = std.testing.expectEqual;

test "async calls answer their argument" {
    try expectEqual(-5, async_id(-5));
    try expectEqual(50, async_spin_us(50));
    try expectEqual(1, async_sleep_ms(1));
}

test "async calls are counted from every thread" {
    const entry = @import("entry.zig");
    const before = entry.total();
    var threads: [4]std.Thread = undefined;
    for (&threads) |*thread| thread.* = try std.Thread.spawn(.{}, callMany, .{});
    for (threads) |thread| thread.join();
    try expectEqual(before + 4000, entry.total());
}

fn callMany() void {
    for (0..1000) |_| _ = async_id(0);
}
