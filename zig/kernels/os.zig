//! The few things that kernels ask of the operating system: a clock, sleep, and a word to wait on.
//!
//! std.Io offers all of them, behind a table that pulls files, processes and networking into every
//! build of the library: three quarters of its compile time.
const std = @import("std");
const builtin = @import("builtin");
const ntdll = std.os.windows.ntdll;

const is_windows = builtin.os.tag == .windows;

/// Nanoseconds of a clock that only goes forward, from any origin.
pub fn nowNs() u64 {
    if (is_windows) {
        var ticks: i64 = 0;
        var per_s: i64 = 1;
        _ = ntdll.RtlQueryPerformanceCounter(&ticks);
        _ = ntdll.RtlQueryPerformanceFrequency(&per_s);
        return @intCast(@divFloor(@as(i128, ticks) * std.time.ns_per_s, per_s));
    }
    var time: std.c.timespec = undefined;
    if (std.c.clock_gettime(.MONOTONIC, &time) != 0) return 0;
    return @as(u64, @intCast(time.sec)) * std.time.ns_per_s + @as(u64, @intCast(time.nsec));
}

/// Sleeps at least that long, through interruptions by signals.
pub fn sleepNs(duration_ns: u64) void {
    const end_ns = nowNs() + duration_ns;
    while (true) {
        const now_ns = nowNs();
        if (now_ns >= end_ns) return;
        const rest_ns = end_ns - now_ns;
        if (is_windows) {
            // Negative is relative, in units of 100 ns.
            const interval: i64 = -@as(i64, @intCast((rest_ns + 99) / 100));
            _ = ntdll.NtDelayExecution(.FALSE, &interval);
        } else {
            const time: std.c.timespec = .{
                .sec = @intCast(rest_ns / std.time.ns_per_s),
                .nsec = @intCast(rest_ns % std.time.ns_per_s),
            };
            _ = std.c.nanosleep(&time, null);
        }
    }
}

const Word = std.atomic.Value(u32);

/// Waits until woken while the word holds that value; may also return for no reason.
pub fn wait(word: *const Word, value: u32) void {
    switch (builtin.os.tag) {
        .linux => {
            const linux = std.os.linux;
            _ = linux.futex_4arg(&word.raw, .{ .cmd = .WAIT, .private = true }, value, null);
        },
        .macos => {
            const flags: std.c.UL = .{ .op = .COMPARE_AND_WAIT, .NO_ERRNO = true };
            _ = std.c.__ulock_wait(flags, &word.raw, value, 0);
        },
        .windows => _ = ntdll.RtlWaitOnAddress(&word.raw, &value, @sizeOf(u32), null),
        else => @compileError("no way to wait on " ++ @tagName(builtin.os.tag)),
    }
}

/// Wakes one thread that waits on the word.
pub fn wake(word: *const Word) void {
    switch (builtin.os.tag) {
        .linux => {
            const linux = std.os.linux;
            _ = linux.futex_3arg(&word.raw, .{ .cmd = .WAKE, .private = true }, 1);
        },
        .macos => {
            const flags: std.c.UL = .{ .op = .COMPARE_AND_WAIT, .NO_ERRNO = true };
            _ = std.c.__ulock_wake(flags, &word.raw, 0);
        },
        .windows => ntdll.RtlWakeAddressSingle(&word.raw),
        else => @compileError("no way to wake on " ++ @tagName(builtin.os.tag)),
    }
}

test "nowNs goes forward and sleepNs waits at least as long" {
    const start_ns = nowNs();
    sleepNs(1_000_000);
    try std.testing.expect(nowNs() - start_ns >= 1_000_000);
}

test "wait returns at once where the word holds another value, and when woken" {
    var word: Word = .init(1);
    wait(&word, 0);
    const thread = try std.Thread.spawn(.{}, change, .{&word});
    while (word.load(.acquire) == 1) wait(&word, 1);
    thread.join();
}

fn change(word: *Word) void {
    word.store(2, .release);
    wake(word);
}
