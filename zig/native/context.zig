//! What every task is made with: the library, memory, and the params of its case.
const std = @import("std");
const Checks = @import("checks.zig").Checks;
const Library = @import("library.zig").Library;

pub const Error = error{ OutOfMemory, UnknownParam } || Library.Error;

pub const Context = struct {
    allocator: std.mem.Allocator,
    library: *Library,
    params: *const std.json.ObjectMap,

    /// A size among the params.
    pub fn size(context: Context, name: []const u8) Error!u32 {
        const value = context.params.get(name) orelse return error.UnknownParam;
        return switch (value) {
            .integer => |number| std.math.cast(u32, number) orelse error.UnknownParam,
            else => error.UnknownParam,
        };
    }

    /// A choice among the params; the default where it is absent.
    pub fn choice(context: Context, name: []const u8, default: []const u8) Error![]const u8 {
        const value = context.params.get(name) orelse return default;
        return switch (value) {
            .string => |text| text,
            else => error.UnknownParam,
        };
    }
};

/// A task made ready: its loop, and what is asked of it before and after.
pub const Prepared = struct {
    state: *anyopaque,
    crossings: u32,
    run: *const fn (state: *anyopaque, calls: u64) void,
    check: *const fn (state: *anyopaque, checks: *Checks) Error!void,
    after: *const fn (state: *anyopaque, calls: u64, checks: *Checks) Error!void,
};

/// Calls that one turn of a loop makes, as in mitata's loop, which JavaScript is measured by.
const unroll = 4;

/// Makes a task of a type that has `body`, and may have `check`, `after` and `crossings`.
pub fn prepared(context: Context, task: anytype) Error!Prepared {
    const T = @TypeOf(task);
    const state = try context.allocator.create(T);
    state.* = task;
    const functions = struct {
        fn run(opaque_state: *anyopaque, calls: u64) void {
            const kept: *T = @ptrCast(@alignCast(opaque_state));
            // In registers as far as they go, like the variables of a loop in C.
            var own = kept.*;
            var turns = calls / unroll;
            while (turns != 0) : (turns -= 1) {
                inline for (0..unroll) |_| own.body();
            }
            for (0..calls % unroll) |_| own.body();
            kept.* = own;
        }
        fn check(opaque_state: *anyopaque, checks: *Checks) Error!void {
            const kept: *T = @ptrCast(@alignCast(opaque_state));
            if (@hasDecl(T, "check")) try kept.check(checks);
        }
        fn after(opaque_state: *anyopaque, calls: u64, checks: *Checks) Error!void {
            const kept: *T = @ptrCast(@alignCast(opaque_state));
            if (@hasDecl(T, "after")) try kept.after(calls, checks);
        }
    };
    return .{
        .state = state,
        .crossings = if (@hasField(T, "crossings")) task.crossings else 1,
        .run = &functions.run,
        .check = &functions.check,
        .after = &functions.after,
    };
}
