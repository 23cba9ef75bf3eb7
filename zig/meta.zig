//! The meta family: what the library tells of itself and of the machine. Neither timed nor counted.
const std = @import("std");
const cores = @import("cores.zig");
const counters = @import("counters.zig");
const entry = @import("kernels/entry.zig");
const manifest_text = @import("manifest.zig").text;
const probe_writer = @import("probe.zig");
const stepping = @import("step.zig");
const walking = @import("step/walk.zig");
const throughput_probe = @import("throughput.zig");

/// Kernel calls since the library was opened.
pub fn calls() callconv(.c) f64 {
    return @floatFromInt(entry.total());
}

/// Copies at most `capacity` bytes of the library's description of itself, in JSON without a final
/// zero; returns the length of the whole text.
pub fn manifest(target: ?[*]u8, capacity: u32) callconv(.c) u32 {
    return copy(manifest_text, target, capacity);
}

/// As `manifest`, of what the operating system tells now.
pub fn probe(target: ?[*]u8, capacity: u32) callconv(.c) u32 {
    var buffer: [probe_writer.length_max]u8 = undefined;
    return copy(probe_writer.write(&buffer), target, capacity);
}

/// Begins to count what the processor does for a process, and ends to do so for any other; with 0
/// it only ends. Answers 0 or the system's errno.
pub fn counters_start(pid: i32) callconv(.c) i32 {
    return counters.start(pid);
}

/// Writes instructions and cycles since then, outside of the kernel; returns 0 or an errno.
pub fn counters_read(target: ?[*]f64) callconv(.c) i32 {
    return if (target) |counts| counters.read(counts[0..counters.count]) else 0;
}

/// What work that fills the core takes now, in ticks of the processor; see throughput.zig.
pub fn throughput() callconv(.c) u32 {
    return throughput_probe.measure();
}

/// Binds the calling thread to the core that is freest now (cores.zig). Returns its number, or -1.
pub fn take_freest_core() callconv(.c) i32 {
    return cores.takeFreest();
}

/// Writes what that probe's ticks mean: ns per tick, the least ticks that it took, and the cycles
/// that these are. Takes about 20 ms.
pub fn throughput_scale(target: ?[*]f64) callconv(.c) void {
    const found = throughput_probe.scale();
    if (target) |values| {
        values[0] = found.ns_per_tick;
        values[1] = found.least;
        values[2] = found.cycles;
    }
}

/// Begins to count the instructions of the calling thread, up to `limit`. Answers 0 or the negative
/// code of a problem; see step.zig.
pub fn step_begin(limit: u32) callconv(.c) i32 {
    return stepping.begin(limit);
}

/// Ends that, and copies at most `capacity` bytes of what was counted, in JSON; returns the length
/// of the whole text, or the negative code of a problem.
pub fn step_end(target: ?[*]u8, capacity: u32) callconv(.c) i32 {
    var buffer: [stepping.length_max]u8 = undefined;
    const length = stepping.end(&buffer);
    if (length > 0) _ = copy(buffer[0..@intCast(length)], target, capacity);
    return length;
}

/// Both of these for a loop that calls it before and after each of its batches, and is told how
/// many turns the next one has; see step/walk.zig.
pub fn step_walk(target: ?[*]u8, capacity: u32) callconv(.c) i32 {
    return walking.next(if (target) |bytes| bytes[0..capacity] else &.{});
}

/// Takes `count` additions, each waiting for the one before: one cycle each. Answers `count`.
pub fn spin_chain(count: u32) callconv(.c) u32 {
    var value: u32 = 0;
    var remaining = count;
    while (remaining >= 8) : (remaining -= 8) value = entry.chain(value, 8);
    while (remaining > 0) : (remaining -= 1) value = entry.chain(value, 1);
    return value;
}

fn copy(text: []const u8, target: ?[*]u8, capacity: u32) u32 {
    const count = @min(text.len, capacity);
    if (target) |bytes| @memcpy(bytes[0..count], text[0..count]);
    return @intCast(text.len);
}

const expectEqual = std.testing.expectEqual;

test "calls counts kernels and not itself" {
    const call = @import("kernels/call.zig");
    const before = calls();
    call.noop();
    _ = call.i32_args_2(1, 2);
    try expectEqual(before + 2, calls());
    try expectEqual(before + 2, calls());
}

test "manifest copies at most its capacity" {
    var start: [4]u8 = @splat('-');
    const length = manifest(&start, 3);
    try std.testing.expectEqualStrings("{\"m-", &start);
    try expectEqual(length, manifest(null, 0));
    try expectEqual(manifest_text.len, length);
}

test "probe answers JSON" {
    var text: [probe_writer.length_max]u8 = undefined;
    const length = probe(&text, text.len);
    const parsed = try std.json.parseFromSlice(
        std.json.Value,
        std.testing.allocator,
        text[0..length],
        .{},
    );
    defer parsed.deinit();
    try expectEqual(parsed.value.object.get("cores").?.integer > 0, true);
}

test "counters_read writes nothing where nothing is counted" {
    try expectEqual(0, counters_start(0));
    var counts: [counters.count]f64 = @splat(-1);
    try std.testing.expect(counters_read(&counts) != 0);
    try expectEqual(-1, counts[0]);
    try expectEqual(0, counters_read(null));
}

test "spin_chain returns its count" {
    for ([_]u32{ 0, 1, 7, 8, 9, 1000 }) |count| try expectEqual(count, spin_chain(count));
}
