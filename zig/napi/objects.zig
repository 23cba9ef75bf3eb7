//! JavaScript objects of what lies in native memory, made one property at a time, as most addons
//! do.
const api = @import("api.zig");
const convert = @import("convert.zig");
const records = @import("../kernels/records.zig");
const tree = @import("../kernels/tree.zig");
const Thrown = convert.Thrown;

/// An array of an object {id, x, y, name} for each record.
pub fn recordsAt(env: api.Env, args: *const [2]api.Value) Thrown!api.Value {
    const address = try convert.pointerFrom(env, args[0], place("recordsAt", 1));
    const count = try convert.scalarFrom(u32, env, args[1], place("recordsAt", 2));
    var array: api.Value = null;
    _ = api.napi_create_array_with_length(env, count, &array);
    const list: [*]const records.Record = @ptrCast(@alignCast(address orelse return array));
    for (list[0..count], 0..) |record, i| {
        // Without a scope of its own, each object would live until the call is over.
        var scope: ?api.HandleScope = null;
        _ = api.napi_open_handle_scope(env, &scope);
        _ = api.napi_set_element(env, array, @intCast(i), convert.objectOf(env, record));
        _ = api.napi_close_handle_scope(env, scope);
    }
    return array;
}

/// An object {value, left, right} for each node; null below a leaf.
pub fn treeAt(env: api.Env, args: *const [1]api.Value) Thrown!api.Value {
    const address = try convert.pointerFrom(env, args[0], place("treeAt", 1));
    return nodeOf(env, @ptrCast(@alignCast(address)));
}

fn nodeOf(env: api.Env, node: ?*const tree.Node) api.Value {
    var object: api.Value = null;
    const own = node orelse {
        _ = api.napi_get_null(env, &object);
        return object;
    };
    _ = api.napi_create_object(env, &object);
    _ = api.napi_set_named_property(env, object, "value", convert.toValue(env, own.value, false));
    _ = api.napi_set_named_property(env, object, "left", nodeOf(env, own.left));
    _ = api.napi_set_named_property(env, object, "right", nodeOf(env, own.right));
    return object;
}

fn place(comptime function: [:0]const u8, comptime argument: usize) convert.Place {
    return .{ .function = function, .argument = argument };
}
