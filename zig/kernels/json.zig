//! A JSON reader that validates as it goes and allocates nothing, shared by the JSON kernels.
//!
//! It accepts exactly RFC 8259 text in UTF-8, nested at most `depth_max` levels.
const std = @import("std");
const utf8 = @import("work/utf8.zig");

pub const Error = error{ Malformed, TooDeep };

/// Deepest nesting of arrays and objects. One bit of stack each.
pub const depth_max = 64 * 1024;

pub const Reader = struct {
    text: []const u8,
    at: usize = 0,

    pub inline fn peek(reader: *const Reader) u8 {
        return if (reader.at < reader.text.len) reader.text[reader.at] else 0;
    }

    pub inline fn skipSpace(reader: *Reader) void {
        while (reader.at < reader.text.len) : (reader.at += 1) {
            switch (reader.text[reader.at]) {
                ' ', '\t', '\n', '\r' => {},
                else => return,
            }
        }
    }

    pub inline fn accept(reader: *Reader, byte: u8) bool {
        if (reader.peek() != byte) return false;
        reader.at += 1;
        return true;
    }

    pub inline fn expect(reader: *Reader, byte: u8) Error!void {
        if (!reader.accept(byte)) return error.Malformed;
    }

    /// Only white space may follow.
    pub fn expectEnd(reader: *Reader) Error!void {
        reader.skipSpace();
        if (reader.at != reader.text.len) return error.Malformed;
    }

    pub fn literal(reader: *Reader, comptime word: []const u8) Error!void {
        if (!std.mem.startsWith(u8, reader.text[reader.at..], word)) return error.Malformed;
        reader.at += word.len;
    }

    /// A number, rounded to the nearest f64 as JSON.parse does.
    pub inline fn number(reader: *Reader) Error!f64 {
        const start = reader.at;
        const negative = reader.accept('-');
        const whole_start = reader.at;
        var digits: u64 = 0;
        reader.takeDigits(&digits);
        var digit_count = reader.at - whole_start;
        if (digit_count == 0) return error.Malformed;
        if (digit_count > 1 and reader.text[whole_start] == '0') return error.Malformed;
        var exponent: i64 = 0;
        if (reader.accept('.')) {
            const fraction_start = reader.at;
            reader.takeDigits(&digits);
            const fraction_count = reader.at - fraction_start;
            if (fraction_count == 0) return error.Malformed;
            digit_count += fraction_count;
            exponent = -@as(i64, @intCast(fraction_count));
        }
        if (reader.peek() | 0x20 == 'e') exponent += try reader.takeExponent();
        if (digit_count <= digits_max) {
            if (exactly(digits, exponent)) |size| return if (negative) -size else size;
        }
        return parseSlowly(reader.text[start..reader.at]);
    }

    inline fn takeDigits(reader: *Reader, digits: *u64) void {
        while (reader.at < reader.text.len) : (reader.at += 1) {
            const digit = reader.text[reader.at] -% '0';
            if (digit > 9) return;
            digits.* = digits.* *% 10 +% digit;
        }
    }

    fn takeExponent(reader: *Reader) Error!i64 {
        reader.at += 1;
        const negative = reader.peek() == '-';
        if (negative or reader.peek() == '+') reader.at += 1;
        const start = reader.at;
        var value: i64 = 0;
        while (reader.at < reader.text.len) : (reader.at += 1) {
            const digit = reader.text[reader.at] -% '0';
            if (digit > 9) break;
            value = @min(value * 10 + digit, 1 << 20);
        }
        if (reader.at == start) return error.Malformed;
        return if (negative) -value else value;
    }

    /// A string, answered as it stands between its quotes, escapes and all.
    pub fn string(reader: *Reader) Error![]const u8 {
        try reader.expect('"');
        const start = reader.at;
        var any_high: u8 = 0;
        while (reader.at < reader.text.len) {
            const byte = reader.text[reader.at];
            switch (byte) {
                '"' => {
                    const content = reader.text[start..reader.at];
                    reader.at += 1;
                    if (any_high >= 0x80 and !utf8.isValid(content)) {
                        return error.Malformed;
                    }
                    return content;
                },
                '\\' => try reader.escape(),
                0...0x1f => return error.Malformed,
                else => {
                    any_high |= byte;
                    reader.at += 1;
                },
            }
        }
        return error.Malformed;
    }

    fn escape(reader: *Reader) Error!void {
        reader.at += 1;
        const letter = reader.peek();
        reader.at += 1;
        switch (letter) {
            '"', '\\', '/', 'b', 'f', 'n', 'r', 't' => {},
            'u' => {
                const rest = reader.text[@min(reader.at, reader.text.len)..];
                if (rest.len < 4) return error.Malformed;
                for (rest[0..4]) |digit| if (!std.ascii.isHex(digit)) return error.Malformed;
                reader.at += 4;
            },
            else => return error.Malformed,
        }
    }
};

/// Decimal digits that always fit 64 bits.
const digits_max = 19;

/// The digits times ten to the exponent where both are exact in f64, so that the one operation
/// rounds once and correctly (Clinger's fast path).
inline fn exactly(digits: u64, exponent: i64) ?f64 {
    if (digits > 1 << 53 or exponent < -22 or exponent > 22) return null;
    const value: f64 = @floatFromInt(digits);
    if (exponent < 0) return value / powers_of_ten[@intCast(-exponent)];
    return value * powers_of_ten[@intCast(exponent)];
}

