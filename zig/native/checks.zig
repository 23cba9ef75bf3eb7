//! Known answers: what was asked, what came and what must come, as text, so that unlike values of
//! any type look unlike.
const std = @import("std");

pub const Check = struct {
    what: []const u8,
    got: []const u8,
    want: []const u8,
};

/// The checks of one task, in order.
pub const Checks = struct {
    allocator: std.mem.Allocator,
    list: std.ArrayList(Check) = .empty,

    pub const Error = std.mem.Allocator.Error;

    pub fn add(checks: *Checks, what: []const u8, got: anytype, want: @TypeOf(got)) Error!void {
        const allocator = checks.allocator;
        try checks.list.append(allocator, .{
            .what = what,
            .got = try show(allocator, got),
            .want = try show(allocator, want),
        });
    }

    /// The first answer that is not the known one, or null.
    pub fn firstWrong(checks: *const Checks) ?Check {
        for (checks.list.items) |check| if (!std.mem.eql(u8, check.got, check.want)) return check;
        return null;
    }
};

/// A value as the workers in JavaScript show it: 64-bit integers with an n, numbers without.
fn show(allocator: std.mem.Allocator, value: anytype) Checks.Error![]const u8 {
    return switch (@TypeOf(value)) {
        u64, i64 => std.fmt.allocPrint(allocator, "{d}n", .{value}),
        bool => if (value) "true" else "false",
        ?*anyopaque => if (value == null) "null" else "an address",
        []const u8 => std.fmt.allocPrint(allocator, "\"{s}\"", .{value}),
        else => std.fmt.allocPrint(allocator, "{d}", .{value}),
    };
}

test "Checks finds the first wrong answer" {
    var arena: std.heap.ArenaAllocator = .init(std.testing.allocator);
    defer arena.deinit();
    var checks: Checks = .{ .allocator = arena.allocator() };
    try checks.add("one", @as(u32, 1), 1);
    try std.testing.expectEqual(null, checks.firstWrong());
    try checks.add("two", @as(u64, 1), 2);
    try std.testing.expectEqualStrings("1n", checks.firstWrong().?.got);
}
