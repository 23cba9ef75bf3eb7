//! A probe of the core's throughput: independent work that fills it, timed by the processor's own
//! tick. Code of another tenant on the neighbour thread of the same core makes the probe slower by
//! half and more, while it leaves a chain of dependent additions alone.
const std = @import("std");
const builtin = @import("builtin");
const entry = @import("kernels/entry.zig");
const os = @import("kernels/os.zig");

/// Whether this processor has a tick that user code can read for a few cycles. The virtual counter
/// of aarch64 is one by name, but steps by 10 to 42 ns on most of them.
const has_tick = builtin.cpu.arch == .x86_64;

/// Rounds of eight operations each. With a tick a round takes two cycles, so that the probe lasts
/// about 0.8 µs; a clock needs more of them to be told apart to 1 %.
const rounds = if (has_tick) 1200 else 12_000;

/// Ticks of the probe, or ns where there is no tick. A free core needs the same number each time.
pub fn measure() u32 {
    const start = tick();
    work();
    return @truncate(tick() -% start);
}

/// Ticks since any origin.
fn tick() u64 {
    if (!has_tick) return if (builtin.os.tag == .freestanding) 0 else os.nowNs();
    var low: u32 = undefined;
    var high: u32 = undefined;
    // rdtscp waits for what stands before it, which rdtsc does not.
    asm volatile ("rdtscp"
        : [low] "={eax}" (low),
          [high] "={edx}" (high),
        :
        : .{ .ecx = true });
    return @as(u64, high) << 32 | low;
}

/// What ticks mean here, found in about 30 ms.
pub const Scale = struct {
    /// Duration of a tick, in ns.
    ns_per_tick: f64,
    /// Least number of ticks that the probe took.
    least: f64,
    /// Cycles of the core's clock that the probe takes where it is free.
    cycles: f64,
};

/// Time over which ticks are held to the system's clock, in ns, and times that work is repeated.
const scale_ns = 20_000_000;
const scale_tries = 2000;
const chain_adds = 64 * 64;

/// A chain of dependent additions, one cycle each.
fn chain() void {
    var value: u32 = 0;
    for (0..chain_adds / 64) |_| value = entry.chain(value, 64);
}

/// Times ticks against the system's clock, and the probe against a chain of one add per cycle.
pub fn scale() Scale {
    const start_ns = os.nowNs();
    const start = tick();
    var least: u32 = std.math.maxInt(u32);
    var least_chain: u64 = std.math.maxInt(u64);
    for (0..scale_tries) |_| {
        least = @min(least, measure());
        const before = tick();
        chain();
        least_chain = @min(least_chain, tick() -% before);
    }
    while (os.nowNs() - start_ns < scale_ns) {}
    const ticks: f64 = @floatFromInt(tick() -% start);
    const elapsed_ns: f64 = @floatFromInt(os.nowNs() - start_ns);
    const ticks_per_cycle = @as(f64, @floatFromInt(least_chain)) / chain_adds;
    return .{
        .ns_per_tick = elapsed_ns / ticks,
        .least = @floatFromInt(least),
        .cycles = @as(f64, @floatFromInt(least)) / ticks_per_cycle,
    };
}

/// Eight chains that do not wait for each other.
inline fn work() void {
    var a: u64 = 1;
    var b: u64 = 2;
    var c: u64 = 3;
    var d: u64 = 4;
    var e: u64 = 5;
    var f: u64 = 6;
    var g: u64 = 7;
    var h: u64 = 8;
    for (0..rounds) |_| {
        switch (builtin.cpu.arch) {
            .x86_64 => asm volatile (
                \\add $1, %[a]
                \\add $3, %[b]
                \\add $5, %[c]
                \\add $7, %[d]
                \\xor $9, %[e]
                \\xor $11, %[f]
                \\add $13, %[g]
                \\add $15, %[h]
                : [a] "+r" (a),
                  [b] "+r" (b),
                  [c] "+r" (c),
                  [d] "+r" (d),
                  [e] "+r" (e),
                  [f] "+r" (f),
                  [g] "+r" (g),
                  [h] "+r" (h),
            ),
            .aarch64 => asm volatile (
                \\add %[a], %[a], #1
                \\add %[b], %[b], #3
                \\add %[c], %[c], #5
                \\add %[d], %[d], #7
                \\eor %[e], %[e], #7
                \\eor %[f], %[f], #15
                \\add %[g], %[g], #13
                \\add %[h], %[h], #15
                : [a] "+r" (a),
                  [b] "+r" (b),
                  [c] "+r" (c),
                  [d] "+r" (d),
                  [e] "+r" (e),
                  [f] "+r" (f),
                  [g] "+r" (g),
                  [h] "+r" (h),
            ),
            else => {
                a +%= 1;
                asm volatile (""
                    : [a] "+r" (a),
                );
            },
        }
    }
}

test "measure repeats on a processor that has a tick" {
    var least: u32 = std.math.maxInt(u32);
    for (0..100) |_| least = @min(least, measure());
    // Eight operations a round cannot take under a cycle a round on any processor there is.
    try std.testing.expect(least > 100);
}

test "scale finds cycles that eight operations a round can take" {
    if (builtin.mode == .debug) return error.SkipZigTest;
    const found = scale();
    try std.testing.expect(found.ns_per_tick > 0);
    try std.testing.expect(found.cycles > rounds);
    try std.testing.expect(found.cycles <= 8 * rounds * 1.1);
}
