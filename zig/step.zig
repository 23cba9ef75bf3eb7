//! Counts the instructions of the calling thread, by whose code executed them.
//!
//! The processor raises a debug trap after each instruction while the trap flag stands in a
//! thread's own flags, and Linux delivers it as SIGTRAP. A handler on a stack of its own counts the
//! address that was interrupted. The entry to a signal clears the flag and the return sets it
//! again, so that the handler itself is not counted. Nothing but the calling thread is stepped.
const std = @import("std");
const builtin = @import("builtin");
const regions_file = @import("step/regions.zig");
const trap_flag = @import("step/trap_flag.zig");
const linux = std.os.linux;

/// Whether a thread can step itself: aarch64 has no such flag that a program may set.
pub const is_able = builtin.os.tag == .linux and builtin.cpu.arch == .x86_64;

/// Longest text that `end` makes.
pub const length_max = 16384;

/// Why nothing was done. The codes are part of the library's interface.
pub const Problem = enum(i32) {
    /// Another processor or system.
    unsupported = -1,
    /// A thread is being stepped already.
    begun = -2,
    /// No thread is being stepped.
    not_begun = -3,
    /// It is another thread that is being stepped.
    other_thread = -4,
    /// The system does not list the mappings of this process.
    no_map = -5,
    /// The system lets no handler be set.
    no_handler = -6,
    /// No trap arrives: a debugger takes them, the thread blocks them, or the machine is emulated.
    no_trap = -7,
    /// A stretch reached its limit.
    limit = -8,
    /// What was counted does not fit into the memory that was given.
    no_room = -9,

    pub fn code(problem: Problem) i32 {
        return @backingInt(problem);
    }
};

/// Begins to count, up to so many instructions; returns 0 or the code of a problem.
pub fn begin(limit: u32) i32 {
    if (!is_able) return Problem.unsupported.code();
    return stepper.begin(limit);
}

/// Ends counting and writes what was counted as JSON; returns the text's length, or the code of a
/// problem.
pub fn end(buffer: *[length_max]u8) i32 {
    if (!is_able) return Problem.unsupported.code();
    return stepper.end(buffer);
}

/// Begins to count for so much processor time of the calling thread at the most, in ns; answers as
/// `begin` does.
pub fn beginFor(most_ns: u64) i32 {
    if (!is_able) return Problem.unsupported.code();
    return stepper.beginFor(most_ns);
}

/// What a stretch that is over has executed, and the time that it took.
pub const Spent = struct { instructions: u64, ns: u64, is_cut: bool };

/// What the last stretch was.
pub fn spent() Spent {
    return .{
        .instructions = stepper.instructions,
        .ns = stepper.spent_ns,
        .is_cut = stepper.is_cut,
    };
}

var stepper: Stepper = .{};

const no_thread = 0;
/// si_code of a trap that the trap flag raised: TRAP_TRACE of asm-generic/siginfo.h.
const trap_trace = 2;
/// SIGTRAP in the kernel's sets of signals.
const trap_bit: u64 = 1 << (5 - 1);
/// Traps after which the clock is read. It is read whatever they are of: code that waits for
/// another thread, or begins anew whenever it is interrupted, would never end while it is stepped.
const traps_per_look = 256;
/// Times that the mappings are read again for an address in none of them.
const updates_max = 64;

