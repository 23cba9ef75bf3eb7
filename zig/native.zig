//! Lane `native.call`: the floor under every other lane. A worker in machine code that speaks the
//! protocol of src/worker/protocol.ts, opens the same library as every other host, and calls each
//! kernel through an address that its compiler knows nothing about.
//!
//! Its one argument is an order; `--probe` returns what the program is instead, and `--tasks` which
//! tasks it has.
const std = @import("std");
const builtin = @import("builtin");
const calls = @import("native/calls.zig");
const caseName = @import("native/case_name.zig").caseName;
const context_file = @import("native/context.zig");
const data = @import("native/data.zig");
const level = @import("native/level.zig");
const library_file = @import("native/library.zig");
const measuring = @import("native/measure.zig");
const stepping = @import("native/step.zig");
const Checks = @import("native/checks.zig").Checks;
const Context = context_file.Context;
const Library = library_file.Library;
const Prepared = context_file.Prepared;

/// Traces of crashes would be most of the program and of its build: a crash is the tool's to tell.
pub const panic = std.debug.no_panic;
pub const std_options: std.Options = .{
    .allow_stack_tracing = false,
    .enable_segfault_handler = false,
    .networking = false,
    .signal_stack_size = null,
};
pub const std_options_debug_threaded_io: ?*std.Io.Threaded = null;
pub const std_options_debug_io: std.Io = .failing;

const Maker = *const fn (Context) context_file.Error!Prepared;

const Task = struct { []const u8, Maker };

/// Every task that makes sense without JavaScript.
const tasks = [_]Task{
    .{ "call.empty", &calls.empty },
    .{ "call.noop", &calls.noop },
    .{ "call.i32_args", &calls.i32Args },
    .{ "call.f64_args", &calls.f64Args },
    .{ "call.mixed6", &calls.mixed6 },
    .{ "call.id", &calls.id },
    .{ "call.u64_bigint", &calls.u64Bigint },
    .{ "call.i64_bigint", &calls.i64Bigint },
    .{ "call.u64_by_ref", &calls.u64ByRef },
    .{ "call.pointer_id", &calls.pointerId },
    .{ "call.function_pointer", &calls.functionPointer },
    .{ "call.polymorphic", &calls.polymorphic },
    .{ "buffer.touch", &data.touch },
    .{ "buffer.sum", &data.sum },
    .{ "buffer.fill", &data.fill },
    .{ "string_in.pre_encoded", &data.encoded },
    .{ "string_in.encode_into", &data.encoded },
    .{ "string_in.direct", &data.direct },
    .{ "string_out.c_string", &data.cString },
    .{ "struct.by_pointer", &data.byPointer },
    .{ "list_sum.refill", &data.refill },
    .{ "handle.sum", &data.handleSum },
    .{ "range.loop", &data.rangeLoop },
    .{ "range.fold", &data.rangeFold },
    .{ "callback.sync", &data.callback },
};

/// The part of an order that matters here.
const Order = struct {
    protocol: u32,
    mode: []const u8,
    lane: []const u8,
    library: []const u8,
    task: []const u8,
    params: std.json.Value,
    instrument: []const u8,
    durationNs: u64,
    batchNs: f64,
    callsPerBatch: u64,
    mostStepNs: u32 = 0,
    takesCore: bool = false,
};

const protocol_version = 2;

/// What ends a worker before its end; the reason has been said.
const Stopped = error{Stopped};

/// Nothing of std.Io is used, which would be most of the program; see kernels/os.zig.
pub fn main(init: std.process.Init.Minimal) void {
    var arena: std.heap.ArenaAllocator = .init(std.heap.c_allocator);
    const worker: Worker = .{ .allocator = arena.allocator() };
    const args = init.args.toSlice(worker.allocator) catch return;
    const argument = if (args.len > 1) args[1] else "";
    if (std.mem.eql(u8, argument, "--probe")) return worker.sayProbe();
    if (std.mem.eql(u8, argument, "--tasks")) {
        for (tasks) |task| worker.line("{s}\n", .{task[0]});
        return;
    }
    worker.work(argument) catch |err| {
        if (err != error.Stopped) worker.sayFailed("{t}", .{err});
    };
}

const probe_text = "{\"ffi_bench_probe\":1,\"runtime\":\"native\",\"version\":\"" ++
    builtin.zig_version_string ++ "\",\"engine\":\"machine code\"";

