//! The records family: objects out of native code. Records {id, x, y, name} that live in native
//! memory, handed out as structs, as arrays of fields, as JSON text, or field by field.
//!
//! Record i is {i, i + 0.5, -i - 0.25, "item i"}. Names are ASCII, so that their ends in UTF-8
//! bytes, which is how they are handed out, are their ends in UTF-16 units too.
const std = @import("std");
const enter = @import("entry.zig").enter;
const memory = @import("memory.zig");
const reduce = @import("reduce.zig");

/// A record, as code in the same process may read it.
pub const Record = extern struct {
    id: u32,
    x: f64,
    y: f64,
    name: ?[*:0]const u8,
};

const Records = struct {
    list: []Record,
    /// All names, one after the other, each with a zero behind it.
    names: []u8,
};

/// "item 4294967295" and its zero.
const name_max = 16;

/// So many records; null where memory ran out.
pub fn records_create(count: u32) callconv(.c) ?*anyopaque {
    enter("records_create");
    return make(count) catch null;
}

fn make(count: u32) !*Records {
    const records = try memory.allocator.create(Records);
    errdefer memory.allocator.destroy(records);
    const list = try memory.allocator.alloc(Record, count);
    errdefer memory.allocator.free(list);
    const names = try memory.allocator.alloc(u8, @as(usize, count) * name_max);
    var at: usize = 0;
    for (list, 0..) |*record, i| {
        const name = try std.fmt.bufPrintSentinel(names[at..], "item {d}", .{i}, 0);
        at += name.len + 1;
        const index: f64 = @floatFromInt(i);
        record.* = .{ .id = @intCast(i), .x = index + 0.5, .y = -index - 0.25, .name = name.ptr };
    }
    records.* = .{ .list = list, .names = names };
    return records;
}

/// Releases records; null is nothing to release.
pub fn records_destroy(pointer: ?*anyopaque) callconv(.c) void {
    enter("records_destroy");
    const records = recordsOf(pointer) orelse return;
    memory.allocator.free(records.list);
    memory.allocator.free(records.names);
    memory.allocator.destroy(records);
}

/// The address of the first record, for code that makes objects of them; null for null.
pub fn records_data(pointer: ?*anyopaque) callconv(.c) ?*anyopaque {
    enter("records_data");
    const records = recordsOf(pointer) orelse return null;
    return @ptrCast(records.list.ptr);
}

/// A record as it is handed out: where its name ends, in the text that follows the last record.
const Packed = extern struct { id: u32, name_end: u32, x: f64, y: f64 };

comptime {
    std.debug.assert(@sizeOf(Packed) == 24);
}

/// Writes structs of 24 bytes and behind them all names without a byte between; returns how many
/// bytes that is, 0 where they do not fit.
pub fn records_structs(
    pointer: ?*anyopaque,
    target: ?[*]u8,
    capacity: u32,
) callconv(.c) u32 {
    enter("records_structs");
    const records = recordsOf(pointer) orelse return 0;
    const bytes = reduce.mutable(u8, target, capacity);
    const structs_len = records.list.len * @sizeOf(Packed);
    if (structs_len > bytes.len) return 0;
    const structs: [*]align(1) Packed = @ptrCast(bytes.ptr);
    const text = bytes[structs_len..];
    var end: usize = 0;
    for (records.list, structs) |record, *one| {
        end = copyName(record, text, end) orelse return 0;
        one.* = .{ .id = record.id, .name_end = @intCast(end), .x = record.x, .y = record.y };
    }
    return @intCast(structs_len + end);
}

/// Writes each field to an array of its own, with all names in one text; returns how many bytes
/// that text has, 0 where it does not fit.
pub fn records_arrays(
    pointer: ?*anyopaque,
    ids: ?[*]u32,
    xs: ?[*]f64,
    ys: ?[*]f64,
    name_ends: ?[*]u32,
    target: ?[*]u8,
    capacity: u32,
) callconv(.c) u32 {
    enter("records_arrays");
    const records = recordsOf(pointer) orelse return 0;
    if (ids == null or xs == null or ys == null or name_ends == null) return 0;
    const text = reduce.mutable(u8, target, capacity);
    var end: usize = 0;
    for (records.list, ids.?, xs.?, ys.?, name_ends.?) |record, *id, *x, *y, *name_end| {
        end = copyName(record, text, end) orelse return 0;
        id.* = record.id;
        x.* = record.x;
        y.* = record.y;
        name_end.* = @intCast(end);
    }
    return @intCast(end);
}

/// Copies a name to where the one before it ended; returns where it ends, null where that is beyond
/// the text.
inline fn copyName(record: Record, text: []u8, start: usize) ?usize {
    const name = std.mem.span(record.name.?);
    const end = start + name.len;
    if (end > text.len) return null;
    @memcpy(text[start..end], name);
    return end;
}

