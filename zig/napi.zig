//! Root of the Node-API addon: the kernels of the library, and a JavaScript function for each, made
//! at compile time. One binary for every runtime that speaks Node-API.
//!
//! The module has these functions:
//! - `open(form, names)`: an object with the functions of those names, in that form;
//! - `addressOf(view)`: where a view's memory lies;
//! - `viewAt(address, bytes)`: an ArrayBuffer on native memory, which must outlive it;
//! - `textAt(address)`: the C string at an address;
//! - `functionAt(address)`: a C function without arguments and result;
//! - `recordsAt(address, count)`, `treeAt(root)`: objects of what lies there;
//! - `threadsafe(kind, function)`: the address of a C function (i32) that any thread may call; a
//!   caller of kind "value" waits for the answer, one of kind "notice" does not;
//! - `closeThreadsafe(address)`.
const std = @import("std");
const api = @import("napi/api.zig");
const callback = @import("napi/callback.zig");
const convert = @import("napi/convert.zig");
const exports = @import("exports.zig");
const objects = @import("napi/objects.zig");
const wrapping = @import("napi/wrap.zig");
const Thrown = convert.Thrown;

/// Threads of the addon need no stack of their own for signals; see lib.zig.
pub const std_options: std.Options = .{ .signal_stack_size = null };

/// One kernel in all its forms, in the order of `wrapping.Form`.
const Entry = struct {
    name: [:0]const u8,
    forms: [form_count]?api.Callback,
};

const form_count = @typeInfo(wrapping.Form).@"enum".field_names.len;

const entries: []const Entry = blk: {
    @setEvalBranchQuota(1_000_000);
    var list: []const Entry = &.{};
    for (exports.families ++ .{@import("meta.zig")}) |family| {
        for (exports.names(family)) |name| {
            var entry: Entry = .{ .name = exports.symbol_prefix ++ name, .forms = undefined };
            for (&entry.forms, 0..) |*form, i| {
                const Kernel = @TypeOf(@field(family, name));
                const kernel = @extern(*const Kernel, .{ .name = entry.name });
                form.* = wrapping.wrap(@fromBackingInt(@intCast(i)), entry.name, kernel);
            }
            list = list ++ .{entry};
        }
    }
    break :blk list;
};

export fn napi_register_module_v1(env: api.Env, module: api.Value) callconv(.c) api.Value {
    const own = .{
        .open = &guarded(2, open),
        .addressOf = &guarded(1, addressOf),
        .viewAt = &guarded(2, viewAt),
        .textAt = &guarded(1, textAt),
        .functionAt = &guarded(1, functionAt),
        .recordsAt = &guarded(2, objects.recordsAt),
        .treeAt = &guarded(1, objects.treeAt),
        .threadsafe = &guarded(2, threadsafe),
        .closeThreadsafe = &guarded(1, closeThreadsafe),
    };
    inline for (@typeInfo(@TypeOf(own)).@"struct".field_names) |name| {
        const function = makeFunction(env, name, @field(own, name), null);
        _ = api.napi_set_named_property(env, module, name, function);
    }
    return module;
}

/// The version of Node-API that the addon needs; its functions were all there by then.
export fn node_api_module_get_api_version_v1() callconv(.c) i32 {
    return 8;
}

/// A function of so many arguments that returns what `body` returns, or throws.
fn guarded(
    comptime count: usize,
    comptime body: fn (api.Env, *const [count]api.Value) Thrown!api.Value,
) fn (api.Env, api.CallbackInfo) callconv(.c) api.Value {
    return struct {
        fn call(env: api.Env, info: api.CallbackInfo) callconv(.c) api.Value {
            var values: [count]api.Value = undefined;
            var given = count;
            _ = api.napi_get_cb_info(env, info, &given, &values, null, null);
            if (given >= count) return body(env, &values) catch null;
            convert.throwType(env, "Too few arguments.") catch return null;
        }
    }.call;
}

fn makeFunction(
    env: api.Env,
    name: [:0]const u8,
    function: api.Callback,
    data: ?*anyopaque,
) api.Value {
    var made: api.Value = null;
    _ = api.napi_create_function(env, name.ptr, name.len, function, data, &made);
    return made;
}

/// A name that JavaScript passed, at most `buffer.len` - 1 bytes of it.
fn nameFrom(env: api.Env, value: api.Value, buffer: []u8) Thrown![]const u8 {
    var length: usize = undefined;
    const status = api.napi_get_value_string_utf8(env, value, buffer.ptr, buffer.len, &length);
    return if (status == .ok) buffer[0..length] else convert.throwType(env, "A name is a string.");
}