noinline fn parseSlowly(text: []const u8) Error!f64 {
    return std.fmt.parseFloat(f64, text) catch error.Malformed;
}

const powers_of_ten = blk: {
    var powers: [23]f64 = undefined;
    var power: comptime_int = 1;
    for (&powers) |*target| {
        target.* = power;
        power *= 10;
    }
    break :blk powers;
};

/// The sum of every number of a document, in order, at any depth.
pub fn sumDocument(text: []const u8) Error!f64 {
    var reader: Reader = .{ .text = text };
    var nesting: Nesting = .{};
    var total: f64 = 0;
    while (true) {
        reader.skipSpace();
        switch (reader.peek()) {
            '{' => {
                try nesting.push(.object);
                reader.at += 1;
                reader.skipSpace();
                if (!reader.accept('}')) {
                    try key(&reader);
                    continue;
                }
                nesting.depth -= 1;
            },
            '[' => {
                try nesting.push(.array);
                reader.at += 1;
                reader.skipSpace();
                if (!reader.accept(']')) continue;
                nesting.depth -= 1;
            },
            '"' => _ = try reader.string(),
            't' => try reader.literal("true"),
            'f' => try reader.literal("false"),
            'n' => try reader.literal("null"),
            else => total += try reader.number(),
        }
        if (try closed(&reader, &nesting)) break;
    }
    try reader.expectEnd();
    return total;
}

fn key(reader: *Reader) Error!void {
    reader.skipSpace();
    _ = try reader.string();
    reader.skipSpace();
    try reader.expect(':');
}

/// After a value: closes what it ends, or moves to the next one. True when the document is over.
inline fn closed(reader: *Reader, nesting: *Nesting) Error!bool {
    while (nesting.depth > 0) {
        reader.skipSpace();
        const inside = nesting.top();
        if (reader.accept(',')) {
            if (inside == .object) try key(reader);
            return false;
        }
        try reader.expect(if (inside == .object) '}' else ']');
        nesting.depth -= 1;
    }
    return true;
}

/// Which of arrays and objects are open, one bit each.
const Nesting = struct {
    bits: [depth_max / 64]u64 = undefined,
    depth: u32 = 0,

    const Kind = enum(u1) { array, object };

    inline fn push(nesting: *Nesting, kind: Kind) Error!void {
        if (nesting.depth == depth_max) return error.TooDeep;
        const mask = @as(u64, 1) << @truncate(nesting.depth);
        const word = &nesting.bits[nesting.depth / 64];
        word.* = if (kind == .object) word.* | mask else word.* & ~mask;
        nesting.depth += 1;
    }

    inline fn top(nesting: *const Nesting) Kind {
        const last = nesting.depth - 1;
        const bit: u1 = @truncate(nesting.bits[last / 64] >> @truncate(last));
        return @fromBackingInt(@intCast(bit));
    }
};

const expectEqual = std.testing.expectEqual;

fn parse(text: []const u8) !f64 {
    var reader: Reader = .{ .text = text };
    return reader.number();
}

test "number rounds as parseFloat does" {
    const texts = [_][]const u8{
        "0",
        "-0",
        "1",
        "-1.5E+2",
        "0.1",
        "0.30000000000000004",
        "9007199254740993",
        "123456789012345678901234567890",
        "0.000000000000000000000000000000123",
        "100000000000000000000000e-5",
        "1e22",
        "1e23",
        "1e308",
        "1e400",
        "1e-400",
        "1e99999999999",
        "4.9e-324",
        "2.2250738585072011e-308",
    };
    for (texts) |text| {
        const expected = try std.fmt.parseFloat(f64, text);
        const actual = try parse(text);
        try expectEqual(@as(u64, @bitCast(expected)), @as(u64, @bitCast(actual)));
    }
}

test "string checks escapes, controls and UTF-8" {
    const good = [_][]const u8{ "\"\"", "\"a\\n\\u00e9\\\\\"", "\"\xc3\xa9\"" };
    for (good) |text| {
        var reader: Reader = .{ .text = text };
        _ = try reader.string();
        try reader.expectEnd();
    }
    const bad = [_][]const u8{
        "\"", "\"\\\"", "\"\\x\"", "\"\\u12g4\"", "\"\\u12", "\"\n\"", "\"\xff\"",
    };
    for (bad) |text| {
        var reader: Reader = .{ .text = text };
        try std.testing.expectError(error.Malformed, reader.string());
    }
}

test "sumDocument sums at any depth and refuses deeper than its limit" {
    try expectEqual(10, try sumDocument(
        \\{"a":[1,{"b":2,"c":[[3]]}],"d":4,"e":"5","f":null}
    ));
    const allocator = std.testing.allocator;
    const text = try allocator.alloc(u8, 2 * (depth_max + 1));
    defer allocator.free(text);
    @memset(text[0 .. depth_max + 1], '[');
    @memset(text[depth_max + 1 ..], ']');
    try std.testing.expectError(error.TooDeep, sumDocument(text));
    try expectEqual(0, try sumDocument(text[1 .. text.len - 1]));
}