/// What is kept while a thread is stepped; there is one in a process, since signals are its own.
const Stepper = struct {
    /// The thread that is stepped.
    thread: std.atomic.Value(i32) = .init(no_thread),
    instructions: u64 = 0,
    /// Instructions at the most, and processor time of the thread at which a stretch is cut, in ns.
    most: u64 = 0,
    deadline_ns: u64 = 0,
    is_cut: bool = false,
    traps: u64 = 0,
    began_ns: u64 = 0,
    spent_ns: u64 = 0,
    last_address: u64 = 0,
    updates: u32 = 0,
    regions: regions_file.Regions = .{},
    handler_before: linux.Sigaction = undefined,
    stack_before: linux.stack_t = undefined,
    mask: u64 = 0,
    stack: [1 << 16]u8 align(16) = undefined,

    fn begin(self: *Stepper, limit: u32) i32 {
        if (!self.take()) return Problem.begun.code();
        self.most = limit;
        self.deadline_ns = std.math.maxInt(u64);
        return self.run();
    }

    fn beginFor(self: *Stepper, most_ns: u64) i32 {
        if (!self.take()) return Problem.begun.code();
        self.most = std.math.maxInt(u64);
        self.deadline_ns = threadNs() +| most_ns;
        return self.run();
    }

    fn take(self: *Stepper) bool {
        const thread = linux.gettid();
        return self.thread.cmpxchgStrong(no_thread, thread, .seq_cst, .seq_cst) == null;
    }

    inline fn run(self: *Stepper) i32 {
        if (self.start()) |problem| {
            self.thread.store(no_thread, .seq_cst);
            return problem.code();
        }
        trap_flag.set();
        // One trap at the least must have come by now.
        if (@as(*const volatile u64, &self.instructions).* > 0) return 0;
        trap_flag.clear();
        self.restore();
        return Problem.no_trap.code();
    }

    fn start(self: *Stepper) ?Problem {
        // A trap that is blocked ends the process.
        var blocked: linux.sigset_t = linux.sigemptyset();
        _ = linux.sigprocmask(linux.SIG.BLOCK, null, &blocked);
        if (linux.sigismember(&blocked, .TRAP)) return .no_trap;
        if (!self.regions.read()) return .no_map;
        self.instructions = 0;
        self.last_address = 0;
        self.traps = 0;
        self.is_cut = false;
        self.updates = 0;
        self.began_ns = threadNs();
        const stack: linux.stack_t = .{ .sp = &self.stack, .flags = 0, .size = self.stack.len };
        if (linux.errno(linux.sigaltstack(&stack, &self.stack_before)) != .SUCCESS) {
            return .no_handler;
        }
        const action: linux.Sigaction = .{
            .handler = .{ .sigaction = &onTrap },
            // An engine that suspends this thread by a signal reads its stack pointer, which would
            // be the handler's; it tries again until it meets another, which may be never.
            .mask = linux.sigfillset(),
            .flags = linux.SA.SIGINFO | linux.SA.ONSTACK,
        };
        const set = linux.sigaction(.TRAP, &action, &self.handler_before);
        if (linux.errno(set) == .SUCCESS) return null;
        _ = linux.sigaltstack(&self.stack_before, null);
        return .no_handler;
    }

    fn end(self: *Stepper, buffer: *[length_max]u8) i32 {
        const thread = self.thread.load(.seq_cst);
        if (thread == no_thread) return Problem.not_begun.code();
        if (thread != linux.gettid()) return Problem.other_thread.code();
        trap_flag.clear();
        self.spent_ns = threadNs() -| self.began_ns;
        const length = self.write(buffer);
        self.restore();
        return length;
    }

    fn restore(self: *Stepper) void {
        _ = linux.sigaction(.TRAP, &self.handler_before, null);
        _ = linux.sigaltstack(&self.stack_before, null);
        self.thread.store(no_thread, .seq_cst);
    }

    /// Counts one instruction, which is the next to be executed.
    fn count(self: *Stepper, registers: *Registers) void {
        const address = registers[Register.rip];
        self.traps += 1;
        if (self.traps % traps_per_look == 0 and threadNs() > self.deadline_ns) {
            return self.cut(registers);
        }
        // A repeated string instruction traps at each turn; it is one, as processors count.
        if (address == self.last_address) return;
        if (self.instructions == self.most) return self.cut(registers);
        self.last_address = address;
        self.instructions += 1;
        const region = self.find(address) orelse {
            self.regions.unknown += 1;
            return;
        };
        region.instructions += 1;
        // Engines may forbid to read the code that they generate; it makes no system calls.
        if (region.kind == .runtime or region.kind == .file) self.keepUnblocked(registers);
    }

    /// Ends a stretch before its end: the thread goes on at full speed.
    fn cut(self: *Stepper, registers: *Registers) void {
        self.is_cut = true;
        registers[Register.flags] &= ~trap_flag.bit;
    }

    /// The region of an address; the mappings are read again where it is in none.
    fn find(self: *Stepper, address: u64) ?*regions_file.Region {
        if (self.regions.find(address)) |region| return region;
        if (self.updates == updates_max) return null;
        self.updates += 1;
        return if (self.regions.update()) self.regions.find(address) else null;
    }

    /// Takes the trap out of the signals that the next instruction would block, as starting a
    /// thread does: one that is blocked ends the process.
    fn keepUnblocked(self: *Stepper, registers: *Registers) void {
        const code: [*]const u8 = @ptrFromInt(registers[Register.rip]);
        if (code[0] != 0x0f or code[1] != 0x05) return;
        if (registers[Register.rax] != @backingInt(linux.SYS.rt_sigprocmask)) return;
        const set = registers[Register.rsi];
        if (set == 0 or registers[Register.rdi] == linux.SIG.UNBLOCK) return;
        self.mask = @as(*align(1) const u64, @ptrFromInt(set)).* & ~trap_bit;
        registers[Register.rsi] = @intFromPtr(&self.mask);
    }

    fn write(self: *Stepper, buffer: *[length_max]u8) i32 {
        var writer: std.Io.Writer = .fixed(buffer);
        self.print(&writer) catch {
            // Too many regions: their sum is told all the same.
            writer = .fixed(buffer);
            writer.print("{{\"instructions\":{d},\"regions\":[]}}", .{self.instructions}) catch {};
        };
        return @intCast(writer.buffered().len);
    }

    fn print(self: *Stepper, writer: *std.Io.Writer) std.Io.Writer.Error!void {
        try writer.print("{{\"instructions\":{d},\"regions\":[", .{self.instructions});
        const list = self.regions.list[0..self.regions.count];
        var is_first = true;
        for (list, 0..) |region, i| {
            if (region.instructions == 0 or isSeen(list[0..i], region)) continue;
            var sum: u64 = 0;
            for (list[i..]) |other| if (isAlike(region, other)) {
                sum += other.instructions;
            };
            try printRegion(writer, &is_first, region.kind, region.path, sum);
        }
        if (self.regions.unknown > 0) {
            try printRegion(writer, &is_first, .unknown, "", self.regions.unknown);
        }
        try writer.writeAll("]}");
    }
};

