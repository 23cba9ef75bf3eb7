//! The names of cases.
const std = @import("std");

/// `call.i32_args[2]`: the name of a task with its params.
pub fn caseName(
    allocator: std.mem.Allocator,
    task: []const u8,
    params: std.json.ObjectMap,
) ![]const u8 {
    var out: std.Io.Writer.Allocating = .init(allocator);
    try out.writer.writeAll(task);
    for (params.values(), 0..) |value, i| {
        try out.writer.writeByte(if (i == 0) '[' else ',');
        switch (value) {
            .string => |text| try out.writer.writeAll(text),
            else => try out.writer.print("{f}", .{std.json.fmt(value, .{})}),
        }
    }
    if (params.count() > 0) try out.writer.writeByte(']');
    return out.written();
}
