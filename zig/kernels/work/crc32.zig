//! CRC-32 as in zip and PNG (IEEE 802.3, reflected), by the best means that the target has: folding
//! with carry-less products on x86-64, CRC instructions on arm64, else tables.
const std = @import("std");
const builtin = @import("builtin");
const entry = @import("../entry.zig");
const reduce = @import("../reduce.zig");

/// The CRC-32 of the bytes; 0 for none.
pub fn crc32(data: ?[*]const u8, length: u32) callconv(.c) u32 {
    entry.enter("crc32");
    const bytes = reduce.slice(u8, data, length);
    if (comptime entry.isPlanted("crc32")) {
        std.mem.doNotOptimizeAway(checksum(bytes[0..entry.repeated("crc32", @intCast(bytes.len))]));
    }
    return checksum(bytes);
}

fn checksum(bytes: []const u8) u32 {
    return ~switch (means) {
        .folding => if (bytes.len < 2 * block_bytes) byTables(~@as(u32, 0), bytes) else fold(bytes),
        .instructions => byInstructions(~@as(u32, 0), bytes),
        .tables => byTables(~@as(u32, 0), bytes),
    };
}

const Means = enum { folding, instructions, tables };

const means: Means = switch (builtin.cpu.arch) {
    .x86_64 => if (builtin.cpu.hasAll(.x86, &.{ .pclmul, .avx })) .folding else .tables,
    .aarch64 => if (builtin.cpu.has(.aarch64, .crc)) .instructions else .tables,
    else => .tables,
};

/// The generator without its highest bit, x^0 in the highest place.
const polynomial: u32 = 0xEDB88320;

// Tables.

/// Entry [k][b] is byte b followed by k zero bytes, so that eight bytes are looked up at once.
const tables = blk: {
    @setEvalBranchQuota(100_000);
    var made: [8][256]u32 = undefined;
    for (&made[0], 0..) |*cell, byte| {
        var value: u32 = byte;
        for (0..8) |_| value = timesX(value);
        cell.* = value;
    }
    for (1..8) |k| {
        for (&made[k], made[k - 1]) |*cell, before| {
            cell.* = (before >> 8) ^ made[0][before & 0xFF];
        }
    }
    break :blk made;
};

fn timesX(value: u32) u32 {
    return (value >> 1) ^ (if (value & 1 != 0) polynomial else 0);
}

fn byTables(start: u32, bytes: []const u8) u32 {
    var crc = start;
    var rest = bytes;
    while (rest.len >= 8) : (rest = rest[8..]) {
        const word = std.mem.readInt(u64, rest[0..8], .little) ^ crc;
        crc = 0;
        inline for (0..8) |k| crc ^= tables[7 - k][@as(u8, @truncate(word >> 8 * k))];
    }
    for (rest) |byte| crc = (crc >> 8) ^ tables[0][@as(u8, @truncate(crc)) ^ byte];
    return crc;
}

// Instructions of arm64.

fn byInstructions(start: u32, bytes: []const u8) u32 {
    var crc = start;
    var rest = bytes;
    while (rest.len >= 8) : (rest = rest[8..]) {
        crc = asm ("crc32x %[out:w], %[crc:w], %[word:x]"
            : [out] "=r" (-> u32),
            : [crc] "r" (crc),
              [word] "r" (std.mem.readInt(u64, rest[0..8], .little)),
        );
    }
    for (rest) |byte| {
        crc = asm ("crc32b %[out:w], %[crc:w], %[byte:w]"
            : [out] "=r" (-> u32),
            : [crc] "r" (crc),
              [byte] "r" (@as(u32, byte)),
        );
    }
    return crc;
}

// Folding (V. Gopal et al., Fast CRC Computation Using PCLMULQDQ, Intel 2009).

