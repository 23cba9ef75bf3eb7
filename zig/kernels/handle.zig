//! The handle family: arrays and linked lists that live in native memory until they are destroyed.
const std = @import("std");
const entry = @import("entry.zig");
const enter = entry.enter;
const memory = @import("memory.zig");
const reduce = @import("reduce.zig");

/// Numbers start on a cache line of their own, as numeric libraries lay them out.
const line_bytes = 64;

const Handle = extern struct {
    count: u32,
    numbers: [*]align(line_bytes) f64,
};

const Node = extern struct {
    next: ?*Node,
    value: f64,
};

/// Arrays and lists created and not yet destroyed.
var live: u32 = 0;

/// An array of `count` numbers, element i holding i + 0.5; null where memory ran out.
pub fn handle_create(count: u32) callconv(.c) ?*anyopaque {
    enter("handle_create");
    const handle = memory.allocator.create(Handle) catch return null;
    const numbers = memory.allocator.alignedAlloc(f64, .fromByteUnits(line_bytes), count) catch {
        memory.allocator.destroy(handle);
        return null;
    };
    for (numbers, 0..) |*number, i| number.* = element(i);
    handle.* = .{ .count = count, .numbers = numbers.ptr };
    live += 1;
    return handle;
}

/// The sum of the array, 0 for null.
pub fn handle_sum(pointer: ?*anyopaque) callconv(.c) f64 {
    enter("handle_sum");
    const handle = handleOf(pointer) orelse return 0;
    const numbers = handle.numbers[0..handle.count];
    if (comptime entry.isPlanted("handle_sum")) {
        const again = entry.repeated("handle_sum", handle.count);
        std.mem.doNotOptimizeAway(reduce.sum(numbers[0..again]));
    }
    return reduce.sum(numbers);
}

/// Element `index`, NaN where there is none.
pub fn handle_get(pointer: ?*anyopaque, index: u32) callconv(.c) f64 {
    enter("handle_get");
    const handle = handleOf(pointer) orelse return std.math.nan(f64);
    return if (index < handle.count) handle.numbers[index] else std.math.nan(f64);
}

/// The address of element 0, for callers that map the array; null for null.
pub fn handle_data(pointer: ?*anyopaque) callconv(.c) ?*anyopaque {
    enter("handle_data");
    const handle = handleOf(pointer) orelse return null;
    return @ptrCast(handle.numbers);
}

/// Releases the array; null is nothing to release. A handle may be destroyed once.
pub fn handle_destroy(pointer: ?*anyopaque) callconv(.c) void {
    enter("handle_destroy");
    const handle = handleOf(pointer) orelse return;
    memory.allocator.free(handle.numbers[0..handle.count]);
    memory.allocator.destroy(handle);
    live -= 1;
}

/// How many arrays and lists were created and not destroyed.
pub fn handle_live() callconv(.c) u32 {
    enter("handle_live");
    return live;
}

/// A list of `count` nodes, each allocated for itself, node i holding i + 0.5. Null for an empty
/// list, and where memory ran out.
pub fn nodes_create(count: u32) callconv(.c) ?*anyopaque {
    enter("nodes_create");
    if (count == 0) return null;
    var head: ?*Node = null;
    var remaining = count;
    while (remaining > 0) {
        remaining -= 1;
        const node = memory.allocator.create(Node) catch {
            release(head);
            return null;
        };
        node.* = .{ .next = head, .value = element(remaining) };
        head = node;
    }
    live += 1;
    return head;
}

/// The node after this one; null at the end, and for null.
pub fn node_next(pointer: ?*anyopaque) callconv(.c) ?*anyopaque {
    enter("node_next");
    const node = nodeOf(pointer) orelse return null;
    return node.next;
}

/// The value of a node, NaN for null.
pub fn node_value(pointer: ?*anyopaque) callconv(.c) f64 {
    enter("node_value");
    const node = nodeOf(pointer) orelse return std.math.nan(f64);
    return node.value;
}

/// Releases a whole list, given its first node; null is nothing to release.
pub fn nodes_destroy(pointer: ?*anyopaque) callconv(.c) void {
    enter("nodes_destroy");
    const head = nodeOf(pointer) orelse return;
    release(head);
    live -= 1;
}

fn release(head: ?*Node) void {
    var next = head;
    while (next) |node| {
        next = node.next;
        memory.allocator.destroy(node);
    }
}

/// What place `index` holds: a fraction, so that no engine reads it as a whole number.
inline fn element(index: usize) f64 {
    return @as(f64, @floatFromInt(index)) + 0.5;
}

inline fn handleOf(pointer: ?*anyopaque) ?*Handle {
    return @ptrCast(@alignCast(pointer));
}

inline fn nodeOf(pointer: ?*anyopaque) ?*Node {
    return @ptrCast(@alignCast(pointer));
}

const expectEqual = std.testing.expectEqual;

test "handle holds its numbers until destroyed" {
    const before = handle_live();
    const handle = handle_create(1000);
    try expectEqual(before + 1, handle_live());
    try expectEqual(500_000, handle_sum(handle));
    try expectEqual(999.5, handle_get(handle, 999));
    try std.testing.expect(std.math.isNan(handle_get(handle, 1000)));
    const numbers: [*]const f64 = @ptrCast(@alignCast(handle_data(handle).?));
    try expectEqual(7.5, numbers[7]);
    try expectEqual(0, @intFromPtr(numbers) % line_bytes);
    handle_destroy(handle);
    try expectEqual(before, handle_live());
}

test "handle functions take null and nothing" {
    handle_destroy(null);
    try expectEqual(0, handle_sum(null));
    try expectEqual(null, handle_data(null));
    const empty = handle_create(0);
    try expectEqual(0, handle_sum(empty));
    handle_destroy(empty);
}

test "nodes are walked in order" {
    const before = handle_live();
    const head = nodes_create(100);
    var node = head;
    var expected: f64 = 0.5;
    while (node != null) : (node = node_next(node)) {
        try expectEqual(expected, node_value(node));
        expected += 1;
    }
    try expectEqual(100.5, expected);
    try expectEqual(before + 1, handle_live());
    nodes_destroy(head);
    try expectEqual(before, handle_live());
    try expectEqual(null, nodes_create(0));
    nodes_destroy(null);
}
