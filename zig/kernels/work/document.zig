//! The sum of every number in a JSON document, by a reader that validates and allocates nothing.
const std = @import("std");
const enter = @import("../entry.zig").enter;
const json = @import("../json.zig");
const reduce = @import("../reduce.zig");

/// The sum in document order, at any depth up to 65,536; NaN where the text is not JSON. Members
/// with the same key all count, where JSON.parse would keep the last.
pub fn json_sum(text: ?[*]const u8, length: u32) callconv(.c) f64 {
    enter("json_sum");
    return json.sumDocument(reduce.slice(u8, text, length)) catch std.math.nan(f64);
}

fn sumOfText(text: []const u8) f64 {
    return json_sum(text.ptr, @intCast(text.len));
}

test "json_sum sums every number of a document" {
    const expectEqual = std.testing.expectEqual;
    try expectEqual(7, sumOfText("7"));
    try expectEqual(0, sumOfText("\"12\""));
    try expectEqual(0, sumOfText("{}"));
    try expectEqual(0, sumOfText("[[],{},[{}]]"));
    try expectEqual(6.5, sumOfText(
        \\ { "a" : [1, 2.5, {"b": -1, "c": [true, false, null, 4]}], "1": "2" , "" : {} }
    ));
}

test "json_sum refuses what is not JSON" {
    const texts = [_][]const u8{
        "",             " ",                 "{",        "}",         "[",          "]",
        "[}",           "{]",                "{,}",      "[,]",       "[1,]",       "[1 2]",
        "1 2",          "01",                "- 1",      "tru",       "nul",        "truex",
        "'1'",          "[1]]",              "{1:2}",    "\x00",      "\xff",       "[\"a]",
        "{a:1}",        "{\"a\"}",           "{\"a\":}", "{\"a\" 1}", "{\"a\":1,}", "{\"a\":1]",
        "\"\xc0\x80\"", "{\"a\":1 \"b\":2}",
    };
    for (texts) |text| try std.testing.expect(std.math.isNan(sumOfText(text)));
    try std.testing.expect(std.math.isNan(json_sum(null, 0)));
}
