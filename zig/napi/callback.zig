//! JavaScript functions as C function pointers. C has no place for a context beside the pointer, so
//! that a call keeps its JavaScript function in a frame of this thread while it lasts, and
//! functions for foreign threads take one of a fixed number of places.
const std = @import("std");
const api = @import("api.zig");
const convert = @import("convert.zig");
const os = @import("../kernels/os.zig");
const Thrown = convert.Thrown;

/// The JavaScript function that the running call was given.
pub const Frame = struct {
    env: api.Env,
    function: api.Value,
    receiver: api.Value,
    /// JavaScript threw; nothing more is called, and the exception passes on.
    thrown: bool,
    before: ?*Frame,

    threadlocal var current: ?*Frame = null;

    /// Makes this the function that C's calls on this thread go to.
    pub fn enter(frame: *Frame, env: api.Env, function: api.Value) void {
        frame.* = .{
            .env = env,
            .function = function,
            .receiver = null,
            .thrown = false,
            .before = current,
        };
        _ = api.napi_get_undefined(env, &frame.receiver);
        current = frame;
    }

    pub fn leave(frame: *Frame) void {
        current = frame.before;
    }
};

/// The C function that calls the function of the current frame.
pub fn inFrame(comptime F: type) *const F {
    return withArity(F, struct {
        fn call(args: anytype) ResultOf(F) {
            const frame = Frame.current orelse return nothing(ResultOf(F));
            if (frame.thrown) return nothing(ResultOf(F));
            return callJs(F, frame.env, frame.receiver, frame.function, args) catch {
                frame.thrown = true;
                return nothing(ResultOf(F));
            };
        }
    });
}

pub fn ResultOf(comptime F: type) type {
    return @typeInfo(F).@"fn".return_type.?;
}

/// What C gets where there is no answer.
fn nothing(comptime T: type) T {
    return switch (@typeInfo(T)) {
        .void => {},
        .optional => null,
        else => 0,
    };
}

/// A C function of type F whose arguments go to `handler.call` as a tuple.
fn withArity(comptime F: type, comptime handler: type) *const F {
    const P = @typeInfo(F).@"fn".param_types;
    const R = ResultOf(F);
    return switch (P.len) {
        0 => &struct {
            fn f() callconv(.c) R {
                return handler.call(.{});
            }
        }.f,
        1 => &struct {
            fn f(a: P[0].?) callconv(.c) R {
                return handler.call(.{a});
            }
        }.f,
        2 => &struct {
            fn f(a: P[0].?, b: P[1].?) callconv(.c) R {
                return handler.call(.{ a, b });
            }
        }.f,
        6 => &struct {
            fn f(a: P[0].?, b: P[1].?, c: P[2].?, d: P[3].?, e: P[4].?, g: P[5].?) callconv(.c) R {
                return handler.call(.{ a, b, c, d, e, g });
            }
        }.f,
        else => @compileError("no callback takes so many arguments: " ++ @typeName(F)),
    };
}

/// Calls a JavaScript function and converts its answer, in a handle scope of its own: C may call
/// often before JavaScript has a chance to collect anything.
inline fn callJs(
    comptime F: type,
    env: api.Env,
    receiver: api.Value,
    function: api.Value,
    args: anytype,
) Thrown!ResultOf(F) {
    var scope: ?api.HandleScope = null;
    _ = api.napi_open_handle_scope(env, &scope);
    defer _ = api.napi_close_handle_scope(env, scope);
    var values: [args.len]api.Value = undefined;
    inline for (&values, args) |*value, arg| value.* = convert.toValue(env, arg, false);
    var answer: api.Value = null;
    const status = api.napi_call_function(env, receiver, function, args.len, &values, &answer);
    if (status != .ok) return error.Thrown;
    return answerFrom(ResultOf(F), env, answer);
}

inline fn answerFrom(comptime R: type, env: api.Env, answer: api.Value) Thrown!R {
    const place: convert.Place = .{ .function = "ffibench", .argument = 0 };
    return switch (R) {
        void => {},
        ?*anyopaque => convert.pointerFrom(env, answer, place),
        else => convert.scalarFrom(R, env, answer, place),
    };
}

/// Functions for foreign threads that may exist at a time, of each type.
const places_max = 8;

