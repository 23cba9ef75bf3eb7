//! The danger family, never timed: addresses that a runtime may not be able to hold.
const std = @import("std");
const enter = @import("entry.zig").enter;

/// The pointer of these bits, which points to nothing that may be read: a tag in the upper bits, as
/// Android and pointer authentication have it, or a place that no program has.
pub fn danger_pointer(bits: u64) callconv(.c) ?*anyopaque {
    enter("danger_pointer");
    return @ptrFromInt(@as(usize, @truncate(bits)));
}

/// The bits of a pointer as C got it.
pub fn danger_bits(pointer: ?*anyopaque) callconv(.c) u64 {
    enter("danger_bits");
    return @intFromPtr(pointer);
}

/// The address of a buffer in bits, 0 for null.
pub fn danger_place(bytes: ?[*]const u8) callconv(.c) u64 {
    enter("danger_place");
    return @intFromPtr(bytes);
}

test "danger functions keep every bit" {
    const bits = 0xb400_007f_1234_5679;
    try std.testing.expectEqual(bits, danger_bits(danger_pointer(bits)));
    try std.testing.expectEqual(0, danger_place(null));
}