/// Whether one instruction multiplies four pairs of 64 bits.
const is_wide = builtin.cpu.arch == .x86_64 and
    builtin.cpu.hasAll(.x86, &.{ .vpclmulqdq, .avx512f, .avx512bw }) and
    !builtin.cpu.has(.x86, .prefer_256_bit);

const words = if (is_wide) 8 else 2;
const Block = @Vector(words, u64);

/// Blocks folded side by side, to cover the latency of a product.
const ways = 4;
const block_bytes = ways * @sizeOf(Block);

fn fold(bytes: []const u8) u32 {
    var state: [ways]Block = undefined;
    inline for (&state, 0..) |*block, k| block.* = load(bytes, k);
    state[0][0] ^= ~@as(u32, 0);
    var rest = bytes[block_bytes..];
    const far = multipliers(8 * block_bytes);
    while (rest.len >= block_bytes) : (rest = rest[block_bytes..]) {
        inline for (&state, 0..) |*block, k| block.* = advance(block.*, far) ^ load(rest, k);
    }
    const near = multipliers(8 * @sizeOf(Block));
    var one = state[0];
    inline for (state[1..]) |block| one = advance(one, near) ^ block;
    while (rest.len >= @sizeOf(Block)) : (rest = rest[@sizeOf(Block)..]) {
        one = advance(one, near) ^ load(rest, 0);
    }
    // What is left of the message is as long as one block: its remainder is that of the message.
    return byTables(byTables(0, std.mem.asBytes(&one)), rest);
}

inline fn load(bytes: []const u8, index: usize) Block {
    return reduce.load(Block, bytes[index * @sizeOf(Block) ..].ptr);
}

/// Moves each 128 bits ahead by the distance that the multipliers stand for.
inline fn advance(block: Block, by: Block) Block {
    return product(block, by, "0x00") ^ product(block, by, "0x11");
}

inline fn product(a: Block, b: Block, comptime halves: []const u8) Block {
    return asm ("vpclmulqdq $" ++ halves ++ ", %[b], %[a], %[out]"
        : [out] "=x" (-> Block),
        : [a] "x" (a),
          [b] "x" (b),
    );
}

/// x^(distance + 32) and x^(distance - 32), which move the low and the high 64 bits.
inline fn multipliers(comptime distance_bits: comptime_int) Block {
    comptime {
        var by: [words]u64 = undefined;
        for (0..words / 2) |i| {
            by[2 * i] = multiplier(distance_bits + 32);
            by[2 * i + 1] = multiplier(distance_bits - 32);
        }
        return by;
    }
}

fn multiplier(comptime exponent: comptime_int) u64 {
    @setEvalBranchQuota(100_000);
    var value: u32 = 1 << 31;
    for (0..exponent) |_| value = timesX(value);
    return @as(u64, value) << 1;
}

const expectEqual = std.testing.expectEqual;

test "crc32 gives the published values" {
    try expectEqual(0xCBF43926, crc32("123456789", 9));
    try expectEqual(0, crc32("", 0));
    try expectEqual(0, crc32(null, 0));
    try expectEqual(0xE8B7BE43, crc32("a", 1));
    const fox = "The quick brown fox jumps over the lazy dog";
    try expectEqual(0x414FA339, crc32(fox, fox.len));
}

test "crc32 agrees with the bitwise definition at every length" {
    var bytes: [3 * block_bytes + 70]u8 = undefined;
    var prng: std.Random.DefaultPrng = .init(32);
    prng.random().bytes(&bytes);
    var crc = ~@as(u32, 0);
    for (0..bytes.len) |length| {
        try expectEqual(~crc, crc32(&bytes, @intCast(length)));
        try expectEqual(crc, byTables(~@as(u32, 0), bytes[0..length]));
        crc ^= bytes[length];
        for (0..8) |_| crc = timesX(crc);
    }
}

test "multipliers are those of the paper" {
    try expectEqual(0x154442bd4, comptime multiplier(4 * 128 + 32));
    try expectEqual(0x1c6e41596, comptime multiplier(4 * 128 - 32));
}
