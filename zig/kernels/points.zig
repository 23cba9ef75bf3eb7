//! The points family: the same records as array of structs, struct of arrays and JSON text.
const std = @import("std");
const enter = @import("entry.zig").enter;
const json = @import("json.zig");
const reduce = @import("reduce.zig");

/// {u32 id; f64 x; f64 y} as C lays it out, at any address.
const Point = extern struct { id: u32, x: f64, y: f64 };

comptime {
    std.debug.assert(@sizeOf(Point) == 24);
}

/// The sum of id * (x + y) over records of 24 bytes, in order.
pub fn points_aos(data: ?[*]const u8, count: u32) callconv(.c) f64 {
    enter("points_aos");
    const points: [*]align(1) const Point = @ptrCast(data orelse return 0);
    var total: f64 = 0;
    for (points[0..count]) |point| total += weigh(point.id, point.x, point.y);
    return total;
}

/// As `points_aos`, over three arrays.
pub fn points_soa(
    ids: ?[*]const u32,
    xs: ?[*]const f64,
    ys: ?[*]const f64,
    count: u32,
) callconv(.c) f64 {
    enter("points_soa");
    if (ids == null or xs == null or ys == null) return 0;
    var total: f64 = 0;
    for (ids.?[0..count], xs.?[0..count], ys.?[0..count]) |id, x, y| total += weigh(id, x, y);
    return total;
}

/// As `points_aos`, over a JSON array of objects with exactly the keys id, x and y, in any order
/// and written without escapes; NaN where the text is not one.
pub fn points_json(text: ?[*]const u8, length: u32) callconv(.c) f64 {
    enter("points_json");
    return sumPoints(reduce.slice(u8, text, length)) catch std.math.nan(f64);
}

inline fn weigh(id: u32, x: f64, y: f64) f64 {
    return @as(f64, @floatFromInt(id)) * (x + y);
}

fn sumPoints(text: []const u8) json.Error!f64 {
    var reader: json.Reader = .{ .text = text };
    var total: f64 = 0;
    reader.skipSpace();
    try reader.expect('[');
    reader.skipSpace();
    if (!reader.accept(']')) {
        while (true) {
            total += try weighObject(&reader);
            reader.skipSpace();
            if (reader.accept(']')) break;
            try reader.expect(',');
        }
    }
    try reader.expectEnd();
    return total;
}

fn weighObject(reader: *json.Reader) json.Error!f64 {
    const names = [_][]const u8{ "id", "x", "y" };
    var fields: [names.len]?f64 = @splat(null);
    reader.skipSpace();
    try reader.expect('{');
    for (0..names.len) |position| {
        if (position > 0) try reader.expect(',');
        reader.skipSpace();
        const name = try reader.string();
        const field = for (names, &fields) |known, *field| {
            if (std.mem.eql(u8, known, name)) break field;
        } else return error.Malformed;
        if (field.* != null) return error.Malformed;
        reader.skipSpace();
        try reader.expect(':');
        reader.skipSpace();
        field.* = try reader.number();
        reader.skipSpace();
    }
    try reader.expect('}');
    return fields[0].? * (fields[1].? + fields[2].?);
}

const expectEqual = std.testing.expectEqual;

fn sumOfText(text: []const u8) f64 {
    return points_json(text.ptr, @intCast(text.len));
}

test "points agree in all three layouts" {
    const ids = [_]u32{ 1, 2, 4_000_000_000 };
    const xs = [_]f64{ 0.5, -1, 2 };
    const ys = [_]f64{ 1.5, 3, 0.25 };
    var points: [3]Point = undefined;
    for (&points, ids, xs, ys) |*target, id, x, y| target.* = .{ .id = id, .x = x, .y = y };
    const expected: f64 = 2 + 4 + 9_000_000_000;
    try expectEqual(expected, points_aos(@ptrCast(&points), 3));
    try expectEqual(expected, points_soa(&ids, &xs, &ys, 3));
    try expectEqual(expected, sumOfText(
        \\[ {"id":1,"x":0.5,"y":1.5}, {"y":3,"x":-1,"id":2},
        \\  { "x" : 2 , "id" : 4e9 , "y" : 25e-2 } ]
    ));
}

test "points of nothing sum to 0" {
    try expectEqual(0, points_aos(null, 0));
    try expectEqual(0, points_soa(null, null, null, 0));
    try expectEqual(0, sumOfText("[]"));
}

test "points_json refuses what is not an array of points" {
    const texts = [_][]const u8{
        "",
        "{}",
        "[{}]",
        "[{\"id\":1,\"x\":2}]",
        "[{\"id\":1,\"x\":2,\"y\":3,\"z\":4}]",
        "[{\"id\":1,\"x\":2,\"x\":3}]",
        "[{\"id\":1,\"x\":2,\"w\":3}]",
        "[{\"id\":\"1\",\"x\":2,\"y\":3}]",
        "[{\"id\":1,\"x\":2,\"y\":3},]",
        "[{\"id\":1 \"x\":2,\"y\":3}]",
        "[{\"id\":1,\"x\":2,\"y\":3}",
        "[{\"id\":1,\"x\":2,\"y\":3}]]",
    };
    for (texts) |text| try std.testing.expect(std.math.isNan(sumOfText(text)));
}
