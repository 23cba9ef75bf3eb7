//! The tasks that pass data, in machine code; see the families of that name in src/catalogue/tasks.
const std = @import("std");
const context_file = @import("context.zig");
const texts = @import("texts.zig");
const Checks = @import("checks.zig").Checks;
const Context = context_file.Context;
const Error = context_file.Error;
const Kernel = @import("library.zig").Kernel;
const Prepared = context_file.Prepared;
const prepared = context_file.prepared;

/// A kernel of a buffer and its length.
fn Buffer(comptime name: [:0]const u8, comptime T: type, comptime R: type) type {
    return struct {
        f: *const Kernel(name),
        kept: []const T,
        want: R,
        last: R = 0,

        pub inline fn body(task: *@This()) void {
            task.last = task.f(task.kept.ptr, @intCast(task.kept.len));
        }
        pub fn check(task: *@This(), checks: *Checks) Error!void {
            const got = task.f(task.kept.ptr, @intCast(task.kept.len));
            try checks.add("the answer", got, task.want);
        }
        pub fn after(task: *@This(), _: u64, checks: *Checks) Error!void {
            try checks.add("the last answer", task.last, task.want);
        }
    };
}

pub fn touch(context: Context) Error!Prepared {
    const kept = try context.allocator.alloc(u8, try context.size("bytes"));
    for (kept, 0..) |*byte, i| byte.* = @intCast(i % 251 + 1);
    return prepared(context, Buffer("buffer_touch", u8, u32){
        .f = try context.library.find("buffer_touch"),
        .kept = kept,
        .want = if (kept.len == 0) 0 else kept[kept.len - 1],
    });
}

/// 0, 0.5, 1, …: their sums are exact.
fn halves(context: Context) Error![]f64 {
    const list = try context.allocator.alloc(f64, try context.size("elements"));
    for (list, 0..) |*number, i| number.* = @as(f64, @floatFromInt(i)) * 0.5;
    return list;
}

fn halvesSum(count: usize) f64 {
    const n: f64 = @floatFromInt(count);
    return n * (n - 1) / 4;
}

pub fn sum(context: Context) Error!Prepared {
    const kept = try halves(context);
    return prepared(context, Buffer("buffer_sum", f64, f64){
        .f = try context.library.find("buffer_sum"),
        .kept = kept,
        .want = halvesSum(kept.len),
    });
}

/// Copies a list into a kept buffer and adds that up.
pub fn refill(context: Context) Error!Prepared {
    const Task = struct {
        f: *const Kernel("buffer_sum"),
        list: []const f64,
        kept: []f64,
        last: f64 = 0,

        pub inline fn body(task: *@This()) void {
            @memcpy(task.kept, task.list);
            task.last = task.f(task.kept.ptr, @intCast(task.kept.len));
        }
        pub fn after(task: *@This(), _: u64, checks: *Checks) Error!void {
            try checks.add("the last sum", task.last, halvesSum(task.list.len));
        }
    };
    const list = try halves(context);
    return prepared(context, Task{
        .f = try context.library.find("buffer_sum"),
        .list = list,
        .kept = try context.allocator.alloc(f64, list.len),
    });
}

pub fn fill(context: Context) Error!Prepared {
    const Task = struct {
        f: *const Kernel("buffer_fill"),
        kept: []u8,
        value: u8 = 0,
        stale: u64 = 0,

        pub inline fn body(task: *@This()) void {
            task.value +%= 1;
            task.f(task.kept.ptr, @intCast(task.kept.len), task.value);
            if (task.kept[task.kept.len - 1] != task.value) task.stale += 1;
        }
        pub fn after(task: *@This(), calls: u64, checks: *Checks) Error!void {
            try checks.add("stale reads", task.stale, 0);
            try checks.add("the first byte", task.kept[0], @truncate(calls));
        }
    };
    const kept = try context.allocator.alloc(u8, try context.size("bytes"));
    @memset(kept, 0);
    return prepared(context, Task{ .f = try context.library.find("buffer_fill"), .kept = kept });
}

/// Texts in machine code are bytes: there is nothing to encode.
pub fn encoded(context: Context) Error!Prepared {
    const text = try oneText(context);
    return prepared(context, Buffer("string_sum", u8, u32){
        .f = try context.library.find("string_sum"),
        .kept = text,
        .want = texts.byteSum(text),
    });
}

fn oneText(context: Context) Error![:0]u8 {
    const length = try context.size("bytes");
    return texts.make(context.allocator, length, try context.choice("charset", "ascii"), 0);
}

/// A text with its zero byte, as C passes it.
pub fn direct(context: Context) Error!Prepared {
    const Task = struct {
        f: *const Kernel("string_sum_z"),
        text: [:0]const u8,
        last: u32 = 0,

        pub inline fn body(task: *@This()) void {
            task.last = task.f(task.text.ptr);
        }
        pub fn after(task: *@This(), _: u64, checks: *Checks) Error!void {
            try checks.add("the last answer", task.last, texts.byteSum(task.text));
        }
    };
    const text = try oneText(context);
    return prepared(context, Task{ .f = try context.library.find("string_sum_z"), .text = text });
}

