//! What the operating system tells now, for the worker whose sandbox lets it ask no files.
const std = @import("std");

pub const length_max = 4096;

pub fn write(buffer: *[length_max]u8) []const u8 {
    return std.fmt.bufPrint(buffer, "{{\"cores\":{d}}}", .{std.Thread.getCpuCount() catch 0}) catch
        unreachable;
}
