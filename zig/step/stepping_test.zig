//! Tests of stepping: a function whose machine code is known, and every wrong use.
const std = @import("std");
const stepping = @import("../step.zig");
const Marked = stepping.Marked;
const Problem = stepping.Problem;
const begin = stepping.begin;
const end = stepping.end;
const is_able = stepping.is_able;
const length_max = stepping.length_max;
const mark = stepping.mark;
const expectEqual = std.testing.expectEqual;

/// Seven instructions a turn, of which one is repeated.
fn known(turns: u64) void {
    var scratch: [32]u8 = undefined;
    asm volatile (
        \\1:
        \\mov %[scratch], %%rdi
        \\mov $32, %%ecx
        \\xor %%eax, %%eax
        \\rep stosb
        \\nop
        \\dec %[turns]
        \\jnz 1b
        :
        : [turns] "r" (turns),
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

test "mark steps between two calls, and does nothing at a limit of 0" {
    var target: [4096]u8 align(4) = @splat(0);
    const head: *Marked = @ptrCast(&target);
    try expectEqual(0, mark(0, &target));
    if (!is_able) return try expectEqual(Problem.unsupported.code(), mark(1, &target));
    for ([_]u64{ 50, 100 }) |turns| {
        try expectEqual(0, mark(most, &target));
        known(turns);
        try expectEqual(0, mark(most, &target));
        try expectEqual(0, mark(0, &target));
    }
    const text = target[@sizeOf(Marked)..][0..head.length];
    try expectEqual(2, std.mem.countScalar(u8, text, '\n'));
    try expectEqual(0, mark(100, &target));
    known(1000);
    try expectEqual(Problem.limit.code(), mark(100, &target));
    try expectEqual(Problem.limit.code(), mark(most, &target));
    var ended: [length_max]u8 = undefined;
    try expectEqual(Problem.not_begun.code(), end(&ended));
}

test "wrong use of stepping answers a code and harms nothing" {
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
