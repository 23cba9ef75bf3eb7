//! Makes a Node-API function of any kernel at compile time, from the kernel's own C type: arguments
//! are checked and converted, the kernel is called, its result converted. No kernel is named here.
const std = @import("std");
const api = @import("api.zig");
const callback = @import("callback.zig");
const convert = @import("convert.zig");
const held_file = @import("held.zig");
const BufferOf = held_file.BufferOf;
const FunctionOf = held_file.FunctionOf;
const HeldOf = held_file.HeldOf;
const Options = held_file.Options;
const paramsOf = held_file.paramsOf;
const Thrown = convert.Thrown;

/// How a kernel is offered; see the lane interface.
pub const Form = enum { plain, u64_fast, buffer_length, pointer, async };

/// Kernels whose buffer is followed by something else than its length.
const unsized = [_][]const u8{ "ffib_struct_out_16", "ffib_struct_out_64" };

/// The kernel as a Node-API function, or null where it has no such form.
pub fn wrap(
    comptime form: Form,
    comptime name: [:0]const u8,
    comptime kernel: anytype,
) ?api.Callback {
    const F = @typeInfo(@TypeOf(kernel)).pointer.child;
    return switch (form) {
        .plain => &Plain(name, kernel, .{}).call,
        .u64_fast => if (returns(F, u64))
            &Plain(name, kernel, .{ .fast_wide = true }).call
        else
            null,
        .pointer => if (takesBuffer(F)) &Plain(name, kernel, .{ .addresses = true }).call else null,
        .buffer_length => if (takesBufferAndLength(F)) &OneView(name, kernel).call else null,
        .async => if (takesScalars(F)) &Promised(name, kernel).call else null,
    };
}

fn returns(comptime F: type, comptime T: type) bool {
    return callback.ResultOf(F) == T;
}

fn takesBufferAndLength(comptime F: type) bool {
    const params = paramsOf(F);
    return params.len == 2 and BufferOf(params[0].?) != null and isLength(params[1].?);
}

fn takesBuffer(comptime F: type) bool {
    for (paramsOf(F)) |param| if (BufferOf(param.?) != null) return true;
    return false;
}

fn takesScalars(comptime F: type) bool {
    for (paramsOf(F)) |param| {
        switch (@typeInfo(param.?)) {
            .int, .float, .bool => {},
            else => return false,
        }
    }
    return true;
}

fn isLength(comptime T: type) bool {
    return T == u32 or T == u64;
}

fn argument(comptime name: [:0]const u8, comptime index: usize) convert.Place {
    return .{ .function = name, .argument = index + 1 };
}

/// Checks how many arguments came, and takes them.
inline fn take(
    comptime name: [:0]const u8,
    env: api.Env,
    info: api.CallbackInfo,
    values: []api.Value,
) Thrown!void {
    if (values.len == 0) return;
    var count = values.len;
    _ = api.napi_get_cb_info(env, info, &count, values.ptr, null, null);
    if (count >= values.len) return;
    return convert.throwType(env, name ++ " takes more arguments than it was given.");
}

fn Plain(comptime name: [:0]const u8, comptime kernel: anytype, comptime options: Options) type {
    const F = @typeInfo(@TypeOf(kernel)).pointer.child;
    const params = paramsOf(F);
    return struct {
        fn call(env: api.Env, info: api.CallbackInfo) callconv(.c) api.Value {
            return checked(env, info) catch null;
        }

        inline fn checked(env: api.Env, info: api.CallbackInfo) Thrown!api.Value {
            var values: [params.len]api.Value = undefined;
            try take(name, env, info, &values);
            var held: HeldOf(F, options) = undefined;
            inline for (&held) |*one| one.clear();
            defer inline for (&held) |*one| one.release();
            var args: std.meta.ArgsTuple(F) = undefined;
            inline for (params, 0..) |param, i| {
                const place = comptime argument(name, i);
                args[i] = try held[i].take(env, values[i], place);
                if (comptime i > 0 and isLength(param.?) and !options.addresses and
                    hasLength(name, params[i - 1].?))
                {
                    if (args[i] > held[i - 1].count) return convert.refuseLength(env, place);
                }
            }
            const result = @call(.auto, kernel, args);
            inline for (&held) |*one| if (one.thrown()) return error.Thrown;
            return convert.toValue(env, result, options.fast_wide);
        }
    };
}

