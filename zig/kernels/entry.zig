//! What every kernel does on entry: count the call, and run a planted slowdown where one is built.
const std = @import("std");
const builtin = @import("builtin");
const options = @import("build_options");

/// Calls of kernels that only one thread may call at a time. One plain increment costs nothing that
/// shows in a timing, an atomic one would.
var calls_plain: u64 = 0;

/// Calls of kernels that are safe on any thread.
var calls_shared: std.atomic.Value(u64) = .init(0);

/// Counts a call and adds the planted chain of the kernel of that name, if there is one.
pub inline fn enter(comptime name: []const u8) void {
    calls_plain +%= 1;
    delay(name);
}

/// As `enter`, for a kernel that several threads may run at once.
pub inline fn enterShared(comptime name: []const u8) void {
    _ = calls_shared.fetchAdd(1, .monotonic);
    delay(name);
}

/// All calls counted since the library was opened.
pub fn total() u64 {
    // Targets without threads may have no atomic 64 bits either.
    const shared = if (builtin.single_threaded) calls_shared.raw else calls_shared.load(.monotonic);
    return calls_plain +% shared;
}

/// The kernels that can repeat a share of their work.
pub const repeating = [_][]const u8{
    "buffer_sum",
    "handle_sum",
    "range_loop",
    "string_sum",
    "crc32",
    "sha256",
};

/// Whether the build plants a slowdown in the kernel of that name.
pub fn isPlanted(comptime name: []const u8) bool {
    return comptime contains(options.plant_kernels, name);
}

pub fn contains(comptime list: []const []const u8, comptime name: []const u8) bool {
    comptime {
        @setEvalBranchQuota(1_000_000);
        for (list) |item| if (std.mem.eql(u8, item, name)) return true;
        return false;
    }
}

/// How many of `count` elements a planted kernel works through a second time. A share of its own
/// work slows a kernel down by that share on every machine, which a count of cycles would not.
///
/// A kernel that asks is listed in `repeating`, so that a build can refuse a share elsewhere.
pub inline fn repeated(comptime name: []const u8, count: u32) u32 {
    if (comptime !contains(&repeating, name)) @compileError(name ++ " is missing in repeating");
    if (comptime !isPlanted(name)) return 0;
    const scaled = options.plant_percent * 65536.0 / 100.0;
    const share: u64 = comptime @intFromFloat(@round(scaled));
    return @intCast(@min((@as(u64, count) * share) >> 16, count));
}

/// The value, as the optimizer must see it: unknown, so that no step before or after can be folded.
pub inline fn opaqueValue(comptime T: type, value: T) T {
    var hidden = value;
    asm volatile (""
        : [hidden] "+r" (hidden),
    );
    return hidden;
}

/// `count` additions of one, each waiting for the one before: one cycle each. Answers `start` +
/// `count`, wrapping. The one lies in a register, since recent processors carry out additions of
/// small constants while renaming registers, several in a cycle and however they depend.
pub inline fn chain(start: u32, comptime count: comptime_int) u32 {
    const one = opaqueValue(u32, 1);
    var value = start;
    inline for (0..count) |_| value = opaqueValue(u32, value +% one);
    return value;
}

/// The planted slowdown, in cycles at the clock that the build names. Out-of-order execution would
/// hide a mere chain of additions behind the caller's own waits, by an amount that differs from
/// runtime to runtime, so the chain stands between two fences that let nothing overlap. A plant of
/// 0 ns is the fences alone: the library that a slowdown is compared with.
inline fn delay(comptime name: []const u8) void {
    if (comptime !isPlanted(name)) return;
    const cycles = comptime @as(u32, @intFromFloat(@round(options.plant_ns * options.plant_ghz)));
    fence();
    std.mem.doNotOptimizeAway(chain(0, cycles));
    fence();
}

/// Waits until everything before it is done, and lets nothing after it begin.
inline fn fence() void {
    switch (builtin.cpu.arch) {
        .x86_64 => asm volatile ("lfence"),
        .aarch64 => asm volatile ("isb"),
        else => {},
    }
}

test "chain takes every step" {
    try std.testing.expectEqual(@as(u32, 12), chain(5, 7));
    try std.testing.expectEqual(@as(u32, 2), chain(std.math.maxInt(u32), 3));
}
