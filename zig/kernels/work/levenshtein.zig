//! Edit distance over bytes, 64 cells of the matrix at a time.
//!
//! G. Myers, A fast bit-vector algorithm for approximate string matching (1999), in blocks as by
//! H. Hyyrö (2003): a column of the matrix is kept as the differences between its cells, which are
//! -1, 0 or 1 and so take two bits each.
const std = @import("std");
const enter = @import("../entry.zig").enter;
const memory = @import("../memory.zig");
const reduce = @import("../reduce.zig");

/// How many insertions, deletions and substitutions of bytes lead from one text to the other.
/// 4294967295 where memory for the differences ran out, which texts up to 32 KiB never need.
pub fn levenshtein(
    a_data: ?[*]const u8,
    a_length: u32,
    b_data: ?[*]const u8,
    b_length: u32,
) callconv(.c) u32 {
    enter("levenshtein");
    const a = reduce.slice(u8, a_data, a_length);
    const b = reduce.slice(u8, b_data, b_length);
    const short, const long = if (a.len < b.len) .{ a, b } else .{ b, a };
    if (short.len == 0) return @intCast(long.len);
    if (short.len <= 64) return distanceInBlock(short, long);
    const word_count = (long.len + 63) / 64;
    var on_stack: [on_stack_words]Differences = undefined;
    if (word_count <= on_stack.len) return distance(short, long, on_stack[0..word_count]);
    const rows = memory.allocator.alloc(Differences, word_count) catch return std.math.maxInt(u32);
    defer memory.allocator.free(rows);
    return distance(short, long, rows);
}

const on_stack_words = 32 * 1024 / 64;

/// Where a row (or column) of 64 cells goes up, and where it goes down.
const Differences = struct { up: u64, down: u64 };

/// Which places of 64 bytes hold each byte.
const Places = [256]u64;

fn distance(short: []const u8, long: []const u8, rows: []Differences) u32 {
    // The top row of the matrix is 0, 1, 2, …
    @memset(rows, .{ .up = ~@as(u64, 0), .down = 0 });
    var at: usize = 0;
    while (at < short.len) : (at += 64) {
        const block = short[at..@min(at + 64, short.len)];
        takeBlock(block, long, rows);
    }
    // The last row begins at the length of the column.
    var total: i64 = @intCast(short.len);
    for (rows, 0..) |row, i| {
        const used = @min(64, long.len - 64 * i);
        const mask = ~@as(u64, 0) >> @intCast(64 - used);
        total += @as(i64, @popCount(row.up & mask)) - @popCount(row.down & mask);
    }
    return @intCast(total);
}

/// Takes the differences along the row above a block of the column to those along its last row.
fn takeBlock(block: []const u8, long: []const u8, rows: []Differences) void {
    const places = placesOf(block);
    const last: u6 = @intCast(block.len - 1);
    var column: Differences = .{ .up = ~@as(u64, 0), .down = 0 };
    for (rows, 0..) |*row, i| {
        const above = row.*;
        var below: Differences = .{ .up = 0, .down = 0 };
        const bytes = long[64 * i .. @min(64 * i + 64, long.len)];
        for (bytes, 0..) |byte, k| {
            const at: u6 = @intCast(k);
            const carry: Differences = .{ .up = above.up >> at & 1, .down = above.down >> at & 1 };
            const out = takeColumn(&column, places[byte], carry);
            below.up |= (out.up >> last & 1) << at;
            below.down |= (out.down >> last & 1) << at;
        }
        row.* = below;
    }
}

/// Moves a column of 64 cells one place to the right; returns the differences along its rows.
inline fn takeColumn(column: *Differences, equal: u64, carry: Differences) Differences {
    const vertical = equal | column.down;
    const matched = equal | carry.down;
    const diagonal = (((matched & column.up) +% column.up) ^ column.up) | matched;
    const up = column.down | ~(diagonal | column.up);
    const down = column.up & diagonal;
    const shifted_up = up << 1 | carry.up;
    const shifted_down = down << 1 | carry.down;
    column.up = shifted_down | ~(vertical | shifted_up);
    column.down = shifted_up & vertical;
    return .{ .up = up, .down = down };
}

/// As `distance`, where one block holds the whole shorter text.
fn distanceInBlock(short: []const u8, long: []const u8) u32 {
    const places = placesOf(short);
    const last: u6 = @intCast(short.len - 1);
    var column: Differences = .{ .up = ~@as(u64, 0), .down = 0 };
    var total: u32 = @intCast(short.len);
    for (long) |byte| {
        const out = takeColumn(&column, places[byte], .{ .up = 1, .down = 0 });
        total +%= @intCast(out.up >> last & 1);
        total -%= @intCast(out.down >> last & 1);
    }
    return total;
}

fn placesOf(block: []const u8) Places {
    var places: Places = @splat(0);
    for (block, 0..) |byte, i| places[byte] |= @as(u64, 1) << @intCast(i);
    return places;
}

const expectEqual = std.testing.expectEqual;

fn between(a: []const u8, b: []const u8) u32 {
    return levenshtein(a.ptr, @intCast(a.len), b.ptr, @intCast(b.len));
}

test "levenshtein of well-known pairs" {
    try expectEqual(3, between("kitten", "sitting"));
    try expectEqual(3, between("saturday", "sunday"));
    try expectEqual(5, between("intention", "execution"));
    try expectEqual(0, between("", ""));
    try expectEqual(4, between("", "four"));
    try expectEqual(4, between("four", ""));
    try expectEqual(0, levenshtein(null, 0, null, 0));
}

fn byDefinition(a: []const u8, b: []const u8, row: []u32) u32 {
    for (row[0 .. b.len + 1], 0..) |*cell, i| cell.* = @intCast(i);
    for (a, 0..) |left, i| {
        var diagonal = row[0];
        row[0] = @intCast(i + 1);
        for (b, 1..) |right, j| {
            const above = row[j];
            row[j] = @min(@min(above, row[j - 1]) + 1, diagonal + @intFromBool(left != right));
            diagonal = above;
        }
    }
    return row[b.len];
}

test "levenshtein agrees with the definition across block edges" {
    var prng: std.Random.DefaultPrng = .init(5);
    const random = prng.random();
    var a: [200]u8 = undefined;
    var b: [200]u8 = undefined;
    var row: [201]u32 = undefined;
    for (0..500) |round| {
        const letters: u8 = if (round % 2 == 0) 2 else 20;
        const left = a[0..random.uintAtMost(usize, a.len)];
        const right = b[0..random.uintAtMost(usize, b.len)];
        for (left) |*byte| byte.* = random.uintLessThan(u8, letters);
        for (right) |*byte| byte.* = random.uintLessThan(u8, letters);
        try expectEqual(byDefinition(left, right, &row), between(left, right));
    }
}

test "levenshtein of texts beyond the stack" {
    const allocator = std.testing.allocator;
    const text = try allocator.alloc(u8, 40_000);
    defer allocator.free(text);
    @memset(text, 'x');
    text[20_000] = 'y';
    try expectEqual(40_000 - 100, between(text, text[0..100]));
    try expectEqual(2, between(text[0 .. text.len - 1], text[1..]));
}