/// Processor time of the calling thread, in ns: what else the machine does adds nothing to it.
fn threadNs() u64 {
    var time: linux.timespec = undefined;
    if (linux.errno(linux.clock_gettime(.THREAD_CPUTIME_ID, &time)) != .SUCCESS) return 0;
    return @as(u64, @intCast(time.sec)) * std.time.ns_per_s + @as(u64, @intCast(time.nsec));
}

fn isSeen(before: []const regions_file.Region, region: regions_file.Region) bool {
    for (before) |other| if (other.instructions > 0 and isAlike(region, other)) return true;
    return false;
}

fn isAlike(a: regions_file.Region, b: regions_file.Region) bool {
    return a.kind == b.kind and std.mem.eql(u8, a.path, b.path);
}

fn printRegion(
    writer: *std.Io.Writer,
    is_first: *bool,
    kind: regions_file.Kind,
    path: []const u8,
    instructions: u64,
) std.Io.Writer.Error!void {
    if (!is_first.*) try writer.writeByte(',');
    is_first.* = false;
    try writer.print("{{\"kind\":\"{t}\",\"path\":\"", .{kind});
    for (path) |byte| {
        const is_plain = byte >= ' ' and byte != '"' and byte != '\\';
        try writer.writeByte(if (is_plain) byte else '?');
    }
    try writer.print("\",\"instructions\":{d}}}", .{instructions});
}

const Registers = [23]u64;

/// Their places, as in sys/ucontext.h.
const Register = struct {
    const rdi = 8;
    const rsi = 9;
    const rax = 13;
    const rip = 16;
    const flags = 17;
};

/// The part of ucontext_t that matters.
const Interrupted = extern struct {
    flags: u64,
    link: ?*anyopaque,
    stack: linux.stack_t,
    registers: Registers,
};

fn onTrap(_: linux.SIG, info: *const linux.siginfo_t, context: ?*anyopaque) callconv(.c) void {
    const interrupted: *Interrupted = @ptrCast(@alignCast(context.?));
    if (info.code != trap_trace) return onForeignTrap();
    if (linux.gettid() == stepper.thread.load(.monotonic)) {
        return stepper.count(&interrupted.registers);
    }
    // A thread that the stepped one started has its flags from it.
    interrupted.registers[Register.flags] &= ~trap_flag.bit;
}

/// A breakpoint that is not ours: the handler that was set before takes it.
fn onForeignTrap() void {
    _ = linux.sigaction(.TRAP, &stepper.handler_before, null);
    _ = linux.tgkill(linux.getpid(), linux.gettid(), .TRAP);
}