fn hasLength(comptime name: [:0]const u8, comptime T: type) bool {
    for (unsized) |other| if (std.mem.eql(u8, name, other)) return false;
    return BufferOf(T) != null;
}

/// A kernel of a buffer and its length, as a function of one view that holds both.
fn OneView(comptime name: [:0]const u8, comptime kernel: anytype) type {
    const params = paramsOf(@typeInfo(@TypeOf(kernel)).pointer.child);
    const Element = BufferOf(params[0].?).?;
    return struct {
        fn call(env: api.Env, info: api.CallbackInfo) callconv(.c) api.Value {
            return checked(env, info) catch null;
        }

        inline fn checked(env: api.Env, info: api.CallbackInfo) Thrown!api.Value {
            var values: [1]api.Value = undefined;
            try take(name, env, info, &values);
            const place = comptime argument(name, 0);
            const span = try convert.spanFrom(Element, env, values[0], place);
            return convert.toValue(env, kernel(span.data, @intCast(span.count)), false);
        }
    };
}

/// A kernel of scalars that runs on a thread of the runtime's pool and settles a promise.
fn Promised(comptime name: [:0]const u8, comptime kernel: anytype) type {
    const F = @typeInfo(@TypeOf(kernel)).pointer.child;
    const params = paramsOf(F);
    return struct {
        const Work = struct {
            args: std.meta.ArgsTuple(F),
            result: callback.ResultOf(F),
            deferred: ?api.Deferred,
            work: ?api.AsyncWork,
        };

        fn call(env: api.Env, info: api.CallbackInfo) callconv(.c) api.Value {
            return checked(env, info) catch null;
        }

        inline fn checked(env: api.Env, info: api.CallbackInfo) Thrown!api.Value {
            var values: [params.len]api.Value = undefined;
            try take(name, env, info, &values);
            var args: std.meta.ArgsTuple(F) = undefined;
            inline for (params, 0..) |param, i| {
                args[i] = try convert.scalarFrom(
                    param.?,
                    env,
                    values[i],
                    comptime argument(name, i),
                );
            }
            const job = std.heap.c_allocator.create(Work) catch
                return convert.throwRange(env, "There is no memory left for an asynchronous call.");
            job.* = .{ .args = args, .result = undefined, .deferred = null, .work = null };
            return start(env, job);
        }

        fn start(env: api.Env, job: *Work) api.Value {
            var promise: api.Value = null;
            var title: api.Value = null;
            _ = api.napi_create_promise(env, &job.deferred, &promise);
            _ = api.napi_create_string_utf8(env, name.ptr, name.len, &title);
            _ = api.napi_create_async_work(env, null, title, &execute, &complete, job, &job.work);
            _ = api.napi_queue_async_work(env, job.work.?);
            return promise;
        }

        fn execute(_: api.Env, data: ?*anyopaque) callconv(.c) void {
            const job: *Work = @ptrCast(@alignCast(data.?));
            job.result = @call(.auto, kernel, job.args);
        }

        fn complete(env: api.Env, _: api.Status, data: ?*anyopaque) callconv(.c) void {
            const job: *Work = @ptrCast(@alignCast(data.?));
            var value = convert.toValue(env, job.result, false);
            if (value == null) _ = api.napi_get_undefined(env, &value);
            _ = api.napi_resolve_deferred(env, job.deferred.?, value);
            _ = api.napi_delete_async_work(env, job.work.?);
            std.heap.c_allocator.destroy(job);
        }
    };
}
