//! What the operating system tells now, for a worker whose sandbox lets it read no such files.
//!
//! Unknown values are null; `reason` says why, where the whole system is unknown to this file.
const std = @import("std");
const builtin = @import("builtin");
const linux = std.os.linux;

/// Longest text that `write` makes.
pub const length_max = 4096;

const is_linux = builtin.os.tag == .linux;
const has_rusage = builtin.os.tag != .windows and builtin.os.tag != .freestanding;

/// Writes the JSON text and answers it.
pub fn write(buffer: *[length_max]u8) []const u8 {
    var json: Json = .{ .writer = .fixed(buffer) };
    json.number("steal_ticks", if (is_linux) stealTicks() else null);
    json.number("ticks_per_s", if (is_linux) @as(u64, 100) else null);
    json.load1();
    json.file("governor", "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
    json.file("clock_source", "/sys/devices/system/clocksource/clocksource0/current_clocksource");
    writeUsage(&json);
    writeMachine(&json);
    json.text("reason", if (is_linux) null else "only Linux is asked for more");
    json.writer.writeAll("}") catch {};
    return json.writer.buffered();
}

/// A flat object. The buffer is larger than all its values may be, so that writing cannot fail.
const Json = struct {
    writer: std.Io.Writer,
    is_first: bool = true,

    /// Longest value taken from the system; what is longer is cut.
    const value_bytes_max = 200;

    fn key(json: *Json, name: []const u8) void {
        json.writer.print("{s}\"{s}\":", .{ if (json.is_first) "{" else ",", name }) catch {};
        json.is_first = false;
    }

    fn number(json: *Json, name: []const u8, value: ?u64) void {
        json.key(name);
        if (value) |known| {
            json.writer.print("{d}", .{known}) catch {};
        } else json.writer.writeAll("null") catch {};
    }

    fn text(json: *Json, name: []const u8, value: ?[]const u8) void {
        json.key(name);
        const known = value orelse return json.writer.writeAll("null") catch {};
        json.writer.writeByte('"') catch {};
        for (known[0..@min(known.len, value_bytes_max)]) |byte| {
            const is_plain = byte >= ' ' and byte < 0x7f and byte != '"' and byte != '\\';
            json.writer.writeByte(if (is_plain) byte else '?') catch {};
        }
        json.writer.writeByte('"') catch {};
    }

    fn file(json: *Json, name: []const u8, path: [:0]const u8) void {
        var buffer: [256]u8 = undefined;
        json.text(name, if (is_linux) firstLine(path, &buffer) else null);
    }

    fn load1(json: *Json) void {
        var buffer: [128]u8 = undefined;
        const line = if (is_linux) firstLine("/proc/loadavg", &buffer) else null;
        const load = std.fmt.parseFloat(f64, firstWord(line orelse "")) catch null;
        json.key("load1");
        if (load) |known| {
            json.writer.print("{d}", .{known}) catch {};
        } else json.writer.writeAll("null") catch {};
    }
};

fn firstWord(line: []const u8) []const u8 {
    var words = std.mem.tokenizeScalar(u8, line, ' ');
    return words.next() orelse "";
}

/// Ticks that the hypervisor gave to others since boot, over all processors.
fn stealTicks() ?u64 {
    var buffer: [512]u8 = undefined;
    const line = firstLine("/proc/stat", &buffer) orelse return null;
    // cpu user nice system idle iowait irq softirq steal …
    var words = std.mem.tokenizeScalar(u8, line, ' ');
    if (!std.mem.eql(u8, words.next() orelse "", "cpu")) return null;
    for (0..7) |_| _ = words.next() orelse return null;
    return std.fmt.parseInt(u64, words.next() orelse return null, 10) catch null;
}

/// What the whole process used so far.
fn writeUsage(json: *Json) void {
    const usage: ?std.c.rusage = if (has_rusage) blk: {
        var asked: std.c.rusage = undefined;
        break :blk if (std.c.getrusage(std.c.rusage.SELF, &asked) == 0) asked else null;
    } else null;
    json.number("involuntary_switches", if (usage) |known| unsigned(known.nivcsw) else null);
    json.number("voluntary_switches", if (usage) |known| unsigned(known.nvcsw) else null);
    // macOS counts bytes here, all others KiB.
    const unit_kib = if (builtin.os.tag == .macos) 1024 else 1;
    json.number("max_rss_kib", if (usage) |known| unsigned(known.maxrss) / unit_kib else null);
    json.number("cpu_ns", if (usage) |known| ns(known.utime) + ns(known.stime) else null);
}

fn ns(time: anytype) u64 {
    return unsigned(time.sec) * std.time.ns_per_s + unsigned(time.usec) * std.time.ns_per_us;
}

fn unsigned(value: anytype) u64 {
    return @intCast(@max(value, 0));
}

fn writeMachine(json: *Json) void {
    var buffer: [4096]u8 = undefined;
    json.text("hypervisor", hypervisor(buffer[0..64]));
    json.text("emulated_on", emulatedOn(buffer[0..64]));
    json.text("cpu_model", cpuModel(&buffer));
    json.number("cores", std.Thread.getCpuCount() catch null);
    if (!is_linux) return json.text("kernel", null);
    var names: linux.utsname = undefined;
    const is_known = linux.errno(linux.uname(&names)) == .SUCCESS;
    json.text("kernel", if (is_known) std.mem.sliceTo(&names.release, 0) else null);
}

/// The name that a hypervisor gives itself in CPUID, trimmed: KVMKVMKVM, Microsoft Hv.
/// Null on bare metal, and where the processor cannot be asked.
fn hypervisor(buffer: []u8) ?[]const u8 {
    if (builtin.cpu.arch != .x86_64) return null;
    const features = cpuid(1);
    if (features[2] >> 31 == 0) return null;
    const answer = cpuid(0x4000_0000);
    std.mem.writeInt(u32, buffer[0..4], answer[1], .little);
    std.mem.writeInt(u32, buffer[4..8], answer[2], .little);
    std.mem.writeInt(u32, buffer[8..12], answer[3], .little);
    return std.mem.trim(u8, buffer[0..12], "\x00 ");
}

/// The processor that the kernel is made for, where this code is made for another one: an emulator
/// runs it. Null where both are the same, and where the kernel does not tell (Linux before 6.1).
fn emulatedOn(buffer: []u8) ?[]const u8 {
    if (!is_linux) return null;
    const kernel = firstLine("/proc/sys/kernel/arch", buffer) orelse return null;
    return if (std.mem.eql(u8, kernel, @tagName(builtin.cpu.arch))) null else kernel;
}

/// eax, ebx, ecx and edx of a leaf.
fn cpuid(leaf: u32) [4]u32 {
    var eax: u32 = undefined;
    var ebx: u32 = undefined;
    var ecx: u32 = undefined;
    var edx: u32 = undefined;
    asm volatile ("cpuid"
        : [eax] "={eax}" (eax),
          [ebx] "={ebx}" (ebx),
          [ecx] "={ecx}" (ecx),
          [edx] "={edx}" (edx),
        : [leaf] "{eax}" (leaf),
          [subleaf] "{ecx}" (0),
    );
    return .{ eax, ebx, ecx, edx };
}

fn cpuModel(buffer: []u8) ?[]const u8 {
    if (builtin.cpu.arch == .x86_64) {
        // Three leaves of 16 characters each.
        for (0..12) |i| {
            const registers = cpuid(@intCast(0x8000_0002 + i / 4));
            std.mem.writeInt(u32, buffer[4 * i ..][0..4], registers[i % 4], .little);
        }
        return std.mem.trim(u8, buffer[0..48], "\x00 ");
    }
    if (!is_linux) return null;
    const text = readFile("/proc/cpuinfo", buffer) orelse return null;
    var lines = std.mem.tokenizeScalar(u8, text, '\n');
    while (lines.next()) |line| {
        if (!std.mem.startsWith(u8, line, "model name")) continue;
        const colon = std.mem.findScalar(u8, line, ':') orelse continue;
        return std.mem.trim(u8, line[colon + 1 ..], " \t");
    }
    return null;
}

fn firstLine(path: [:0]const u8, buffer: []u8) ?[]const u8 {
    const text = readFile(path, buffer) orelse return null;
    return std.mem.trim(u8, std.mem.sliceTo(text, '\n'), " \t\r");
}

/// As much of a file as the buffer holds; null where it cannot be read.
fn readFile(path: [:0]const u8, buffer: []u8) ?[]const u8 {
    const opened = linux.open(path, .{ .ACCMODE = .RDONLY, .CLOEXEC = true }, 0);
    if (linux.errno(opened) != .SUCCESS) return null;
    const file: linux.fd_t = @intCast(opened);
    defer _ = linux.close(file);
    const count = linux.read(file, buffer.ptr, buffer.len);
    if (linux.errno(count) != .SUCCESS) return null;
    return buffer[0..count];
}

test "write gives an object with every key" {
    var buffer: [length_max]u8 = undefined;
    const Value = std.json.Value;
    const parsed = try std.json.parseFromSlice(Value, std.testing.allocator, write(&buffer), .{});
    defer parsed.deinit();
    const keys = [_][]const u8{
        "steal_ticks",          "ticks_per_s",        "load1",       "governor", "clock_source",
        "involuntary_switches", "voluntary_switches", "max_rss_kib", "cpu_ns",   "hypervisor",
        "emulated_on",          "cpu_model",          "cores",       "kernel",   "reason",
    };
    for (keys) |key| try std.testing.expect(parsed.value.object.contains(key));
    try std.testing.expect(parsed.value.object.get("cores").?.integer > 0);
    if (is_linux) try std.testing.expect(parsed.value.object.get("cpu_ns").?.integer > 0);
}

test "readFile returns null for what is not there" {
    var buffer: [16]u8 = undefined;
    if (is_linux) try std.testing.expectEqual(null, readFile("/proc/no-such-file", &buffer));
}
