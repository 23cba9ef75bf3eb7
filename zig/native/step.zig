//! Steps through a task's calls, as src/worker/step.ts does for JavaScript: pairs of stretches of n
//! and 2n calls, whose difference is n calls alone. Machine code is settled from its first call on.
const std = @import("std");
const Body = @import("measure.zig").Body;

/// What the library steps with; see zig/step.zig.
pub const Stepper = struct {
    begin: *const fn (u32) callconv(.c) i32,
    end: *const fn (?[*]u8, u32) callconv(.c) i32,
};

/// Pairs of stretches, instructions of the shorter one that are enough, and instructions in all;
/// as in src/worker/step.ts.
const pairs_wanted = 3;
const instructions_wanted = 1000;
const steps_most = 100_000;

/// Calls in one turn of the loop, and calls of a batch below which a turn is one call.
const unroll = 4;
const long_call_batch = 256;

pub const Stepped = struct {
    /// Calls in the first stretch of each pair.
    calls: u64,
    /// What the library told of each stretch, two a pair, in JSON.
    stretches: []const []const u8,
    reason: ?[]const u8,
    calls_made: u64,
};

/// Steps through calls of a body whose batches have so many calls.
pub fn step(
    allocator: std.mem.Allocator,
    body: Body,
    calls_per_batch: u64,
    stepper: Stepper,
) std.mem.Allocator.Error!Stepped {
    var stretches: Stretches = .{ .allocator = allocator, .body = body, .stepper = stepper };
    const least: u64 = if (calls_per_batch < long_call_batch) 1 else unroll;
    var calls = least;
    body.run(body.context, calls_per_batch);
    const reason: ?[]const u8 = blk: {
        const once = try stretches.add(least) orelse break :blk stretches.reason;
        const twice = try stretches.add(2 * least) orelse break :blk stretches.reason;
        const one_turn = @max(1, twice -| once);
        calls = least * @max(1, (instructions_wanted + one_turn / 2) / one_turn);
        if (calls > least) stretches.list.clearRetainingCapacity();
        const per_pair = (once + twice) * 3 / 2;
        while (stretches.list.items.len < 2 * pairs_wanted) {
            if (calls == least and stretches.left < per_pair) break;
            _ = try stretches.add(calls) orelse break :blk stretches.reason;
            _ = try stretches.add(2 * calls) orelse break :blk stretches.reason;
        }
        break :blk null;
    };
    return .{
        .calls = calls,
        .stretches = stretches.list.items[0 .. stretches.list.items.len & ~@as(usize, 1)],
        .reason = reason,
        .calls_made = stretches.calls_made + calls_per_batch,
    };
}

const Stretches = struct {
    allocator: std.mem.Allocator,
    body: Body,
    stepper: Stepper,
    list: std.ArrayList([]const u8) = .empty,
    left: u64 = steps_most,
    reason: ?[]const u8 = null,
    calls_made: u64 = 0,

    /// Steps through so many calls; answers their instructions, or null where there is a reason.
    fn add(self: *Stretches, calls: u64) std.mem.Allocator.Error!?u64 {
        var text: [16384]u8 = undefined;
        const began = self.stepper.begin(@intCast(self.left));
        self.body.run(self.body.context, calls);
        const length = self.stepper.end(&text, text.len);
        self.calls_made += calls;
        if (@min(began, length) < 0) {
            self.reason = try std.fmt.allocPrint(
                self.allocator,
                "the library does not step here: it answers {d}",
                .{@min(began, length)},
            );
            return null;
        }
        const told = try self.allocator.dupe(u8, text[0..@intCast(length)]);
        const instructions = instructionsOf(told);
        self.left -|= instructions;
        if (self.left > 0) {
            try self.list.append(self.allocator, told);
            return instructions;
        }
        self.reason = std.fmt.comptimePrint(
            "a pair of calls takes over {d} instructions, too many to step through",
            .{steps_most},
        );
        return null;
    }
};

/// The first number of what the library tells: all instructions of the stretch.
fn instructionsOf(told: []const u8) u64 {
    const start = "{\"instructions\":".len;
    const rest = told[@min(start, told.len)..];
    const end = std.mem.findScalar(u8, rest, ',') orelse rest.len;
    return std.fmt.parseInt(u64, rest[0..end], 10) catch 0;
}

test "instructionsOf reads what zig/step.zig writes" {
    try std.testing.expectEqual(1234, instructionsOf("{\"instructions\":1234,\"regions\":[]}"));
    try std.testing.expectEqual(0, instructionsOf("{}"));
}

const Fake = struct {
    var calls: u64 = 0;
    var limit: u32 = 0;

    fn run(_: *anyopaque, count: u64) void {
        calls += count;
    }
    fn begin(most: u32) callconv(.c) i32 {
        calls = 0;
        limit = most;
        return 0;
    }
    fn end(target: ?[*]u8, capacity: u32) callconv(.c) i32 {
        const instructions = @min(limit, 40 + calls * per_call);
        const text = std.fmt.bufPrint(
            target.?[0..capacity],
            "{{\"instructions\":{d},\"regions\":[]}}",
            .{instructions},
        ) catch unreachable;
        return @intCast(text.len);
    }
    var per_call: u64 = 0;
};

test "step takes three pairs of as many calls as are wanted, or tells why not" {
    const expectEqual = std.testing.expectEqual;
    var arena: std.heap.ArenaAllocator = .init(std.testing.allocator);
    defer arena.deinit();
    const stepper: Stepper = .{ .begin = &Fake.begin, .end = &Fake.end };
    const body: Body = .{ .context = &arena, .run = &Fake.run };
    Fake.per_call = 10;
    const short = try step(arena.allocator(), body, 4096, stepper);
    try expectEqual(6, short.stretches.len);
    try expectEqual(100, short.calls);
    try expectEqual(1040, instructionsOf(short.stretches[0]));
    try expectEqual(2040, instructionsOf(short.stretches[5]));
    Fake.per_call = 20_000;
    const long = try step(arena.allocator(), body, 16, stepper);
    try expectEqual(1, long.calls);
    try expectEqual(2, long.stretches.len);
    try expectEqual(null, long.reason);
    Fake.per_call = 1_000_000;
    const longest = try step(arena.allocator(), body, 1, stepper);
    try std.testing.expect(longest.reason != null);
    try expectEqual(0, longest.stretches.len % 2);
}
