//! Whether bytes are well-formed UTF-8 (Unicode, Table 3-7).
const std = @import("std");
const enter = @import("../entry.zig").enter;
const reduce = @import("../reduce.zig");

/// 1 where the bytes are well-formed, 0 where not.
pub fn utf8_validate(data: ?[*]const u8, length: u32) callconv(.c) u32 {
    enter("utf8_validate");
    return @intFromBool(std.unicode.utf8ValidateSlice(reduce.slice(u8, data, length)));
}
