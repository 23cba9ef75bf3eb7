//! Edit distance over bytes.
const std = @import("std");
const enter = @import("../entry.zig").enter;
const memory = @import("../memory.zig");
const reduce = @import("../reduce.zig");

pub fn levenshtein(
    a_data: ?[*]const u8,
    a_length: u32,
    b_data: ?[*]const u8,
    b_length: u32,
) callconv(.c) u32 {
    enter("levenshtein");
    const a = reduce.slice(u8, a_data, a_length);
    const b = reduce.slice(u8, b_data, b_length);
    const row = memory.allocator.alloc(u32, b.len + 1) catch return std.math.maxInt(u32);
    defer memory.allocator.free(row);
    for (row, 0..) |*cell, i| cell.* = @intCast(i);
    for (a, 0..) |left, i| {
        var diagonal = row[0];
        row[0] = @intCast(i + 1);
        for (b, 1..) |right, j| {
            const above = row[j];
            row[j] = @min(@min(above, row[j - 1]) + 1, diagonal + @intFromBool(left != right));
            diagonal = above;
        }
    }
    return row[b.len];
}

test "levenshtein of kitten and sitting" {
    try std.testing.expectEqual(3, levenshtein("kitten", 6, "sitting", 7));
}
