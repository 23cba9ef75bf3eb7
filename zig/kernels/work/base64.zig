//! Base64 with the standard alphabet and padding (RFC 4648, section 4).
const std = @import("std");
const enter = @import("../entry.zig").enter;
const reduce = @import("../reduce.zig");

/// Encodes into `target`, which has room for 4 bytes per 3 begun; answers how many it wrote.
pub fn base64(data: ?[*]const u8, length: u32, target: ?[*]u8) callconv(.c) u32 {
    enter("base64");
    const bytes = reduce.slice(u8, data, length);
    const text = target orelse return 0;
    const size = std.base64.standard.Encoder.calcSize(bytes.len);
    return @intCast(std.base64.standard.Encoder.encode(text[0..size], bytes).len);
}

fn expectEncoded(expected: []const u8, bytes: []const u8) !void {
    var text: [64]u8 = undefined;
    const length = base64(bytes.ptr, @intCast(bytes.len), &text);
    try std.testing.expectEqualStrings(expected, text[0..length]);
}

test "base64 gives the vectors of RFC 4648" {
    try expectEncoded("", "");
    try expectEncoded("Zg==", "f");
    try expectEncoded("Zm8=", "fo");
    try expectEncoded("Zm9v", "foo");
    try expectEncoded("Zm9vYg==", "foob");
    try expectEncoded("Zm9vYmE=", "fooba");
    try expectEncoded("Zm9vYmFy", "foobar");
}
