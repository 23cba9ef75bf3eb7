//! The callback family, from a foreign thread: one lasting thread that calls back on request.
//!
//! All of these are called from one thread; the callbacks run on another, which no JavaScript
//! runtime has ever seen. A runtime may make that thread wait for its event loop, and a new start
//! or a stop waits for the order that is running: call them when done returns the full count, else
//! the two wait for each other.
const std = @import("std");
const enter = @import("entry.zig").enter;
const os = @import("os.zig");

const ValueCallback = *const fn (i32) callconv(.c) i32;
const NoticeCallback = *const fn (i32) callconv(.c) void;

const Order = struct {
    callback: union(enum) { value: ValueCallback, notice: NoticeCallback },
    count: u32,
};

/// What the thread waits on: one more for each order, and for the request to stop.
var ticket: std.atomic.Value(u32) = .init(0);
var order: ?Order = null;
var thread: ?std.Thread = null;
var done: std.atomic.Value(u32) = .init(0);
var sum: std.atomic.Value(i32) = .init(0);
/// The last ticket served, so that a new order waits for the one before.
var served: std.atomic.Value(u32) = .init(0);

/// Asks the foreign thread for `count` calls whose answers are summed. Waits for an order still
/// running. Does nothing where no thread can be started: `callback_thread_done` then stays 0.
pub fn callback_thread_value(callback: ?ValueCallback, count: u32) callconv(.c) void {
    enter("callback_thread_value");
    place(.{ .callback = .{ .value = callback orelse return }, .count = count });
}

/// As `callback_thread_value`, for callbacks that answer nothing.
pub fn callback_thread_notice(callback: ?NoticeCallback, count: u32) callconv(.c) void {
    enter("callback_thread_notice");
    place(.{ .callback = .{ .notice = callback orelse return }, .count = count });
}

/// How many callbacks have returned to the thread since the last start.
pub fn callback_thread_done() callconv(.c) u32 {
    enter("callback_thread_done");
    return done.load(.acquire);
}

/// The sum, wrapping, of what the callbacks answered since the last start.
pub fn callback_thread_sum() callconv(.c) i32 {
    enter("callback_thread_sum");
    return sum.load(.acquire);
}

/// Ends the thread once its order is over, and waits for that. Starting again starts another.
pub fn callback_thread_stop() callconv(.c) void {
    enter("callback_thread_stop");
    const running = thread orelse return;
    waitUntilIdle();
    order = null;
    announce();
    running.join();
    thread = null;
    served.store(ticket.load(.monotonic), .release);
}

fn place(new: Order) void {
    waitUntilIdle();
    if (thread == null) {
        const first = ticket.load(.monotonic);
        thread = std.Thread.spawn(.{ .stack_size = 1 << 20 }, serve, .{first}) catch null;
        if (thread == null) return;
    }
    done.store(0, .monotonic);
    sum.store(0, .monotonic);
    order = new;
    announce();
}

fn waitUntilIdle() void {
    while (true) {
        const last = served.load(.acquire);
        if (last == ticket.load(.monotonic)) return;
        os.wait(&served, last);
    }
}

fn announce() void {
    _ = ticket.fetchAdd(1, .release);
    os.wake(&ticket);
}

fn serve(first: u32) void {
    var last = first;
    while (true) {
        while (ticket.load(.acquire) == last) {
            os.wait(&ticket, last);
        }
        last +%= 1;
        const current = order orelse return;
        for (0..current.count) |i| {
            const index: i32 = @bitCast(@as(u32, @truncate(i)));
            switch (current.callback) {
                .value => |call| _ = sum.fetchAdd(call(index), .monotonic),
                .notice => |call| call(index),
            }
            _ = done.fetchAdd(1, .release);
        }
        served.store(last, .release);
        os.wake(&served);
    }
}

const expectEqual = std.testing.expectEqual;

const TestCallbacks = struct {
    var noticed: std.atomic.Value(u32) = .init(0);

    fn double(value: i32) callconv(.c) i32 {
        return value * 2;
    }
    fn notice(_: i32) callconv(.c) void {
        _ = noticed.fetchAdd(1, .monotonic);
    }
};

fn waitForDone(count: u32) void {
    while (callback_thread_done() != count) std.Thread.yield() catch {};
}

test "callback_thread counts and sums, and starts again after a stop" {
    callback_thread_stop();
    for (0..3) |_| {
        callback_thread_value(TestCallbacks.double, 100);
        waitForDone(100);
        try expectEqual(9900, callback_thread_sum());
        callback_thread_value(TestCallbacks.double, 0);
        callback_thread_notice(TestCallbacks.notice, 50);
        waitForDone(50);
        try expectEqual(0, callback_thread_sum());
        callback_thread_stop();
    }
    try expectEqual(150, TestCallbacks.noticed.load(.monotonic));
    callback_thread_stop();
    callback_thread_value(null, 5);
    callback_thread_notice(null, 5);
}
