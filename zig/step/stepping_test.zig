//! Tests of stepping: a function whose machine code is known, and every wrong use.
const std = @import("std");
const stepping = @import("../step.zig");
const trap_flag = @import("trap_flag.zig");
const walking = @import("walk.zig");
const Walk = walking.Walk;
const Problem = stepping.Problem;
const begin = stepping.begin;
const end = stepping.end;
const is_able = stepping.is_able;
const length_max = stepping.length_max;
const expectEqual = std.testing.expectEqual;

/// Seven instructions a turn, of which one is repeated; nothing where nothing can be stepped.
fn known(turns: u64) void {
    if (is_able) knownX64(turns);
}

fn knownX64(turns: u64) void {
    var scratch: [32]u8 = undefined;
    _ = asm volatile (
        \\1:
        \\mov %[scratch], %%rdi
        \\mov $32, %%ecx
        \\xor %%eax, %%eax
        \\rep stosb
        \\nop
        \\dec %[left]
        \\jnz 1b
        : [left] "=r" (-> u64),
        : [turns] "0" (turns),
          [scratch] "r" (&scratch),
        : .{ .rax = true, .rcx = true, .rdi = true, .memory = true, .cc = true });
}

const Counted = struct { instructions: i64, regions: []const struct {
    kind: []const u8,
    path: []const u8,
    instructions: i64,
} };

/// More than any test counts.
const most = 1_000_000;

fn counted(turns: u64) !std.json.Parsed(Counted) {
    var text: [length_max]u8 = undefined;
    try expectEqual(0, begin(most));
    known(turns);
    const length = end(&text);
    try std.testing.expect(length > 0);
    const own = text[0..@intCast(length)];
    return std.json.parseFromSlice(Counted, std.testing.allocator, own, .{
        .allocate = .alloc_always,
    });
}

test "stepping counts a function of known machine code exactly" {
    if (!is_able) return error.SkipZigTest;
    for (0..3) |_| {
        const once = try counted(50);
        defer once.deinit();
        const twice = try counted(100);
        defer twice.deinit();
        try expectEqual(50 * 7, twice.value.instructions - once.value.instructions);
        // All of it lies in the test's own binary.
        try expectEqual(1, once.value.regions.len);
        try std.testing.expectEqualStrings("runtime", once.value.regions[0].kind);
        try expectEqual(once.value.instructions, once.value.regions[0].instructions);
    }
}

test "stepping ends by itself at the most that is asked for" {
    if (!is_able) return error.SkipZigTest;
    var text: [length_max]u8 = undefined;
    try expectEqual(0, begin(100));
    known(1000);
    const length = end(&text);
    const start = "{\"instructions\":100,";
    try std.testing.expectEqualStrings(start, text[0..@intCast(@min(length, start.len))]);
}

/// Walks through calls of `known`, of so many times its seven instructions each.
fn walked(target: []u8, turns_of_call: u64, most_ns: u32) *align(1) Walk {
    @memset(target, 0);
    const walk: *align(1) Walk = @ptrCast(target.ptr);
    walk.batch_turns = 10;
    walk.settling = 2;
    walk.settling_again = 1;
    walk.most_ns = most_ns;
    while (true) {
        const turns = walking.next(target);
        if (turns == 0) break;
        for (0..@intCast(turns)) |_| known(turns_of_call);
        _ = walking.next(target);
    }
    return walk;
}

/// The instructions that a line of the text begins with.
fn told(line: []const u8) !i64 {
    const start = "{\"instructions\":".len;
    const stop = std.mem.findScalar(u8, line, ',') orelse return error.NoNumber;
    return std.fmt.parseInt(i64, line[start..stop], 10);
}

test "a walk settles, then steps pairs that differ by the calls alone until three agree" {
    var target: [1 << 14]u8 = undefined;
    const walk = walked(&target, 10, std.time.ns_per_s);
    if (!is_able) return try expectEqual(Problem.unsupported.code(), walk.code);
    try expectEqual(0, walk.code);
    try expectEqual(6, walk.stretches);
    var lines = std.mem.tokenizeScalar(u8, target[@sizeOf(Walk)..][0..walk.length], '\n');
    const per_turn = 10 * 7;
    for (0..3) |_| {
        const once = try told(lines.next().?);
        const twice = try told(lines.next().?);
        const turns: i64 = walk.turns;
        // Besides: the loop's own instructions and the way into the function, alike for each turn.
        const more = @divExact(twice - once, turns) - per_turn;
        try std.testing.expect(more >= 0 and more < 200);
    }
    try expectEqual(null, lines.next());
    try std.testing.expect(walk.turns > 5);
}

test "a walk that would take too long is ended, and so is a loop that never ends while stepped" {
    if (!is_able) return error.SkipZigTest;
    var target: [1 << 14]u8 = undefined;
    const walk = walked(&target, 1_000_000, 20 * std.time.ns_per_ms);
    try expectEqual(Problem.limit.code(), walk.code);
    try expectEqual(0, walk.stretches);
    // The trial alone, after the batches before it.
    try expectEqual(2 * 10 + 1, walk.made);
    // Waits for what comes only when it is no longer stepped, as code that starts anew whenever it
    // is interrupted does.
    try expectEqual(0, stepping.beginFor(5 * std.time.ns_per_ms));
    while (trap_flag.isSet()) {}
    var text: [length_max]u8 = undefined;
    try std.testing.expect(end(&text) > 0);
    try std.testing.expect(stepping.spent().is_cut);
}

test "wrong use of stepping returns a code and harms nothing" {
    var text: [length_max]u8 = undefined;
    if (!is_able) return try expectEqual(Problem.unsupported.code(), begin(most));
    try expectEqual(Problem.not_begun.code(), end(&text));
    try expectEqual(0, begin(most));
    try expectEqual(Problem.begun.code(), begin(most));
    const Other = struct {
        fn run(answer: *i32) void {
            var own: [length_max]u8 = undefined;
            answer.* = end(&own);
        }
    };
    var answer: i32 = 0;
    const thread = try std.Thread.spawn(.{}, Other.run, .{&answer});
    thread.join();
    try expectEqual(Problem.other_thread.code(), answer);
    try std.testing.expect(end(&text) > 0);
    try expectEqual(Problem.not_begun.code(), end(&text));
}
