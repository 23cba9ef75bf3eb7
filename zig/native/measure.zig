//! Times a task in batches and records each, in time order, as the clock of src/measure/clock.ts
//! does for JavaScript. Where the task had settled, and which batches count, is judged by the tool,
//! from the whole recording.
const std = @import("std");
const os = @import("../kernels/os.zig");

/// What one launch recorded: one entry per batch, in time order.
pub const Recording = struct {
    /// When each batch began, in ns since the loop began.
    begins_ns: []u64,
    /// Duration of each batch, in ns.
    batches_ns: []u64,
    /// The throughput probe before and after each batch, in ticks; empty without a probe.
    probes: []u32,
    /// Calls in all.
    calls: u64,
};

/// A task as a loop of so many calls.
pub const Body = struct {
    context: *anyopaque,
    run: *const fn (context: *anyopaque, calls: u64) void,
};

/// Ticks that fixed work takes on the core at this moment.
pub const Probe = *const fn () callconv(.c) u32;

/// Batches of one launch at the most: memory is taken before the loop begins.
const batches_max = 1 << 17;

/// Time that the guess of a batch takes at the least, in ns.
const guess_ns = 15_000_000;

/// The power of two of calls that takes about `target_ns`.
pub fn guess(body: Body, target_ns: f64) u64 {
    var per_call_ns = std.math.inf(f64);
    var calls: u64 = 1;
    const start = os.nowNs();
    while (os.nowNs() - start < guess_ns) : (calls *= 2) {
        const began = os.nowNs();
        body.run(body.context, calls);
        const elapsed: f64 = @floatFromInt(os.nowNs() - began);
        per_call_ns = @min(per_call_ns, elapsed / @as(f64, @floatFromInt(calls)));
    }
    const exact = @log2(target_ns / @max(per_call_ns, 1e-3));
    return @as(u64, 1) << @intFromFloat(@max(0, @round(exact)));
}

/// Runs batches until `duration_ns` are over, at least one.
pub fn measure(
    allocator: std.mem.Allocator,
    body: Body,
    calls_per_batch: u64,
    duration_ns: u64,
    probe: ?Probe,
) std.mem.Allocator.Error!Recording {
    const begins_ns = try allocator.alloc(u64, batches_max);
    const batches_ns = try allocator.alloc(u64, batches_max);
    const probes = try allocator.alloc(u32, 2 * batches_max);
    const start = os.nowNs();
    const end = start + duration_ns;
    var count: usize = 0;
    while (count < batches_max) {
        if (probe) |ask| probes[2 * count] = ask();
        const began = os.nowNs();
        body.run(body.context, calls_per_batch);
        const ended = os.nowNs();
        if (probe) |ask| probes[2 * count + 1] = ask();
        begins_ns[count] = began - start;
        batches_ns[count] = ended - began;
        count += 1;
        if (ended > end) break;
    }
    return .{
        .begins_ns = begins_ns[0..count],
        .batches_ns = batches_ns[0..count],
        .probes = probes[0..if (probe == null) 0 else 2 * count],
        .calls = count * calls_per_batch,
    };
}

const Counter = struct {
    calls: u64 = 0,

    fn run(context: *anyopaque, calls: u64) void {
        const counter: *Counter = @ptrCast(@alignCast(context));
        for (0..calls) |_| counter.calls = counter.calls + 1;
        std.mem.doNotOptimizeAway(counter.calls);
    }

    fn body(counter: *Counter) Body {
        return .{ .context = counter, .run = &run };
    }
};

test "guess finds a power of two" {
    var counter: Counter = .{};
    try std.testing.expect(std.math.isPowerOfTwo(guess(counter.body(), 1000)));
}

fn seven() callconv(.c) u32 {
    return 7;
}

test "measure records every batch and probe until its time is over" {
    const expectEqual = std.testing.expectEqual;
    var arena: std.heap.ArenaAllocator = .init(std.testing.allocator);
    defer arena.deinit();
    for ([_]?Probe{ null, &seven }) |probe| {
        var counter: Counter = .{};
        const found = try measure(arena.allocator(), counter.body(), 64, 100_000, probe);
        const count = found.batches_ns.len;
        try expectEqual(counter.calls, found.calls);
        try expectEqual(64 * count, found.calls);
        try expectEqual(count, found.begins_ns.len);
        try expectEqual(if (probe == null) 0 else 2 * count, found.probes.len);
        for (found.probes) |ticks| try expectEqual(7, ticks);
        try std.testing.expect(std.sort.isSorted(u64, found.begins_ns, {}, std.sort.asc(u64)));
        const last = found.begins_ns[count - 1] + found.batches_ns[count - 1];
        try std.testing.expect(last >= 100_000);
    }
}
