//! Base64 with the standard alphabet and padding (RFC 4648, section 4).
const std = @import("std");
const builtin = @import("builtin");
const enter = @import("../entry.zig").enter;
const reduce = @import("../reduce.zig");

/// Encodes into `target`, which has room for 4 bytes per 3 begun; returns how many it wrote. At
/// most 3 GiB, so that the answer fits.
pub fn base64(data: ?[*]const u8, length: u32, target: ?[*]u8) callconv(.c) u32 {
    enter("base64");
    const bytes = reduce.slice(u8, data, @min(length, 3 << 30));
    const text = target orelse return 0;
    const done = encodeBlocks(bytes, text);
    return @intCast(done / 3 * 4 + encodeRest(bytes[done..], text + done / 3 * 4));
}

/// Bytes of text per step: one vector. Three quarters of that are read.
const text_bytes = std.simd.suggestVectorLength(u8) orelse 16;
const read_bytes = text_bytes / 4 * 3;
const quads = text_bytes / 4;
const Letters = @Vector(text_bytes, u8);

/// Encodes as many whole steps as there are; returns how many bytes it read.
fn encodeBlocks(bytes: []const u8, text: [*]u8) usize {
    var at: usize = 0;
    // A step loads a whole vector, more than it encodes.
    while (at + text_bytes <= bytes.len) : (at += read_bytes) {
        const spread: Letters =
            @shuffle(u8, reduce.load(Letters, bytes[at..].ptr), undefined, reversed_triples);
        const sextets = split(@bitCast(spread));
        const target: *align(1) Letters = @ptrCast(text + at / 3 * 4);
        target.* = letters(@bitCast(sextets));
    }
    return at;
}

/// Moves each three bytes into 32 bits, the first one highest; the lowest-indexed byte of memory
/// thus is the lowest of the 24 bits. What the fourth byte holds is masked off.
const reversed_triples: @Vector(text_bytes, i32) = blk: {
    var indexes: [text_bytes]i32 = undefined;
    for (0..quads) |quad| {
        for (0..4) |byte| indexes[4 * quad + byte] = 3 * quad + (if (byte < 3) 2 - byte else 0);
    }
    break :blk indexes;
};

/// The four 6-bit groups of each 24 bits, the first in the lowest byte.
inline fn split(triples: @Vector(quads, u32)) @Vector(quads, u32) {
    const first = (triples >> @splat(18)) & mask(0x0000003F);
    const second = (triples >> @splat(4)) & mask(0x00003F00);
    const third = (triples << @splat(10)) & mask(0x003F0000);
    const fourth = (triples << @splat(24)) & mask(0x3F000000);
    return first | second | third | fourth;
}

inline fn mask(bits: u32) @Vector(quads, u32) {
    return @splat(bits);
}

/// The runs of the alphabet after the first: the group each begins at, and its letter.
const runs = [_]struct { first: u8, letter: u8 }{
    .{ .first = 26, .letter = 'a' },
    .{ .first = 52, .letter = '0' },
    .{ .first = 62, .letter = '+' },
    .{ .first = 63, .letter = '/' },
};

/// The letter of each 6-bit group: within a run, all lie at the same distance.
inline fn letters(sextets: Letters) Letters {
    var distance: Letters = @splat('A');
    inline for (runs) |run| {
        const from: Letters = @splat(run.first);
        const run_distance: Letters = @splat(run.letter -% run.first);
        distance = @select(u8, sextets >= from, run_distance, distance);
    }
    return sextets +% distance;
}

fn encodeRest(bytes: []const u8, text: [*]u8) usize {
    const encoder = std.base64.standard.Encoder;
    return encoder.encode(text[0..encoder.calcSize(bytes.len)], bytes).len;
}

fn expectEncoded(expected: []const u8, bytes: []const u8) !void {
    var text: [64]u8 = undefined;
    const length = base64(bytes.ptr, @intCast(bytes.len), &text);
    try std.testing.expectEqualStrings(expected, text[0..length]);
}

test "base64 gives the vectors of RFC 4648" {
    try expectEncoded("", "");
    try expectEncoded("Zg==", "f");
    try expectEncoded("Zm8=", "fo");
    try expectEncoded("Zm9v", "foo");
    try expectEncoded("Zm9vYg==", "foob");
    try expectEncoded("Zm9vYmE=", "fooba");
    try expectEncoded("Zm9vYmFy", "foobar");
}

test "base64 agrees with the standard library at every length, and writes no more" {
    var bytes: [259]u8 = undefined;
    for (&bytes, 0..) |*byte, i| byte.* = @truncate(i *% 167);
    for (0..bytes.len) |length| {
        var text: [400]u8 = @splat('!');
        const written = base64(&bytes, @intCast(length), &text);
        var expected: [400]u8 = @splat('!');
        _ = std.base64.standard.Encoder.encode(expected[0..written], bytes[0..length]);
        try std.testing.expectEqualStrings(&expected, &text);
    }
}

test "base64 has every letter" {
    var bytes: [48]u8 = undefined;
    for (0..16) |i| {
        const n: u32 = @intCast(4 * i);
        const triple = n << 18 | (n + 1) << 12 | (n + 2) << 6 | (n + 3);
        std.mem.writeInt(u24, bytes[3 * i ..][0..3], @intCast(triple), .big);
    }
    var text: [64]u8 = undefined;
    try std.testing.expectEqual(64, base64(&bytes, 48, &text));
    try std.testing.expectEqualStrings(&std.base64.standard_alphabet_chars, &text);
}
