//! Whether bytes are well-formed UTF-8 (Unicode, Table 3-7), a vector at a time.
//!
//! The method is that of J. Keiser and D. Lemire, Validating UTF-8 In Less Than One Instruction Per
//! Byte (2020): three look-ups by half a byte tell every error that two neighbours can show.
const std = @import("std");
const builtin = @import("builtin");
const enter = @import("../entry.zig").enter;
const reduce = @import("../reduce.zig");

/// 1 where the bytes are well-formed, 0 where not.
pub fn utf8_validate(data: ?[*]const u8, length: u32) callconv(.c) u32 {
    enter("utf8_validate");
    return @intFromBool(isValid(reduce.slice(u8, data, length)));
}

/// Bytes of one step. The look-ups work on 16 bytes each, and a vector may hold several such.
const step = if (has_lookup) std.simd.suggestVectorLength(u8) orelse 16 else 32;
const Bytes = @Vector(step, u8);

/// Whether the target looks up 16 bytes by 16 indexes in one instruction.
const has_lookup = switch (builtin.cpu.arch) {
    .x86_64 => builtin.cpu.has(.x86, .avx2),
    .aarch64 => builtin.cpu.has(.aarch64, .neon),
    else => false,
};

pub fn isValid(bytes: []const u8) bool {
    if (!has_lookup or bytes.len < step) return std.unicode.utf8ValidateSlice(bytes);
    var state: State = .{};
    var at: usize = 0;
    while (at + step <= bytes.len) : (at += step) state.take(reduce.load(Bytes, bytes[at..].ptr));
    // Zero bytes after the end are ASCII, so that a character cut short there shows as such.
    var rest: [step]u8 = @splat(0);
    @memcpy(rest[0 .. bytes.len - at], bytes[at..]);
    state.take(rest);
    return !@reduce(.Or, (state.errors | state.unfinished) != zero);
}

const zero: Bytes = @splat(0);

const State = struct {
    errors: Bytes = zero,
    before: Bytes = zero,
    /// Not zero where the last bytes began a character that the vector does not end.
    unfinished: Bytes = zero,

    inline fn take(state: *State, bytes: Bytes) void {
        if (!@reduce(.Or, bytes >= @as(Bytes, @splat(0x80)))) {
            state.errors |= state.unfinished;
            state.unfinished = zero;
        } else {
            state.errors |= pairErrors(bytes, state.before);
            state.unfinished = bytes -| longest_unfinished;
        }
        state.before = bytes;
    }
};

/// The largest last bytes that leave no character unfinished.
const longest_unfinished: Bytes = blk: {
    var limits: [step]u8 = @splat(0xFF);
    limits[step - 3] = 0xF0 - 1;
    limits[step - 2] = 0xE0 - 1;
    limits[step - 1] = 0xC0 - 1;
    break :blk limits;
};

/// The bytes that lie `count` places before each.
inline fn shifted(bytes: Bytes, before: Bytes, comptime count: comptime_int) Bytes {
    const mask = comptime blk: {
        var indexes: [step]i32 = undefined;
        for (&indexes, 0..) |*index, i| {
            index.* = if (i < count) ~@as(i32, step - count + i) else i - count;
        }
        break :blk indexes;
    };
    return @shuffle(u8, bytes, before, mask);
}

inline fn pairErrors(bytes: Bytes, before: Bytes) Bytes {
    const four: @Vector(step, u3) = @splat(4);
    const low: Bytes = @splat(0x0F);
    const previous = shifted(bytes, before, 1);
    const special = lookup(by_first_high, previous >> four) &
        lookup(by_first_low, previous & low) & lookup(by_second_high, bytes >> four);
    // Third and fourth bytes must be continuations, and no others may follow a continuation.
    const third = shifted(bytes, before, 2) -| @as(Bytes, @splat(0xE0 - 0x80));
    const fourth = shifted(bytes, before, 3) -| @as(Bytes, @splat(0xF0 - 0x80));
    const must_continue = (third | fourth) & @as(Bytes, @splat(0x80));
    return must_continue ^ special;
}

/// What is wrong with two neighbours, one bit each. An error stands where all three tables agree.
const too_short = 1 << 0;
const too_long = 1 << 1;
const overlong_3 = 1 << 2;
const too_large = 1 << 3;
const surrogate = 1 << 4;
const overlong_2 = 1 << 5;
const too_large_1000 = 1 << 6;
const overlong_4 = 1 << 6;
const two_continuations = 1 << 7;
const carry = too_short | too_long | two_continuations;

/// By the upper half of the first byte.
const by_first_high: [16]u8 = table: {
    var bits: [16]u8 = undefined;
    @memset(bits[0x0..0x8], too_long);
    @memset(bits[0x8..0xC], two_continuations);
    bits[0xC] = too_short | overlong_2;
    bits[0xD] = too_short;
    bits[0xE] = too_short | overlong_3 | surrogate;
    bits[0xF] = too_short | too_large | too_large_1000 | overlong_4;
    break :table bits;
};

