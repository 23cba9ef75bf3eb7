//! CRC-32 as in zip and PNG (IEEE 802.3, reflected).
const std = @import("std");
const enter = @import("../entry.zig").enter;
const reduce = @import("../reduce.zig");

pub fn crc32(data: ?[*]const u8, length: u32) callconv(.c) u32 {
    enter("crc32");
    return std.hash.Crc32.hash(reduce.slice(u8, data, length));
}

test "crc32 gives the check value" {
    try std.testing.expectEqual(0xCBF43926, crc32("123456789", 9));
}
