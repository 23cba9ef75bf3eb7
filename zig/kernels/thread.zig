//! The thread family: what several threads may call at once.
const std = @import("std");

/// Adds, wrapping. It counts no call: threads that write one counter would wait for each other.
pub fn thread_add(a: i32, b: i32) callconv(.c) i32 {
    return a +% b;
}

test "thread_add wraps" {
    try std.testing.expectEqual(-2147483648, thread_add(2147483647, 1));
}
