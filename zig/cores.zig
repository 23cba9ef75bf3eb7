//! Puts the calling thread on the core that is freest at this moment. Each core may share its
//! execution units with a neighbour of its own, so that one of two is free while the other is not.
const std = @import("std");
const builtin = @import("builtin");
const linux = std.os.linux;
const throughput = @import("throughput.zig");

/// Probes of each core, about 1 ms together.
const probes = 1000;
/// Cores that are tried at the most: the first ones that the thread may run on.
const cores_max = 16;
/// A core is as free as the share of its probes that take at most this times the least of all.
const free_factor = 1.05;

/// Result where the thread stays where it is.
pub const unmoved = -1;

/// Binds the calling thread to the freest of its cores and returns that core's number; -1 where the
/// system has no way to, or refuses.
pub fn takeFreest() i32 {
    if (builtin.os.tag != .linux) return unmoved;
    var allowed: linux.cpu_set_t = @splat(0);
    const status = linux.sched_getaffinity(0, @sizeOf(linux.cpu_set_t), &allowed);
    if (linux.errno(status) != .SUCCESS) return unmoved;
    var ticks: [cores_max][probes]u32 = undefined;
    var cores: [cores_max]usize = undefined;
    var count: usize = 0;
    for (0..linux.CPU_SETSIZE * 8) |core| {
        if (count == cores_max) break;
        if (!has(allowed, core)) continue;
        if (!bind(core)) continue;
        for (&ticks[count]) |*one| one.* = throughput.measure();
        cores[count] = core;
        count += 1;
    }
    if (count == 0) return unmoved;
    const best = cores[freest(ticks[0..count])];
    if (bind(best)) return @intCast(best);
    linux.sched_setaffinity(0, &allowed) catch {};
    return unmoved;
}

/// The place of the core with most probes near the least of all.
fn freest(ticks: []const [probes]u32) usize {
    var least: u32 = std.math.maxInt(u32);
    for (ticks) |own| least = @min(least, std.mem.min(u32, &own));
    const most = @as(f64, @floatFromInt(least)) * free_factor;
    var best: usize = 0;
    var best_free: usize = 0;
    for (ticks, 0..) |own, i| {
        var free: usize = 0;
        for (own) |one| free += @intFromBool(@as(f64, @floatFromInt(one)) <= most);
        if (free > best_free) {
            best = i;
            best_free = free;
        }
    }
    return best;
}

fn has(set: linux.cpu_set_t, core: usize) bool {
    return set[core / @bitSizeOf(usize)] >> @intCast(core % @bitSizeOf(usize)) & 1 == 1;
}

fn bind(core: usize) bool {
    var set: linux.cpu_set_t = @splat(0);
    set[core / @bitSizeOf(usize)] = @as(usize, 1) << @intCast(core % @bitSizeOf(usize));
    linux.sched_setaffinity(0, &set) catch return false;
    return true;
}

test "freest takes the core whose probes are nearest to the least" {
    var ticks: [3][probes]u32 = .{ @splat(3000), @splat(2000), @splat(2500) };
    ticks[0][0] = 1990;
    try std.testing.expectEqual(1, freest(&ticks));
}

test "takeFreest binds the thread to one core that it may run on" {
    if (builtin.os.tag != .linux) return try std.testing.expectEqual(unmoved, takeFreest());
    const Other = struct {
        fn run(core: *i32) void {
            core.* = takeFreest();
        }
    };
    // A thread of its own, since the test's own thread should stay free.
    var core: i32 = unmoved;
    const thread = try std.Thread.spawn(.{}, Other.run, .{&core});
    thread.join();
    try std.testing.expect(core >= 0);
}
