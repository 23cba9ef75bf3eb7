//! Sorting numbers as Float64Array.prototype.sort does: ascending, -0 before +0, NaN last.
const std = @import("std");
const enter = @import("../entry.zig").enter;

pub fn sort_f64(data: ?[*]f64, count: u32) callconv(.c) void {
    enter("sort_f64");
    const items = (data orelse return)[0..count];
    std.sort.pdq(f64, items, {}, std.sort.asc(f64));
}