/// Functions of type F that any thread may call: where F returns a value, the caller waits for it;
/// where it answers nothing, the call returns at once.
pub fn Threadsafe(comptime F: type) type {
    return struct {
        const waits = ResultOf(F) != void;
        const Place = struct { handle: ?api.ThreadsafeFunction = null };

        var places: [places_max]Place = @splat(.{});

        const pointers: [places_max]*const F = blk: {
            var list: [places_max]*const F = undefined;
            for (&list, 0..) |*pointer, i| pointer.* = pointerOf(i);
            break :blk list;
        };

        /// One call that a foreign thread makes.
        const Job = struct {
            arg: i32,
            answer: ResultOf(F),
            over: std.atomic.Value(u32),
        };

        /// The C function pointer for a JavaScript function.
        pub fn make(env: api.Env, function: api.Value) Thrown!*const F {
            const index = for (&places, 0..) |*place, i| {
                if (place.handle == null) break i;
            } else return convert.throwRange(env, "Too many thread-safe callbacks are open.");
            var name: api.Value = null;
            _ = api.napi_create_string_utf8(env, "ffibench", api.auto_length, &name);
            const status = api.napi_create_threadsafe_function(
                env,
                function,
                null,
                name,
                0,
                1,
                null,
                null,
                null,
                &onLoop,
                &places[index].handle,
            );
            if (status != .ok) return convert.throwType(env, "The callback must be a function.");
            return pointers[index];
        }

        /// Gives a place back. Answers whether the pointer was one of these.
        pub fn close(pointer: ?*anyopaque) bool {
            for (&places, pointers) |*place, own| {
                if (@as(*const anyopaque, @ptrCast(own)) != @as(?*const anyopaque, pointer))
                    continue;
                const handle = place.handle orelse return false;
                _ = api.napi_release_threadsafe_function(handle, .release);
                place.handle = null;
                return true;
            }
            return false;
        }

        fn pointerOf(comptime index: usize) *const F {
            return withArity(F, struct {
                fn call(args: anytype) ResultOf(F) {
                    const handle = places[index].handle orelse return nothing(ResultOf(F));
                    return if (waits) wait(handle, args[0]) else notify(handle, args[0]);
                }
            });
        }

        fn wait(handle: api.ThreadsafeFunction, arg: i32) ResultOf(F) {
            var job: Job = .{ .arg = arg, .answer = nothing(ResultOf(F)), .over = .init(0) };
            if (api.napi_call_threadsafe_function(handle, &job, .blocking) != .ok)
                return job.answer;
            while (job.over.load(.acquire) == 0) os.wait(&job.over, 0);
            return job.answer;
        }

        /// The argument travels in place of an address: nothing is allocated. One bit above it
        /// keeps 0 from being a null pointer.
        fn notify(handle: api.ThreadsafeFunction, arg: i32) void {
            const bits = @as(usize, @as(u32, @bitCast(arg))) | argument_mark;
            _ = api.napi_call_threadsafe_function(handle, @ptrFromInt(bits), .blocking);
        }

        fn onLoop(
            env: ?api.Env,
            function: api.Value,
            _: ?*anyopaque,
            data: ?*anyopaque,
        ) callconv(.c) void {
            if (waits) {
                const job: *Job = @ptrCast(@alignCast(data.?));
                if (env) |alive| answer(alive, function, job);
                // The waiting thread may be gone as soon as it sees this: nothing may follow but
                // the wake-up, which only takes the address.
                job.over.store(1, .release);
                os.wake(&job.over);
            } else if (env) |alive| {
                const arg: i32 = @bitCast(@as(u32, @truncate(@intFromPtr(data))));
                _ = callLoop(alive, function, arg) catch {};
            }
        }

        fn answer(env: api.Env, function: api.Value, job: *Job) void {
            job.answer = callLoop(env, function, job.arg) catch nothing(ResultOf(F));
        }

        fn callLoop(env: api.Env, function: api.Value, arg: i32) Thrown!ResultOf(F) {
            var receiver: api.Value = null;
            _ = api.napi_get_undefined(env, &receiver);
            return callJs(F, env, receiver, function, .{arg});
        }
    };
}

const argument_mark: usize = 1 << 32;
