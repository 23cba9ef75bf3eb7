//! Times a task in batches, by the rules of src/measure: warmed up until windows agree, then a
//! steady part whose batches are kept in time order. Machine code warms up in an instant, so that
//! the budget's least number of calls, meant for optimizing compilers, is not waited for.
const std = @import("std");
const os = @import("../kernels/os.zig");

/// What a launch may spend; see src/measure/clock.ts.
pub const Budget = struct {
    warmUp: struct { minNs: f64, minCalls: f64 = 0, maxNs: f64 },
    measureNs: f64,
    minBatches: usize,
};

/// What one launch recorded.
pub const Recording = struct {
    /// Steady batches in time order, in ns.
    batches_ns: []f64,
    warm_up_calls: u64,
    warm_up_ns: f64,
    steady: bool,
    /// Calls in all.
    calls: u64,
};

/// A task as a loop of so many calls.
pub const Body = struct {
    context: *anyopaque,
    run: *const fn (context: *anyopaque, calls: u64) void,
};

/// Batches of one launch at the most; as in src/measure/clock.ts.
const batches_max = 1 << 17;
/// Length of a window whose medians are compared, how many must agree, and how well.
const window_ns = 8e6;
const windows_agreeing = 3;
const agreement = 1.03;

/// A steady clock, in ns.
pub fn now() f64 {
    return @floatFromInt(os.nowNs());
}

/// Duration of one batch, in ns.
fn time(body: Body, calls: u64) f64 {
    const start = now();
    body.run(body.context, calls);
    return now() - start;
}

/// Time that the pilot takes at the least, in ns.
const pilot_ns = 15e6;

/// The power of two of calls that comes nearest to `target_ns`; `made` counts what that took.
pub fn pilot(body: Body, target_ns: f64) u64 {
    var per_call_ns: f64 = 0;
    var calls: u64 = 1;
    const start = now();
    while (now() - start < pilot_ns) : (calls *= 2) {
        per_call_ns = time(body, calls) / @as(f64, @floatFromInt(calls));
    }
    const exact = @log2(target_ns / @max(per_call_ns, 1e-3));
    return @as(u64, 1) << @intFromFloat(@max(0, @round(exact)));
}

/// Runs a task to its end.
pub fn measure(
    allocator: std.mem.Allocator,
    body: Body,
    calls_per_batch: u64,
    budget: Budget,
) std.mem.Allocator.Error!Recording {
    const durations = try allocator.alloc(f64, batches_max);
    const warm = warmUp(durations, body, calls_per_batch, budget);
    var count: usize = 0;
    var elapsed: f64 = 0;
    while (count < batches_max) {
        durations[count] = time(body, calls_per_batch);
        elapsed += durations[count];
        count += 1;
        if (elapsed >= budget.measureNs and count >= budget.minBatches) break;
    }
    return .{
        .batches_ns = durations[0..count],
        .warm_up_calls = warm.batches * calls_per_batch,
        .warm_up_ns = warm.elapsed_ns,
        .steady = warm.steady,
        .calls = (warm.batches + count) * calls_per_batch,
    };
}

const WarmUp = struct { batches: u64, elapsed_ns: f64, steady: bool };

fn warmUp(durations: []f64, body: Body, calls_per_batch: u64, budget: Budget) WarmUp {
    var result: WarmUp = .{ .batches = 0, .elapsed_ns = 0, .steady = false };
    var medians: [windows_agreeing]f64 = @splat(0);
    var windows: usize = 0;
    while (true) {
        const window = timeWindow(durations, body, calls_per_batch);
        result.batches += window.batches;
        result.elapsed_ns += window.elapsed_ns;
        medians[windows % windows_agreeing] = window.median_ns;
        windows += 1;
        result.steady = windows >= windows_agreeing and agree(medians);
        if (result.steady and result.elapsed_ns >= budget.warmUp.minNs) return result;
        if (result.elapsed_ns >= budget.warmUp.maxNs) return result;
    }
}

const Window = struct { batches: u64, elapsed_ns: f64, median_ns: f64 };

fn timeWindow(durations: []f64, body: Body, calls_per_batch: u64) Window {
    var count: usize = 0;
    var elapsed: f64 = 0;
    while (count < 3 or (elapsed < window_ns and count < durations.len)) : (count += 1) {
        durations[count] = time(body, calls_per_batch);
        elapsed += durations[count];
    }
    std.mem.sortUnstable(f64, durations[0..count], {}, std.sort.asc(f64));
    return .{ .batches = count, .elapsed_ns = elapsed, .median_ns = durations[(count - 1) / 2] };
}

fn agree(medians: [windows_agreeing]f64) bool {
    return std.mem.max(f64, &medians) <= std.mem.min(f64, &medians) * agreement;
}

/// Adds per timing of the chain, and how often it is timed.
const chain_adds = 200_000;
const chain_tries = 5;

/// Duration of one dependent add, in ns: one cycle.
pub fn nsPerCycle(spin_chain: *const fn (u32) callconv(.c) u32) f64 {
    var best = std.math.inf(f64);
    for (0..chain_tries) |_| {
        const start = now();
        std.mem.doNotOptimizeAway(spin_chain(chain_adds));
        best = @min(best, (now() - start) / chain_adds);
    }
    return best;
}

test "pilot and measure keep to their budget" {
    const Counter = struct {
        calls: u64 = 0,
        fn run(context: *anyopaque, calls: u64) void {
            const counter: *@This() = @ptrCast(@alignCast(context));
            for (0..calls) |_| counter.calls = counter.calls + 1;
            std.mem.doNotOptimizeAway(counter.calls);
        }
    };
    var counter: Counter = .{};
    const body: Body = .{ .context = &counter, .run = &Counter.run };
    try std.testing.expect(std.math.isPowerOfTwo(pilot(body, 1000)));
    counter.calls = 0;
    const found = try measure(std.testing.allocator, body, 64, .{
        .warmUp = .{ .minNs = 0, .maxNs = 0 },
        .measureNs = 1000,
        .minBatches = 12,
    });
    defer std.testing.allocator.free(found.batches_ns.ptr[0..batches_max]);
    try std.testing.expect(found.batches_ns.len >= 12);
    try std.testing.expectEqual(counter.calls, found.calls);
}
