//! The texts that the string tasks pass; the same as src/catalogue/texts.ts makes them.
const std = @import("std");

const Alphabet = struct { name: []const u8, letters: []const u8, width: usize };

/// Letters by charset; each takes `width` bytes in UTF-8.
const alphabets = [_]Alphabet{
    .{ .name = "ascii", .letters = "etaoinshrdlucmfwypvbgkjqxz", .width = 1 },
    .{ .name = "latin1", .letters = "éèüöäñçßøåæîûô", .width = 2 },
    .{ .name = "bmp", .letters = "漢字仮名交文京都東西南北山川", .width = 3 },
    .{ .name = "astral", .letters = "😀🚀🌍🎉🐍🦀🍎🎧", .width = 4 },
};

/// A text of so many bytes, followed by a zero byte; what whole letters leave over is filled with
/// x.
pub fn make(
    allocator: std.mem.Allocator,
    length: usize,
    charset: []const u8,
    variant: usize,
) error{ OutOfMemory, UnknownParam }![:0]u8 {
    const alphabet = for (alphabets) |one| {
        if (std.mem.eql(u8, one.name, charset)) break one;
    } else return error.UnknownParam;
    const width = alphabet.width;
    const letter_count = alphabet.letters.len / width;
    const text = try allocator.allocSentinel(u8, length, 0);
    @memset(text, 'x');
    for (0..length / width) |i| {
        const letter = (i * 7 + variant * 3 + (i >> 3)) % letter_count;
        @memcpy(text[i * width ..][0..width], alphabet.letters[letter * width ..][0..width]);
    }
    return text;
}

/// The sum of the bytes, wrapping at 32 bits.
pub fn byteSum(text: []const u8) u32 {
    var sum: u32 = 0;
    for (text) |byte| sum +%= byte;
    return sum;
}

test "make fills what whole letters leave over" {
    const text = try make(std.testing.allocator, 7, "bmp", 0);
    defer std.testing.allocator.free(text);
    try std.testing.expectEqualStrings("漢都x", text);
    try std.testing.expectError(error.UnknownParam, make(std.testing.allocator, 1, "none", 0));
}
