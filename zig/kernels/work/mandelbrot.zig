//! One row of the Mandelbrot set, several pixels at once.
const std = @import("std");
const enter = @import("../entry.zig").enter;

const lanes = std.simd.suggestVectorLength(f64) orelse 2;
const Lane = @Vector(lanes, f64);

/// Writes to each of `width` counts how often z = z² + c was taken, from z = 0, before |z|² went
/// over 4, at most `limit` times. Pixel (x, row) is c = (-2 + 3x / width, -1.5 + 3 row / height).
/// Every operation rounds once and none is contracted, so that plain JavaScript gives the same.
pub fn mandelbrot_row(
    counts: ?[*]u32,
    width: u32,
    row: u32,
    height: u32,
    limit: u32,
) callconv(.c) void {
    enter("mandelbrot_row");
    const target = (counts orelse return)[0..width];
    const imaginary = -1.5 + 3 * @as(f64, @floatFromInt(row)) / @as(f64, @floatFromInt(height));
    var x: usize = 0;
    while (x < target.len) : (x += lanes) {
        const taken = escapeTimes(realParts(x, width), @splat(imaginary), limit);
        const used = @min(lanes, target.len - x);
        const array: [lanes]u32 = taken;
        @memcpy(target[x..][0..used], array[0..used]);
    }
}

inline fn realParts(x: usize, width: u32) Lane {
    const offsets: Lane = std.simd.iota(f64, lanes);
    const columns = @as(Lane, @splat(@floatFromInt(x))) + offsets;
    const scaled = @as(Lane, @splat(3)) * columns / @as(Lane, @splat(@floatFromInt(width)));
    return @as(Lane, @splat(-2)) + scaled;
}

inline fn escapeTimes(cx: Lane, cy: Lane, limit: u32) @Vector(lanes, u32) {
    var zx: Lane = @splat(0);
    var zy: Lane = @splat(0);
    var counts: @Vector(lanes, u64) = @splat(0);
    for (0..limit) |_| {
        const xx = zx * zx;
        const yy = zy * zy;
        // A lane that has escaped grows to infinity or NaN, and neither comes back below 4.
        const inside = xx + yy <= @as(Lane, @splat(4));
        if (!@reduce(.Or, inside)) break;
        counts += @intFromBool(inside);
        zy = @as(Lane, @splat(2)) * zx * zy + cy;
        zx = xx - yy + cx;
    }
    return @intCast(counts);
}

const expectEqual = std.testing.expectEqual;

fn escapeTime(cx: f64, cy: f64, limit: u32) u32 {
    var zx: f64 = 0;
    var zy: f64 = 0;
    var count: u32 = 0;
    while (count < limit and zx * zx + zy * zy <= 4) : (count += 1) {
        const next = zx * zx - zy * zy + cx;
        zy = 2 * zx * zy + cy;
        zx = next;
    }
    return count;
}

test "mandelbrot_row agrees with the scalar definition on every pixel" {
    const width = 101;
    const height = 23;
    const limit = 200;
    for (0..height) |row| {
        var counts: [width + 1]u32 = @splat(12345);
        mandelbrot_row(&counts, width, @intCast(row), height, limit);
        const cy = -1.5 + 3 * @as(f64, @floatFromInt(row)) / height;
        for (counts[0..width], 0..) |count, x| {
            const cx = -2 + 3 * @as(f64, @floatFromInt(x)) / width;
            try expectEqual(escapeTime(cx, cy, limit), count);
        }
        try expectEqual(12345, counts[width]);
    }
}

test "mandelbrot_row reaches the limit inside the set and 0 at limit 0" {
    var counts: [3]u32 = undefined;
    // x = 2 of 3 is c = 0, which never escapes; x = 0 is c = -2, which stays on the edge.
    mandelbrot_row(&counts, 3, 1, 2, 50);
    try expectEqual(50, counts[2]);
    try expectEqual(50, counts[0]);
    mandelbrot_row(&counts, 3, 1, 2, 0);
    try expectEqual(0, counts[2]);
    mandelbrot_row(null, 3, 1, 2, 50);
}
