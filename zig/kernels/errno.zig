//! The errno family: calls that fail as those of a C library do, and the shim that tells why.
const std = @import("std");
const enter = @import("entry.zig").enter;

/// Sets errno and answers -1; 0 is success, which returns 0 and leaves errno as it was.
pub fn errno_fail(code: i32) callconv(.c) i32 {
    enter("errno_fail");
    if (code == 0) return 0;
    std.c._errno().* = code;
    return -1;
}

/// The errno of this thread.
pub fn errno_last() callconv(.c) i32 {
    enter("errno_last");
    return std.c._errno().*;
}

/// As the kernel's own calls tell it: the negated errno is the answer.
pub fn errno_negated(code: i32) callconv(.c) i32 {
    enter("errno_negated");
    return -%code;
}

test "errno stays until another call fails" {
    try std.testing.expectEqual(-1, errno_fail(9));
    try std.testing.expectEqual(0, errno_fail(0));
    try std.testing.expectEqual(9, errno_last());
    try std.testing.expectEqual(-9, errno_negated(9));
}
