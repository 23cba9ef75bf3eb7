//! The product of two square matrices in row-major order.
const std = @import("std");
const enter = @import("../entry.zig").enter;

pub fn matmul(a: ?[*]const f64, b: ?[*]const f64, c: ?[*]f64, n: u32) callconv(.c) void {
    enter("matmul");
    const left = a orelse return;
    const right = b orelse return;
    const result = c orelse return;
    const size: usize = n;
    @memset(result[0 .. size * size], 0);
    for (0..size) |i| {
        for (0..size) |k| {
            const factor = left[i * size + k];
            for (0..size) |j| result[i * size + j] += factor * right[k * size + j];
        }
    }
}
