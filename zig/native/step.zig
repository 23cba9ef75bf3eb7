//! Steps through a task's calls, as src/worker/step.ts does for JavaScript: the library tells how
//! many turns each batch has, and which are stepped (zig/step/walk.zig).
const std = @import("std");
const Body = @import("measure.zig").Body;
const stepping = @import("../step.zig");
const Walk = @import("../step/walk.zig").Walk;

/// `step_walk` of the library.
pub const Next = *const fn (?[*]u8, u32) callconv(.c) i32;

/// Calls in one turn of the loop, and calls of a batch below which a turn is one call; as in
/// src/worker/step.ts.
const unroll = 4;
const long_call_batch = 256;

/// Bytes for all that the library writes.
const text_max = 1 << 17;

pub const Stepped = struct {
    /// Calls in the shorter stretches.
    calls: u64,
    /// What the library told of two stretches that follow each other, the shorter one first, in
    /// JSON.
    pairs: []const [2][]const u8,
    reason: ?[]const u8,
    calls_made: u64,
};

/// Steps through calls of a body whose batches have so many calls, for so much time at the most.
/// Machine code is settled from its first call on.
pub fn step(
    allocator: std.mem.Allocator,
    body: Body,
    calls_per_batch: u64,
    most_ns: u32,
    next: Next,
) std.mem.Allocator.Error!Stepped {
    const unit: u64 = if (calls_per_batch < long_call_batch) 1 else unroll;
    const target = try allocator.alloc(u8, @sizeOf(Walk) + text_max);
    const walk: *align(1) Walk = @ptrCast(target.ptr);
    walk.* = std.mem.zeroes(Walk);
    walk.batch_turns = @intCast(@max(1, calls_per_batch / unit));
    walk.settling = 1;
    walk.most_ns = most_ns;
    const capacity: u32 = @intCast(target.len);
    while (true) {
        const turns = next(target.ptr, capacity);
        if (turns == 0) break;
        body.run(body.context, @as(u64, @intCast(turns)) * unit);
        _ = next(target.ptr, capacity);
    }
    return .{
        .calls = walk.turns * unit,
        .pairs = try pairsOf(allocator, target[@sizeOf(Walk)..][0..walk.length]),
        .reason = switch (walk.code) {
            0 => null,
            stepping.Problem.limit.code() => too_long,
            else => |code| try std.fmt.allocPrint(allocator, "the library answers {d}", .{code}),
        },
        .calls_made = walk.made * unit,
    };
}

/// As in src/catalogue/step_problems.ts.
const too_long = "its calls execute too many instructions to step through in the time for it";

/// Each line with the one that follows it. Shorter and longer stretches take turns.
fn pairsOf(
    allocator: std.mem.Allocator,
    text: []const u8,
) std.mem.Allocator.Error![]const [2][]const u8 {
    var pairs: std.ArrayList([2][]const u8) = .empty;
    var lines = std.mem.tokenizeScalar(u8, text, '\n');
    var before = lines.next() orelse return pairs.items;
    while (lines.next()) |line| {
        const is_longer = pairs.items.len % 2 == 0;
        try pairs.append(allocator, if (is_longer) .{ before, line } else .{ line, before });
        before = line;
    }
    return pairs.items;
}

const Fake = struct {
    var asked: u32 = 0;
    var calls: u64 = 0;

    fn run(_: *anyopaque, count: u64) void {
        calls += count;
    }
    /// One batch that is not stepped, and two stretches of a turn and of two.
    fn next(target: ?[*]u8, _: u32) callconv(.c) i32 {
        const walk: *align(1) Walk = @ptrCast(target.?);
        asked += 1;
        if (asked % 2 == 0) return 0;
        const turns = [_]u32{ walk.batch_turns, 1, 2, 0 };
        const text = "{1}\n{2}\n{3}\n";
        if (asked == 7) @memcpy(target.?[@sizeOf(Walk)..][0..text.len], text);
        if (asked == 7) walk.length = text.len;
        walk.turns = 1;
        walk.made += turns[asked / 2];
        return @intCast(turns[asked / 2]);
    }
};

test "step makes the calls that the library asks for, and takes its lines" {
    const expectEqual = std.testing.expectEqual;
    var arena: std.heap.ArenaAllocator = .init(std.testing.allocator);
    defer arena.deinit();
    const body: Body = .{ .context = &arena, .run = &Fake.run };
    const found = try step(arena.allocator(), body, 4096, 1, &Fake.next);
    try expectEqual(2, found.pairs.len);
    try std.testing.expectEqualStrings("{1}", found.pairs[0][0]);
    try std.testing.expectEqualStrings("{3}", found.pairs[1][0]);
    try std.testing.expectEqualStrings("{2}", found.pairs[1][1]);
    try expectEqual(4, found.calls);
    try expectEqual(4096 + 12, found.calls_made);
    try expectEqual(Fake.calls, found.calls_made);
}
