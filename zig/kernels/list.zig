//! The list family: numbers that live in JavaScript and come over one by one, or as JSON.
const std = @import("std");
const enter = @import("entry.zig").enter;
const json = @import("json.zig");
const reduce = @import("reduce.zig");

var accumulated: f64 = 0;

/// Adds to the sum that `list_take` answers.
pub fn list_add(value: f64) callconv(.c) void {
    enter("list_add");
    accumulated += value;
}

/// The sum of what was added since the last take, which it clears.
pub fn list_take() callconv(.c) f64 {
    enter("list_take");
    defer accumulated = 0;
    return accumulated;
}

/// The sum of a JSON array of numbers, in order; NaN where the text is not one.
pub fn list_json(text: ?[*]const u8, length: u32) callconv(.c) f64 {
    enter("list_json");
    return sumArray(reduce.slice(u8, text, length)) catch std.math.nan(f64);
}

fn sumArray(text: []const u8) json.Error!f64 {
    var reader: json.Reader = .{ .text = text };
    var total: f64 = 0;
    reader.skipSpace();
    try reader.expect('[');
    reader.skipSpace();
    if (!reader.accept(']')) {
        while (true) {
            reader.skipSpace();
            total += try reader.number();
            reader.skipSpace();
            if (reader.accept(']')) break;
            try reader.expect(',');
        }
    }
    try reader.expectEnd();
    return total;
}

const expectEqual = std.testing.expectEqual;

fn sumOfText(text: []const u8) f64 {
    return list_json(text.ptr, @intCast(text.len));
}

test "list_take returns the sum and clears it" {
    _ = list_take();
    list_add(1.5);
    list_add(2);
    try expectEqual(3.5, list_take());
    try expectEqual(0, list_take());
}

test "list_json sums arrays of numbers" {
    try expectEqual(0, sumOfText("[]"));
    try expectEqual(0, sumOfText(" [ ] "));
    try expectEqual(6, sumOfText("[1,2,3]"));
    try expectEqual(-0.5e-3 + 1e300, sumOfText("\n[ -0.5E-3 ,\t1e+300 ]\r"));
}

test "list_json refuses what is not an array of numbers" {
    const texts = [_][]const u8{
        "",        "1",     "[",      "[1",    "[1,",        "[1,]",  "[,1]",  "[1 2]",
        "[1]x",    "[01]",  "[+1]",   "[.5]",  "[5.]",       "[1e]",  "[1e+]", "[-]",
        "[\"1\"]", "[[1]]", "[null]", "[NaN]", "[Infinity]", "[0x1]", "]",     "{}",
    };
    for (texts) |text| try std.testing.expect(std.math.isNan(sumOfText(text)));
    try std.testing.expect(std.math.isNan(list_json(null, 0)));
}
