//! The tasks of the family `call` in machine code; see src/catalogue/tasks/call.ts.
const std = @import("std");
const context_file = @import("context.zig");
const Checks = @import("checks.zig").Checks;
const Context = context_file.Context;
const Error = context_file.Error;
const Kernel = @import("library.zig").Kernel;
const Prepared = context_file.Prepared;
const prepared = context_file.prepared;

/// The loop around a body that does nothing; the barrier keeps it from being left out.
pub fn empty(context: Context) Error!Prepared {
    return prepared(context, struct {
        crossings: u32 = 0,

        pub inline fn body(_: *@This()) void {
            asm volatile ("" ::: .{ .memory = true });
        }
    }{});
}

pub fn noop(context: Context) Error!Prepared {
    const Task = struct {
        f: *const Kernel("noop"),

        pub inline fn body(task: *@This()) void {
            task.f();
        }
    };
    return prepared(context, Task{ .f = try context.library.find("noop") });
}

/// A kernel of so many arguments of one type; each call waits for the one before.
fn Chain(
    comptime name: [:0]const u8,
    comptime T: type,
    comptime count: usize,
    comptime step: T,
) type {
    return struct {
        f: *const Kernel(name),
        x: T = 0,

        pub inline fn body(task: *@This()) void {
            task.x = @call(.auto, task.f, task.arguments());
        }

        inline fn arguments(task: *@This()) std.meta.ArgsTuple(Kernel(name)) {
            var args: std.meta.ArgsTuple(Kernel(name)) = undefined;
            inline for (0..count) |i| {
                args[i] = switch (i) {
                    0 => task.x,
                    1 => step,
                    else => comptime other(i),
                };
            }
            return args;
        }

        /// 2, -2, 3, -3, …; a half more where they are doubles, and 0 where one is left over.
        fn other(comptime i: usize) T {
            if (i == count - 1 and i % 2 == 0) return 0;
            const size: comptime_int = i / 2 + 1;
            const signed: T = if (T == f64) size + 0.5 else size;
            return if (i % 2 == 0) signed else -signed;
        }

        pub fn check(task: *@This(), checks: *Checks) Error!void {
            var args: std.meta.ArgsTuple(Kernel(name)) = undefined;
            var want: T = 0;
            inline for (0..count) |i| {
                const value: T = if (T == f64) @as(f64, i) + 0.5 else i + 1;
                args[i] = value;
                want += value;
            }
            const what = if (T == f64) "sum of 0.5, 1.5, 2.5, …" else "sum of 1, 2, 3, …";
            try checks.add(what, @call(.auto, task.f, args), want);
        }

        pub fn after(task: *@This(), calls: u64, checks: *Checks) Error!void {
            const want: T = if (count < 2)
                0
            else if (T == f64)
                @as(f64, @floatFromInt(calls)) * step
            else
                @bitCast(@as(u32, @truncate(calls)));
            try checks.add("the chain of sums", task.x, want);
        }
    };
}

pub fn i32Args(context: Context) Error!Prepared {
    return chained(context, "i32_args_", i32, 1, &.{ 0, 1, 2, 4, 6, 8, 12, 16 });
}

pub fn f64Args(context: Context) Error!Prepared {
    return chained(context, "f64_args_", f64, 0.5, &.{ 1, 2, 4, 8, 9 });
}

fn chained(
    context: Context,
    comptime prefix: []const u8,
    comptime T: type,
    comptime step: T,
    comptime counts: []const usize,
) Error!Prepared {
    const wanted = try context.size("args");
    inline for (counts) |count| {
        if (wanted == count) {
            const name = comptime prefix ++ std.fmt.comptimePrint("{d}", .{count});
            const Task = Chain(name, T, count, step);
            return prepared(context, Task{ .f = try context.library.find(name) });
        }
    }
    return error.UnknownParam;
}

