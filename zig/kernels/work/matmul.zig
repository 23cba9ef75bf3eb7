//! The product of two square matrices in row-major order, in blocks that fit registers and cache.
const std = @import("std");
const builtin = @import("builtin");
const enter = @import("../entry.zig").enter;
const lanes = @import("../reduce.zig").lanes;

const Lane = @Vector(lanes, f64);

/// One tile of the result, held in registers: rows × vectors. Of 32 (or 16) registers, these
/// accumulate and the rest hold a strip of `b` and one factor of `a`.
const tile_rows = if (has_many_registers) 8 else 4;
const tile_vectors = if (has_many_registers) 3 else 2;
const tile_columns = tile_vectors * lanes;

const has_many_registers = switch (builtin.cpu.arch) {
    .x86_64 => builtin.cpu.has(.x86, .avx512f),
    .aarch64 => true,
    else => false,
};

/// Rows of `b` taken at a time. A packed strip of them lies on the stack and stays in the cache.
const depth_max = 128;
const Strip = [depth_max][tile_vectors]Lane;

/// c = a · b, all of n × n numbers; c overlaps neither.
pub fn matmul(a: ?[*]const f64, b: ?[*]const f64, c: ?[*]f64, n: u32) callconv(.c) void {
    enter("matmul");
    const size: usize = n;
    const left = (a orelse return)[0 .. size * size];
    const right = (b orelse return)[0 .. size * size];
    const result = (c orelse return)[0 .. size * size];
    @memset(result, 0);
    var strip: Strip = undefined;
    var k: usize = 0;
    while (k < size) : (k += depth_max) {
        const depth = @min(depth_max, size - k);
        var column: usize = 0;
        while (column < size) : (column += tile_columns) {
            pack(&strip, right, size, k, depth, column);
            addStrip(result, left, &strip, size, k, depth, column);
        }
    }
}

/// Copies a strip of `b`, as wide as a tile; columns beyond the matrix are zero.
fn pack(strip: *Strip, b: []const f64, n: usize, k: usize, depth: usize, column: usize) void {
    const width = @min(tile_columns, n - column);
    for (strip[0..depth], k..) |*packed_row, row| {
        const source = b[row * n + column ..][0..width];
        const target: *[tile_columns]f64 = @ptrCast(packed_row);
        @memcpy(target[0..width], source);
        @memset(target[width..], 0);
    }
}

/// Adds to the result what the strip gives, tile by tile down its columns.
fn addStrip(
    c: []f64,
    a: []const f64,
    strip: *const Strip,
    n: usize,
    k: usize,
    depth: usize,
    column: usize,
) void {
    var row: usize = 0;
    while (row + tile_rows <= n) : (row += tile_rows) {
        addTile(tile_rows, c, a, strip, n, row, k, depth, column);
    }
    while (row < n) : (row += 1) addTile(1, c, a, strip, n, row, k, depth, column);
}

inline fn addTile(
    comptime rows: comptime_int,
    c: []f64,
    a: []const f64,
    strip: *const Strip,
    n: usize,
    row: usize,
    k: usize,
    depth: usize,
    column: usize,
) void {
    var tile: [rows][tile_vectors]Lane = @splat(@splat(@splat(0)));
    const source = a[row * n + k ..];
    for (strip[0..depth], 0..) |*vectors, step| {
        inline for (0..rows) |r| {
            const factor: Lane = @splat(source[r * n + step]);
            inline for (0..tile_vectors) |v| {
                tile[r][v] = multiplyAdd(factor, vectors[v], tile[r][v]);
            }
        }
    }
    const width = @min(tile_columns, n - column);
    inline for (0..rows) |r| {
        const target = c[(row + r) * n + column ..][0..width];
        if (width == tile_columns) {
            inline for (0..tile_vectors) |v| {
                const cells: *align(8) Lane = @ptrCast(target[v * lanes ..].ptr);
                cells.* += tile[r][v];
            }
        } else {
            const sums: *const [tile_columns]f64 = @ptrCast(&tile[r]);
            for (target, sums[0..width]) |*cell, sum| cell.* += sum;
        }
    }
}

/// One instruction and one rounding where the target has it; its emulation elsewhere would be slow.
inline fn multiplyAdd(a: Lane, b: Lane, c: Lane) Lane {
    return if (has_fused_multiply_add) @mulAdd(Lane, a, b, c) else a * b + c;
}

const has_fused_multiply_add = switch (builtin.cpu.arch) {
    .x86_64 => builtin.cpu.has(.x86, .fma),
    .aarch64 => true,
    else => false,
};

const expectEqual = std.testing.expectEqual;

test "matmul agrees with the definition around every tile size" {
    const allocator = std.testing.allocator;
    for ([_]usize{ 0, 1, 2, 3, 7, 8, 9, 16, 23, 24, 25, 33, 127, 130 }) |n| {
        const buffer = try allocator.alloc(f64, 3 * n * n);
        defer allocator.free(buffer);
        const a = buffer[0 .. n * n];
        const b = buffer[n * n ..][0 .. n * n];
        const c = buffer[2 * n * n ..];
        // Small whole numbers: exact in any order of addition.
        for (a, 0..) |*item, i| item.* = @floatFromInt(@as(i64, @intCast(i % 17)) - 8);
        for (b, 0..) |*item, i| item.* = @floatFromInt(@as(i64, @intCast(i % 13)) - 6);
        @memset(c, std.math.nan(f64));
        matmul(a.ptr, b.ptr, c.ptr, @intCast(n));
        for (0..n) |row| {
            for (0..n) |column| {
                var expected: f64 = 0;
                for (0..n) |k| expected += a[row * n + k] * b[k * n + column];
                try expectEqual(expected, c[row * n + column]);
            }
        }
    }
    matmul(null, null, null, 3);
}