/// By the lower half of the first byte. What does not depend on it is carried through.
const by_first_low: [16]u8 = table: {
    var bits: [16]u8 = @splat(carry | too_large | too_large_1000);
    bits[0x0] = carry | overlong_3 | overlong_2 | overlong_4;
    bits[0x1] = carry | overlong_2;
    bits[0x2] = carry;
    bits[0x3] = carry;
    bits[0x4] = carry | too_large;
    bits[0xD] |= surrogate;
    break :table bits;
};

/// By the upper half of the second byte.
const by_second_high: [16]u8 = table: {
    const continues = too_long | overlong_2 | two_continuations;
    var bits: [16]u8 = @splat(too_short);
    bits[0x8] = continues | overlong_3 | too_large_1000 | overlong_4;
    bits[0x9] = continues | overlong_3 | too_large;
    bits[0xA] = continues | surrogate | too_large;
    bits[0xB] = continues | surrogate | too_large;
    break :table bits;
};

/// The table's byte at each index; indexes are below 16.
inline fn lookup(comptime table: [16]u8, indexes: Bytes) Bytes {
    const repeated: Bytes = comptime blk: {
        var bytes: [step]u8 = undefined;
        for (&bytes, 0..) |*byte, i| byte.* = table[i % 16];
        break :blk bytes;
    };
    return switch (builtin.cpu.arch) {
        .x86_64 => asm ("vpshufb %[indexes], %[table], %[out]"
            : [out] "=x" (-> Bytes),
            : [table] "x" (repeated),
              [indexes] "x" (indexes),
        ),
        .aarch64 => asm ("tbl %[out].16b, {%[table].16b}, %[indexes].16b"
            : [out] "=w" (-> Bytes),
            : [table] "w" (repeated),
              [indexes] "w" (indexes),
        ),
        else => comptime unreachable,
    };
}

fn expectValid(expected: bool, text: []const u8) !void {
    // At every place in a vector and across its edge, among ASCII.
    var bytes: [3 * step]u8 = @splat('a');
    for (0..2 * step) |at| {
        @memcpy(bytes[at..][0..text.len], text);
        defer @memset(&bytes, 'a');
        const valid = utf8_validate(&bytes, bytes.len) == 1;
        try std.testing.expectEqual(expected, valid);
        // Ending with the text.
        const ending: u32 = @intCast(at + text.len);
        try std.testing.expectEqual(expected, utf8_validate(&bytes, ending) == 1);
    }
}

test "utf8_validate accepts the ends of every row of Table 3-7" {
    const texts = [_][]const u8{
        "",                 "\x00",             "\x7f",             "\xc2\x80",
        "\xdf\xbf",         "\xe0\xa0\x80",     "\xe0\xbf\xbf",     "\xe1\x80\x80",
        "\xec\xbf\xbf",     "\xed\x80\x80",     "\xed\x9f\xbf",     "\xee\x80\x80",
        "\xef\xbf\xbf",     "\xf0\x90\x80\x80", "\xf0\xbf\xbf\xbf", "\xf1\x80\x80\x80",
        "\xf3\xbf\xbf\xbf", "\xf4\x80\x80\x80", "\xf4\x8f\xbf\xbf",
        "é€😀",
    };
    for (texts) |text| try expectValid(true, text);
}

test "utf8_validate refuses what lies beyond every row of Table 3-7" {
    const texts = [_][]const u8{
        "\x80",             "\xbf",             "\xc0\x80",             "\xc1\xbf",
        "\xc2",             "\xc2a",            "\xdf\xc0",             "\xe0\x80\x80",
        "\xe0\x9f\xbf",     "\xe1\x80",         "\xe1\x80a",            "\xed\xa0\x80",
        "\xed\xbf\xbf",     "\xef\xbf",         "\xf0\x90\x80",         "\xf0\x80\x80\x80",
        "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",     "\xf7\xbf\xbf\xbf",
        "\xfe",             "\xff",             "\xf0\x90\x80\x80\x80", "\xf8\x88\x80\x80\x80",
    };
    for (texts) |text| try expectValid(false, text);
}

test "utf8_validate agrees with the standard library on damaged text" {
    var prng: std.Random.DefaultPrng = .init(8);
    const random = prng.random();
    const sample = "aé€\u{1F600}z\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}";
    var bytes: [sample.len * 8]u8 = undefined;
    for (0..20_000) |_| {
        for (0..8) |i| @memcpy(bytes[i * sample.len ..][0..sample.len], sample);
        for (0..random.uintLessThan(usize, 3)) |_| {
            bytes[random.uintLessThan(usize, bytes.len)] = random.int(u8);
        }
        const length = random.uintLessThan(usize, bytes.len + 1);
        const expected = std.unicode.utf8ValidateSlice(bytes[0..length]);
        try std.testing.expectEqual(expected, isValid(bytes[0..length]));
    }
}
