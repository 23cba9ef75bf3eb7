//! The tree family: nested objects out of native code. A full binary tree of a depth, its nodes
//! numbered from the root down and from left to right at every branch; node i holds i + 0.5.
const std = @import("std");
const enter = @import("entry.zig").enter;
const memory = @import("memory.zig");
const reduce = @import("reduce.zig");

/// A node, as code in the same process may read it.
pub const Node = extern struct {
    value: f64,
    left: ?*const Node,
    right: ?*const Node,
};

/// Deepest tree, in nodes from the root to a leaf.
const depth_max = 20;

/// The root of a tree of 2^depth - 1 nodes; null for no depth, one over 20, and without memory.
pub fn tree_create(depth: u32) callconv(.c) ?*anyopaque {
    enter("tree_create");
    if (depth == 0 or depth > depth_max) return null;
    // One more lies before the root, so that `tree_destroy` needs no length.
    const block = memory.allocator.alloc(Node, @as(usize, 1) << @intCast(depth)) catch return null;
    block[0] = .{ .value = @floatFromInt(block.len), .left = null, .right = null };
    fill(block[1..], 0);
    return @ptrCast(&block[1]);
}

/// A subtree lies in one piece: its root, then all that is left of it, then all that is right.
fn fill(nodes: []Node, first: usize) void {
    const half = nodes.len / 2;
    const value = @as(f64, @floatFromInt(first)) + 0.5;
    nodes[0] = .{ .value = value, .left = null, .right = null };
    if (half == 0) return;
    nodes[0].left = &nodes[1];
    nodes[0].right = &nodes[1 + half];
    fill(nodes[1 .. 1 + half], first + 1);
    fill(nodes[1 + half ..], first + 1 + half);
}

/// Releases a tree, given its root; null is nothing to release.
pub fn tree_destroy(root: ?*anyopaque) callconv(.c) void {
    enter("tree_destroy");
    const node = nodeOf(root) orelse return;
    const block: [*]Node = @ptrCast(@constCast(node));
    const first = block - 1;
    memory.allocator.free(first[0..@intFromFloat(first[0].value)]);
}

/// NaN for null.
pub fn tree_value(pointer: ?*anyopaque) callconv(.c) f64 {
    enter("tree_value");
    return (nodeOf(pointer) orelse return std.math.nan(f64)).value;
}

/// Null below a leaf, and for null; as `tree_right`.
pub fn tree_left(pointer: ?*anyopaque) callconv(.c) ?*anyopaque {
    enter("tree_left");
    return @constCast((nodeOf(pointer) orelse return null).left);
}

pub fn tree_right(pointer: ?*anyopaque) callconv(.c) ?*anyopaque {
    enter("tree_right");
    return @constCast((nodeOf(pointer) orelse return null).right);
}

/// Writes a tree as nested JSON objects; returns how many bytes, 0 where they do not fit.
pub fn tree_json(root: ?*anyopaque, target: ?[*]u8, capacity: u32) callconv(.c) u32 {
    enter("tree_json");
    var writer: std.Io.Writer = .fixed(reduce.mutable(u8, target, capacity));
    writeJson(&writer, nodeOf(root)) catch return 0;
    return @intCast(writer.end);
}

fn writeJson(writer: *std.Io.Writer, node: ?*const Node) std.Io.Writer.Error!void {
    const own = node orelse return writer.writeAll("null");
    try writer.print("{{\"value\":{d},\"left\":", .{own.value});
    try writeJson(writer, own.left);
    try writer.writeAll(",\"right\":");
    try writeJson(writer, own.right);
    try writer.writeByte('}');
}

inline fn nodeOf(pointer: ?*anyopaque) ?*const Node {
    return @ptrCast(@alignCast(pointer));
}

const expectEqual = std.testing.expectEqual;

test "a tree is numbered from the root down and from left to right" {
    const root = tree_create(3);
    defer tree_destroy(root);
    try expectEqual(0.5, tree_value(root));
    try expectEqual(1.5, tree_value(tree_left(root)));
    try expectEqual(4.5, tree_value(tree_right(root)));
    try expectEqual(6.5, tree_value(tree_right(tree_right(root))));
    try expectEqual(null, tree_left(tree_left(tree_left(root))));
}

test "a tree is handed out as JSON" {
    const root = tree_create(2);
    defer tree_destroy(root);
    var text: [256]u8 = undefined;
    const length = tree_json(root, &text, text.len);
    const left = "{\"value\":1.5,\"left\":null,\"right\":null}";
    const right = "{\"value\":2.5,\"left\":null,\"right\":null}";
    try std.testing.expectEqualStrings(
        "{\"value\":0.5,\"left\":" ++ left ++ ",\"right\":" ++ right ++ "}",
        text[0..length],
    );
    try expectEqual(0, tree_json(root, &text, length - 1));
}

test "a tree has a depth from 1 to 20" {
    try expectEqual(null, tree_create(0));
    try expectEqual(null, tree_create(21));
    try std.testing.expect(std.math.isNan(tree_value(null)));
    tree_destroy(null);
}