/// A C string that the library owns, copied as a program that keeps it must.
pub fn cString(context: Context) Error!Prepared {
    const Task = struct {
        f: *const Kernel("string_get"),
        want: []const u8,
        kept: []u8,
        length: usize = 0,

        pub inline fn body(task: *@This()) void {
            const text = std.mem.span(task.f() orelse return);
            @memcpy(task.kept[0..text.len], text);
            task.length = text.len;
        }
        pub fn after(task: *@This(), _: u64, checks: *Checks) Error!void {
            const last: []const u8 = task.kept[0..task.length];
            try checks.add("the last text", last, task.want);
        }
    };
    const text = try oneText(context);
    _ = (try context.library.find("string_prepare"))(text.ptr, @intCast(text.len));
    return prepared(context, Task{
        .f = try context.library.find("string_get"),
        .want = text,
        .kept = try context.allocator.alloc(u8, text.len),
    });
}

const Record16 = extern struct {
    id: u32,
    weight: f32,
    value: f64,

    fn of(id: u32) Record16 {
        return .{ .id = id, .weight = 0.5, .value = 2.25 };
    }
    /// The sum of all fields but the id.
    const rest = 2.75;
};

const Record64 = extern struct {
    id: u32,
    flags: u32,
    weight: f32,
    delta: i32,
    value: [6]f64,

    fn of(id: u32) Record64 {
        return .{
            .id = id,
            .flags = 7,
            .weight = 0.5,
            .delta = -3,
            .value = @splat(2.25),
        };
    }
    const rest = 7 + 0.5 - 3 + 6 * 2.25;
};

/// A struct that is filled anew for every call, and passed by its address.
pub fn byPointer(context: Context) Error!Prepared {
    return switch (try context.size("bytes")) {
        @sizeOf(Record16) => recordTask(context, "struct_by_pointer_16", Record16),
        @sizeOf(Record64) => recordTask(context, "struct_by_pointer_64", Record64),
        else => error.UnknownParam,
    };
}

fn recordTask(context: Context, comptime name: [:0]const u8, comptime Record: type) Error!Prepared {
    const Task = struct {
        f: *const Kernel(name),
        record: *Record,
        id: u32 = 0,
        last: f64 = 0,

        pub inline fn body(task: *@This()) void {
            task.id = (task.id + 1) & 0xffff;
            task.record.* = .of(task.id);
            task.last = task.f(@ptrCast(task.record));
        }
        pub fn after(task: *@This(), _: u64, checks: *Checks) Error!void {
            const want = @as(f64, @floatFromInt(task.id)) + Record.rest;
            try checks.add("the last sum", task.last, want);
        }
    };
    return prepared(context, Task{
        .f = try context.library.find(name),
        .record = try context.allocator.create(Record),
    });
}

pub fn handleSum(context: Context) Error!Prepared {
    const Task = struct {
        f: *const Kernel("handle_sum"),
        handle: ?*anyopaque,
        want: f64,
        last: f64 = 0,

        pub inline fn body(task: *@This()) void {
            task.last = task.f(task.handle);
        }
        pub fn after(task: *@This(), _: u64, checks: *Checks) Error!void {
            try checks.add("the last sum", task.last, task.want);
        }
    };
    const elements = try context.size("elements");
    return prepared(context, Task{
        .f = try context.library.find("handle_sum"),
        .handle = (try context.library.find("handle_create"))(elements),
        .want = sumOfElements(elements),
    });
}

/// The sum of 0.5 … n-0.5, which is what a handle holds.
fn sumOfElements(n: u32) f64 {
    const count: f64 = @floatFromInt(n);
    return count * count / 2;
}

/// The sum of 0 … n-1.
fn rangeSum(n: u32) f64 {
    const count: f64 = @floatFromInt(n);
    return count * (count - 1) / 2;
}

pub fn rangeLoop(context: Context) Error!Prepared {
    return range(context, "range_loop");
}

pub fn rangeFold(context: Context) Error!Prepared {
    return range(context, "range_fold");
}

fn range(context: Context, comptime name: [:0]const u8) Error!Prepared {
    const Task = struct {
        f: *const Kernel(name),
        n: u32,
        last: f64 = 0,

        pub inline fn body(task: *@This()) void {
            task.last = task.f(task.n);
        }
        pub fn after(task: *@This(), _: u64, checks: *Checks) Error!void {
            try checks.add("the last sum", task.last, rangeSum(task.n));
        }
    };
    const n = try context.size("n");
    return prepared(context, Task{ .f = try context.library.find(name), .n = n });
}

/// Called back through an address that neither side's compiler knows.
pub fn callback(context: Context) Error!Prepared {
    const Task = struct {
        f: *const Kernel("callback_repeat"),
        function: *const fn (i32) callconv(.c) i32,
        n: u32,
        last: i32 = 0,

        pub inline fn body(task: *@This()) void {
            task.last = task.f(task.function, task.n);
        }
        pub fn after(task: *@This(), calls: u64, checks: *Checks) Error!void {
            const n: u64 = task.n;
            try checks.add("the last sum", task.last, @intCast(n * (n + 1) / 2));
            try checks.add("callbacks that came", came, calls * n);
        }
    };
    came = 0;
    return prepared(context, Task{
        .f = try context.library.find("callback_repeat"),
        .function = &increment,
        .n = try context.size("n"),
    });
}

var came: u64 = 0;

fn increment(i: i32) callconv(.c) i32 {
    came += 1;
    return i +% 1;
}