const Worker = struct {
    allocator: std.mem.Allocator,

    /// What this program is, and the level of this processor where it is not the baseline.
    fn sayProbe(worker: Worker) void {
        const best = level.best() orelse return worker.line("{s}}}\n", .{probe_text});
        worker.line("{s},\"level\":\"{s}\"}}\n", .{ probe_text, best });
    }

    fn work(worker: Worker, argument: []const u8) !void {
        const options: std.json.ParseOptions = .{ .ignore_unknown_fields = true };
        const order = std.json.parseFromSliceLeaky(Order, worker.allocator, argument, options) catch
            return worker.fail("A worker takes one argument, an order; it got {s}.", .{argument});
        if (order.protocol != protocol_version or order.params != .object) {
            return worker.fail("The order is not of protocol {d}.", .{protocol_version});
        }
        const name = try caseName(worker.allocator, order.task, order.params.object);
        worker.say("hello", "\"protocol\":{d},\"lane\":{f},\"case\":{f}", .{
            protocol_version,
            std.json.fmt(order.lane, .{}),
            std.json.fmt(name, .{}),
        });
        const maker = for (tasks) |task| {
            if (std.mem.eql(u8, task[0], order.task)) break task[1];
        } else return worker.unsupported();
        var library = Library.open(order.library) catch
            return worker.fail("The library {s} cannot be opened.", .{order.library});
        try worker.sayManifest(&library);
        const context: Context = .{
            .allocator = worker.allocator,
            .library = &library,
            .params = &order.params.object,
        };
        const prepared = maker(context) catch |err| switch (err) {
            error.UnknownParam => return worker.unsupported(),
            else => return err,
        };
        try worker.obey(order, &library, prepared);
    }

    fn obey(worker: Worker, order: Order, library: *Library, prepared: Prepared) !void {
        var checks: Checks = .{ .allocator = worker.allocator };
        try prepared.check(prepared.state, &checks);
        try worker.refuseWrong(&checks, "before timing");
        try worker.sayVerified(&checks);
        const body: measuring.Body = .{ .context = prepared.state, .run = prepared.run };
        if (std.mem.eql(u8, order.mode, "pilot")) {
            const found = measuring.guess(body, order.batchNs);
            worker.say("piloted", "\"calls_per_batch\":{d}", .{found});
        } else if (std.mem.eql(u8, order.mode, "measure")) {
            try worker.measure(order, library, prepared, body);
        } else if (std.mem.eql(u8, order.mode, "instructions")) {
            try worker.step(order, prepared, body);
        }
        worker.line("{{\"ffi_bench\":{d},\"type\":\"done\"}}\n", .{protocol_version});
    }

    fn measure(
        worker: Worker,
        order: Order,
        library: *Library,
        prepared: Prepared,
        body: measuring.Body,
    ) !void {
        const probe = try worker.openProbe(order);
        const count = try library.find("calls");
        const count_before = count();
        const found = try measuring.measure(
            worker.allocator,
            body,
            order.callsPerBatch,
            order.durationNs,
            probe,
        );
        const arrived = count() - count_before;
        try worker.sayMeasured(order, prepared, found);
        const expected: f64 = @floatFromInt(found.calls * prepared.crossings);
        if (arrived != expected) {
            return worker.fail("{d} calls arrived in the library where {d} were timed.", .{
                arrived,
                expected,
            });
        }
        try worker.verifyHot(prepared, found.calls);
    }

    fn step(worker: Worker, order: Order, prepared: Prepared, body: measuring.Body) !void {
        const library = try worker.openInstrument(order);
        const next = try library.find("step_walk");
        const found = try stepping.step(
            worker.allocator,
            body,
            order.callsPerBatch,
            order.mostStepNs,
            next,
        );
        var pairs: std.Io.Writer.Allocating = .init(worker.allocator);
        for (found.pairs, 0..) |pair, i| {
            if (i > 0) try pairs.writer.writeByte(',');
            try pairs.writer.print("[{s},{s}]", .{ pair[0], pair[1] });
        }
        worker.say("stepped", "\"calls\":{d},\"pairs\":[{s}],\"reason\":{f}", .{
            found.calls,
            pairs.written(),
            std.json.fmt(found.reason, .{}),
        });
        try worker.verifyHot(prepared, found.calls_made);
    }

    fn verifyHot(worker: Worker, prepared: Prepared, calls_made: u64) !void {
        var checks: Checks = .{ .allocator = worker.allocator };
        try prepared.after(prepared.state, calls_made, &checks);
        try prepared.check(prepared.state, &checks);
        try worker.refuseWrong(&checks, "after timing");
        worker.say("verified_hot", "\"checks\":{d}", .{checks.list.items.len});
    }

    /// The throughput probe, or null where the order wants none.
    fn openProbe(worker: Worker, order: Order) !?measuring.Probe {
        if (order.instrument.len == 0) return null;
        const opened = try worker.openInstrument(order);
        if (order.takesCore) _ = (try opened.find("take_freest_core"))();
        return try opened.find("throughput");
    }

    fn openInstrument(worker: Worker, order: Order) !*Library {
        const opened = try worker.allocator.create(Library);
        opened.* = Library.open(order.instrument) catch
            return worker.fail("The library {s} cannot be opened.", .{order.instrument});
        return opened;
    }

    fn sayManifest(worker: Worker, library: *Library) !void {
        const read = library.find("manifest") catch
            return worker.fail("The library has no manifest.", .{});
        const text = try worker.allocator.alloc(u8, read(null, 0));
        _ = read(text.ptr, @intCast(text.len));
        if (library_file.whyRefused(text)) |reason| {
            worker.say("refused", "\"reason\":{f}", .{std.json.fmt(reason, .{})});
            return error.Stopped;
        }
        worker.say("manifest", "\"manifest\":{s}}}", .{library_file.head(text)});
    }

    fn sayVerified(worker: Worker, checks: *const Checks) !void {
        var out: std.Io.Writer.Allocating = .init(worker.allocator);
        for (checks.list.items, 0..) |check, i| {
            if (i > 0) try out.writer.writeByte(',');
            try out.writer.print("{f}", .{std.json.fmt(check.got, .{})});
        }
        worker.say("verified", "\"checks\":{d},\"answers\":[{s}]", .{
            checks.list.items.len,
            out.written(),
        });
    }

    fn sayMeasured(
        worker: Worker,
        order: Order,
        prepared: Prepared,
        found: measuring.Recording,
    ) !void {
        worker.say("measured", "\"calls_per_batch\":{d},\"begins_ns\":[{s}]," ++
            "\"batches_ns\":[{s}],\"probes\":[{s}]," ++
            "\"crossings_per_call\":{d},\"allocated_bytes_per_call\":0," ++
            "\"involuntary_switches\":{f}", .{
            order.callsPerBatch,
            try worker.listOf(u64, found.begins_ns),
            try worker.listOf(u64, found.batches_ns),
            try worker.listOf(u32, found.probes),
            prepared.crossings,
            std.json.fmt(involuntarySwitches(), .{}),
        });
    }

    /// Numbers with commas between them.
    fn listOf(worker: Worker, comptime T: type, values: []const T) ![]const u8 {
        var out: std.Io.Writer.Allocating = .init(worker.allocator);
        for (values, 0..) |value, i| {
            if (i > 0) try out.writer.writeByte(',');
            try out.writer.print("{d}", .{value});
        }
        return out.written();
    }

    fn refuseWrong(worker: Worker, checks: *const Checks, when: []const u8) Stopped!void {
        const wrong = checks.firstWrong() orelse return;
        return worker.fail("A known answer was wrong {s}: {s} gave {s}, not {s}.", .{
            when,
            wrong.what,
            wrong.got,
            wrong.want,
        });
    }

    fn unsupported(worker: Worker) Stopped {
        worker.say("unsupported", "\"reason\":\"the native floor has no such task\"", .{});
        return error.Stopped;
    }

    fn fail(worker: Worker, comptime format: []const u8, values: anytype) Stopped {
        worker.sayFailed(format, values);
        return error.Stopped;
    }

    fn sayFailed(worker: Worker, comptime format: []const u8, values: anytype) void {
        const reason = std.fmt.allocPrint(worker.allocator, format, values) catch "out of memory";
        worker.say("failed", "\"reason\":{f},\"wrong\":[]", .{std.json.fmt(reason, .{})});
    }

    /// One line of the protocol.
    fn say(
        worker: Worker,
        comptime kind: []const u8,
        comptime fields: []const u8,
        values: anytype,
    ) void {
        worker.line("{{\"ffi_bench\":{d},\"type\":\"" ++ kind ++ "\"," ++ fields ++ "}}\n", .{
            protocol_version,
        } ++ values);
    }

    /// Writes a line whole. Where no process reads, the line is dropped.
    fn line(worker: Worker, comptime format: []const u8, values: anytype) void {
        const text = std.fmt.allocPrint(worker.allocator, format, values) catch return;
        var rest = text;
        while (rest.len > 0) {
            const written = write(stdout, rest.ptr, rest.len);
            if (written <= 0) return;
            rest = rest[@intCast(written)..];
        }
    }
};

/// The C library's, whose descriptors are numbers on every system.
extern "c" fn write(c_int, [*]const u8, usize) isize;
const stdout = 1;

fn involuntarySwitches() ?i64 {
    if (builtin.os.tag == .windows) return null;
    return @intCast(std.posix.getrusage(std.posix.rusage.SELF).nivcsw);
}