pub fn mixed6(context: Context) Error!Prepared {
    const Task = struct {
        f: *const Kernel("mixed6"),
        x: f64 = 0,

        pub inline fn body(task: *@This()) void {
            task.x = task.f(1, 0.5, 3, 0.25, null, 7);
        }
        pub fn check(task: *@This(), checks: *Checks) Error!void {
            const got = task.f(-1, 2.5, 255, 0.5, null, 4294967295);
            try checks.add("mixed6(-1, 2.5, 255, 0.5, null, 2³²-1)", got, 4294967552);
        }
        pub fn after(task: *@This(), _: u64, checks: *Checks) Error!void {
            try checks.add("the last answer", task.x, 11.75);
        }
    };
    return prepared(context, Task{ .f = try context.library.find("mixed6") });
}

/// A kernel that returns its argument.
fn Identity(comptime name: [:0]const u8, comptime T: type) type {
    return struct {
        f: *const Kernel(name),
        first: T,
        x: T,

        pub inline fn body(task: *@This()) void {
            task.x = task.f(task.x);
        }
        pub fn check(task: *@This(), checks: *Checks) Error!void {
            try checks.add("its argument", task.f(task.first), task.first);
        }
        pub fn after(task: *@This(), _: u64, checks: *Checks) Error!void {
            try checks.add("the last answer", task.x, task.first);
        }
    };
}

fn identity(
    context: Context,
    comptime name: [:0]const u8,
    comptime T: type,
    first: T,
) Error!Prepared {
    const f = try context.library.find(name);
    return prepared(context, Identity(name, T){ .f = f, .first = first, .x = first });
}

pub fn id(context: Context) Error!Prepared {
    const wanted = try context.choice("type", "");
    inline for (.{ i8, u8, i16, u16, i32, u32, f32, f64, bool }) |T| {
        if (std.mem.eql(u8, wanted, @typeName(T))) {
            const first: T = if (T == bool) true else 7;
            return identity(context, "id_" ++ @typeName(T), T, first);
        }
    }
    return error.UnknownParam;
}

/// Machine code has no BigInt, and no difference between the three fates of an answer.
pub fn u64Bigint(context: Context) Error!Prepared {
    return identity(context, "id_u64", u64, 0x123456789abcdef0);
}

pub fn i64Bigint(context: Context) Error!Prepared {
    return identity(context, "id_i64", i64, -0x123456789abcdef0);
}

pub fn pointerId(context: Context) Error!Prepared {
    const kept = try context.allocator.alloc(u8, 8);
    return identity(context, "id_pointer", ?*anyopaque, kept.ptr);
}

pub fn u64ByRef(context: Context) Error!Prepared {
    const Task = struct {
        f: *const Kernel("u64_by_ref"),
        cell: *[1]u64,

        pub inline fn body(task: *@This()) void {
            task.f(task.cell);
        }
        pub fn after(task: *@This(), calls: u64, checks: *Checks) Error!void {
            try checks.add("the counter", task.cell[0], calls);
        }
    };
    const cell = try context.allocator.create([1]u64);
    cell[0] = 0;
    return prepared(context, Task{ .f = try context.library.find("u64_by_ref"), .cell = cell });
}

pub fn functionPointer(context: Context) Error!Prepared {
    const Task = struct {
        f: *const Kernel("noop"),

        pub inline fn body(task: *@This()) void {
            task.f();
        }
    };
    const address = (try context.library.find("noop_address"))() orelse return error.NoSymbol;
    return prepared(context, Task{ .f = @ptrCast(@alignCast(address)) });
}

/// Functions in turn, from a list whose length is a power of two.
pub fn polymorphic(context: Context) Error!Prepared {
    const Function = *const Kernel("poly_1");
    const Task = struct {
        functions: []const Function,
        next: usize = 0,
        x: i32 = 0,

        pub inline fn body(task: *@This()) void {
            task.x = task.functions[task.next](0);
            task.next = if (task.next + 1 == task.functions.len) 0 else task.next + 1;
        }
        pub fn check(task: *@This(), checks: *Checks) Error!void {
            for (task.functions, 42..) |function, want| {
                try checks.add("poly(41)", function(41), @intCast(want));
            }
        }
    };
    const wanted = try context.size("functions");
    var functions: std.ArrayList(Function) = .empty;
    inline for (1..9) |i| {
        const name = comptime std.fmt.comptimePrint("poly_{d}", .{i});
        if (i <= wanted) try functions.append(context.allocator, try context.library.find(name));
    }
    return prepared(context, Task{ .functions = functions.items });
}