/// Writes a JSON array of objects; returns how many bytes, 0 where they do not fit.
pub fn records_json(pointer: ?*anyopaque, target: ?[*]u8, capacity: u32) callconv(.c) u32 {
    enter("records_json");
    const records = recordsOf(pointer) orelse return 0;
    var writer: std.Io.Writer = .fixed(reduce.mutable(u8, target, capacity));
    writeJson(&writer, records.list) catch return 0;
    return @intCast(writer.end);
}

fn writeJson(writer: *std.Io.Writer, list: []const Record) std.Io.Writer.Error!void {
    try writer.writeByte('[');
    for (list, 0..) |record, i| {
        if (i > 0) try writer.writeByte(',');
        // Fields are multiples of a quarter, which short decimals hold exactly.
        try writer.print("{{\"id\":{d},\"x\":{d},\"y\":{d},\"name\":\"{s}\"}}", .{
            record.id,
            record.x,
            record.y,
            std.mem.span(record.name.?),
        });
    }
    try writer.writeByte(']');
}

pub fn records_id(pointer: ?*anyopaque, index: u32) callconv(.c) u32 {
    enter("records_id");
    return (recordAt(pointer, index) orelse return 0).id;
}

/// NaN where there is no such record; as `records_y`.
pub fn records_x(pointer: ?*anyopaque, index: u32) callconv(.c) f64 {
    enter("records_x");
    return (recordAt(pointer, index) orelse return std.math.nan(f64)).x;
}

pub fn records_y(pointer: ?*anyopaque, index: u32) callconv(.c) f64 {
    enter("records_y");
    return (recordAt(pointer, index) orelse return std.math.nan(f64)).y;
}

/// Null where there is no such record.
pub fn records_name(pointer: ?*anyopaque, index: u32) callconv(.c) ?[*:0]const u8 {
    enter("records_name");
    return (recordAt(pointer, index) orelse return null).name;
}

inline fn recordAt(pointer: ?*anyopaque, index: u32) ?*const Record {
    const records = recordsOf(pointer) orelse return null;
    return if (index < records.list.len) &records.list[index] else null;
}

inline fn recordsOf(pointer: ?*anyopaque) ?*Records {
    return @ptrCast(@alignCast(pointer));
}

const expectEqual = std.testing.expectEqual;
const expectEqualStrings = std.testing.expectEqualStrings;

test "records are read field by field" {
    const records = records_create(12);
    defer records_destroy(records);
    try expectEqual(11, records_id(records, 11));
    try expectEqual(11.5, records_x(records, 11));
    try expectEqual(-11.25, records_y(records, 11));
    try expectEqualStrings("item 11", std.mem.span(records_name(records, 11).?));
    try expectEqual(null, records_name(records, 12));
    try std.testing.expect(std.math.isNan(records_x(records, 12)));
    const first: *const Record = @ptrCast(@alignCast(records_data(records).?));
    try expectEqual(0.5, first.x);
}

test "records are handed out as structs with their names behind them" {
    const records = records_create(2);
    defer records_destroy(records);
    var bytes: [60]u8 = undefined;
    try expectEqual(60, records_structs(records, &bytes, bytes.len));
    const second: *align(1) const Packed = @ptrCast(bytes[24..48]);
    try expectEqual(Packed{ .id = 1, .name_end = 12, .x = 1.5, .y = -1.25 }, second.*);
    try expectEqualStrings("item 0item 1", bytes[48..60]);
    try expectEqual(0, records_structs(records, &bytes, 59));
    try expectEqual(0, records_structs(records, &bytes, 47));
}

test "records are handed out as arrays of fields" {
    const records = records_create(2);
    defer records_destroy(records);
    var ids: [2]u32 = undefined;
    var xs: [2]f64 = undefined;
    var ys: [2]f64 = undefined;
    var ends: [2]u32 = undefined;
    var text: [12]u8 = undefined;
    try expectEqual(12, records_arrays(records, &ids, &xs, &ys, &ends, &text, text.len));
    try expectEqual([2]u32{ 6, 12 }, ends);
    try expectEqual([2]f64{ -0.25, -1.25 }, ys);
    try expectEqual(0, records_arrays(records, &ids, &xs, &ys, &ends, &text, 11));
    try expectEqual(0, records_arrays(records, null, &xs, &ys, &ends, &text, text.len));
}

test "records are handed out as JSON" {
    const records = records_create(2);
    defer records_destroy(records);
    var text: [256]u8 = undefined;
    const length = records_json(records, &text, text.len);
    try expectEqualStrings(
        \\[{"id":0,"x":0.5,"y":-0.25,"name":"item 0"},{"id":1,"x":1.5,"y":-1.25,"name":"item 1"}]
    , text[0..length]);
    try expectEqual(0, records_json(records, &text, length - 1));
    try expectEqual(2, records_json(records_create(0), &text, 2));
}
