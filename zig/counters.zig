//! The processor's own counters of one process at a time, where system and machine have them.
const std = @import("std");
const builtin = @import("builtin");
const linux = std.os.linux;

const is_linux = builtin.os.tag == .linux;

/// Something that is counted.
const Event = struct { type: linux.PERF.TYPE, config: u64 };

fn hardware(comptime event: linux.PERF.COUNT.HW) Event {
    return .{ .type = .HARDWARE, .config = @backingInt(event) };
}

/// What is counted, in the order in which `read` writes it.
const events = [_]Event{ hardware(.INSTRUCTIONS), hardware(.CPU_CYCLES) };
pub const count = events.len;

/// The answer of a system that has no such counters, as its errno says it: ENOSYS.
const none = 38;
/// The answer where nothing is counted: EBADF.
const nothing = 9;

/// The events of one process.
fn Counters(comptime counted: []const Event) type {
    return struct {
        files: [counted.len]linux.fd_t = @splat(-1),

        /// Begins to count for a process and the threads that it will start; returns 0 or an errno.
        fn start(self: *@This(), pid: i32) i32 {
            if (!is_linux) return none;
            self.stop();
            for (counted, &self.files) |event, *file| {
                var wanted: linux.perf_event_attr = .{
                    .type = event.type,
                    .config = event.config,
                    .read_format = times_enabled_and_running,
                    .flags = .{ .inherit = true, .exclude_kernel = true, .exclude_hv = true },
                };
                const opened = linux.perf_event_open(&wanted, pid, -1, -1, close_on_exec);
                const problem = linux.errno(opened);
                if (problem != .SUCCESS) {
                    self.stop();
                    return @backingInt(problem);
                }
                file.* = @intCast(opened);
            }
            return 0;
        }

        /// Writes the counts so far; returns 0 or an errno.
        fn read(self: *const @This(), counts: *[counted.len]f64) i32 {
            if (!is_linux) return none;
            for (self.files, counts) |file, *value| {
                if (file < 0) return nothing;
                var told: [3]u64 = @splat(0);
                const length = linux.read(file, std.mem.asBytes(&told), @sizeOf(@TypeOf(told)));
                const problem = linux.errno(length);
                if (problem != .SUCCESS) return @backingInt(problem);
                value.* = scaled(told);
            }
            return 0;
        }

        fn stop(self: *@This()) void {
            for (&self.files) |*file| {
                if (file.* >= 0) _ = linux.close(file.*);
                file.* = -1;
            }
        }
    };
}

/// PERF_FORMAT_TOTAL_TIME_ENABLED and _RUNNING, of linux/perf_event.h.
const times_enabled_and_running = 1 | 2;
/// PERF_FLAG_FD_CLOEXEC, of the same.
const close_on_exec = 8;

/// A count for the whole time where the counter was shared and ran a part of it; NaN where it never
/// ran.
fn scaled(told: [3]u64) f64 {
    const value: f64 = @floatFromInt(told[0]);
    const enabled: f64 = @floatFromInt(told[1]);
    const running: f64 = @floatFromInt(told[2]);
    return if (told[1] == told[2]) value else value * (enabled / running);
}

var own: Counters(&events) = .{};

/// Begins to count for a process and ends to count for any other; with 0 it only ends.
pub fn start(pid: i32) i32 {
    if (pid > 0) return own.start(pid);
    if (is_linux) own.stop();
    return 0;
}

/// Writes the counts of the process so far.
pub fn read(counts: *[count]f64) i32 {
    return own.read(counts);
}

test "counters of a process grow while it runs" {
    if (!is_linux) return error.SkipZigTest;
    // The kernel's own clock of a task: it is there where the processor's counters are not.
    const clock: Event = .{
        .type = .SOFTWARE,
        .config = @backingInt(linux.PERF.COUNT.SW.TASK_CLOCK),
    };
    var counters: Counters(&.{clock}) = .{};
    var counts: [1]f64 = undefined;
    try std.testing.expectEqual(nothing, counters.read(&counts));
    const answer = counters.start(linux.getpid());
    // A container may forbid to count at all, and an emulator knows no counters.
    const refusals = [_]linux.E{ .PERM, .ACCES, .NOSYS };
    for (refusals) |refusal| if (answer == @backingInt(refusal)) return error.SkipZigTest;
    try std.testing.expectEqual(0, answer);
    defer counters.stop();
    var before: f64 = 0;
    for (0..3) |_| {
        for (0..1_000_000) |i| std.mem.doNotOptimizeAway(i);
        try std.testing.expectEqual(0, counters.read(&counts));
        try std.testing.expect(counts[0] > before);
        before = counts[0];
    }
}

test "counters of a process that is not there answer an errno" {
    if (!is_linux) return error.SkipZigTest;
    try std.testing.expect(start(std.math.maxInt(i32)) > 0);
    var counts: [count]f64 = undefined;
    try std.testing.expectEqual(nothing, read(&counts));
}

test "scaled makes up for the time that a counter did not run" {
    try std.testing.expectEqual(7, scaled(.{ 7, 0, 0 }));
    try std.testing.expectEqual(28, scaled(.{ 7, 40, 10 }));
    try std.testing.expect(std.math.isNan(scaled(.{ 0, 40, 0 })));
}