fn open(env: api.Env, args: *const [2]api.Value) Thrown!api.Value {
    var form_name: [32]u8 = undefined;
    const form = std.meta.stringToEnum(
        wrapping.Form,
        try nameFrom(env, args[0], &form_name),
    ) orelse return convert.throwType(
        env,
        "A form is plain, u64_fast, buffer_length, pointer or async.",
    );
    var count: u32 = undefined;
    if (api.napi_get_array_length(env, args[1], &count) != .ok) {
        return convert.throwType(env, "The names must be an array.");
    }
    var opened: api.Value = null;
    _ = api.napi_create_object(env, &opened);
    for (0..count) |i| {
        var name_value: api.Value = null;
        _ = api.napi_get_element(env, args[1], @intCast(i), &name_value);
        var buffer: [64]u8 = undefined;
        const name = try nameFrom(env, name_value, &buffer);
        const entry = entryOf(name) orelse
            return convert.throwRange(env, "The addon has no function of that name.");
        const function = entry.forms[@backingInt(form)] orelse
            return convert.throwRange(env, "That function has no such form.");
        const made = makeFunction(env, entry.name, function, null);
        _ = api.napi_set_named_property(env, opened, entry.name, made);
    }
    return opened;
}

fn entryOf(name: []const u8) ?*const Entry {
    for (entries) |*entry| if (std.mem.eql(u8, entry.name, name)) return entry;
    return null;
}

fn addressOf(env: api.Env, args: *const [1]api.Value) Thrown!api.Value {
    const span = try convert.spanFrom(
        u8,
        env,
        args[0],
        .{ .function = "addressOf", .argument = 1 },
    );
    return convert.toValue(env, @as(?*anyopaque, @ptrCast(span.data)), false);
}

fn viewAt(env: api.Env, args: *const [2]api.Value) Thrown!api.Value {
    const address = try convert.pointerFrom(env, args[0], .{ .function = "viewAt", .argument = 1 });
    const bytes = try convert.scalarFrom(
        u32,
        env,
        args[1],
        .{ .function = "viewAt", .argument = 2 },
    );
    var view: api.Value = null;
    const status = api.napi_create_external_arraybuffer(env, address, bytes, null, null, &view);
    if (status == .ok) return view;
    return convert.throwType(env, "The runtime makes no ArrayBuffer on native memory.");
}

fn textAt(env: api.Env, args: *const [1]api.Value) Thrown!api.Value {
    const address = try convert.pointerFrom(env, args[0], .{ .function = "textAt", .argument = 1 });
    return convert.toValue(env, @as(?[*:0]const u8, @ptrCast(address)), false);
}

fn functionAt(env: api.Env, args: *const [1]api.Value) Thrown!api.Value {
    const address = try convert.pointerFrom(
        env,
        args[0],
        .{ .function = "functionAt", .argument = 1 },
    );
    return makeFunction(env, "functionAt", &callAddress, address);
}

fn callAddress(env: api.Env, info: api.CallbackInfo) callconv(.c) api.Value {
    var address: ?*anyopaque = null;
    _ = api.napi_get_cb_info(env, info, null, null, null, &address);
    const known = address orelse return null;
    const function: *const fn () callconv(.c) void = @ptrCast(@alignCast(known));
    function();
    return null;
}

const OfValue = callback.Threadsafe(fn (i32) callconv(.c) i32);
const OfNotice = callback.Threadsafe(fn (i32) callconv(.c) void);

fn threadsafe(env: api.Env, args: *const [2]api.Value) Thrown!api.Value {
    var kind: [16]u8 = undefined;
    const is_value = std.mem.eql(u8, try nameFrom(env, args[0], &kind), "value");
    const pointer: *const anyopaque = if (is_value)
        try OfValue.make(env, args[1])
    else
        try OfNotice.make(env, args[1]);
    return convert.toValue(env, @as(?*anyopaque, @constCast(pointer)), false);
}

fn closeThreadsafe(env: api.Env, args: *const [1]api.Value) Thrown!api.Value {
    const address = try convert.pointerFrom(
        env,
        args[0],
        .{ .function = "closeThreadsafe", .argument = 1 },
    );
    return convert.toValue(env, OfValue.close(address) or OfNotice.close(address), false);
}
