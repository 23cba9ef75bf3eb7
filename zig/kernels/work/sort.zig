//! Sorting numbers as Float64Array.prototype.sort does: ascending, -0 before +0, NaN last.
const std = @import("std");
const enter = @import("../entry.zig").enter;
const memory = @import("../memory.zig");

/// Sorts in place. Every NaN comes out as the one quiet NaN.
pub fn sort_f64(data: ?[*]f64, count: u32) callconv(.c) void {
    enter("sort_f64");
    const items = (data orelse return)[0..count];
    const keys: []u64 = @ptrCast(items);
    for (keys, items) |*key, item| key.* = keyOf(item);
    if (!radixSort(keys)) std.sort.pdq(u64, keys, {}, std.sort.asc(u64));
    for (items, keys) |*item, key| item.* = valueOf(key);
}

/// A number whose order among u64 is the order of the value.
inline fn keyOf(value: f64) u64 {
    const bits: u64 = @bitCast(if (std.math.isNan(value)) std.math.nan(f64) else value);
    // Negative numbers count downwards, and all of them come before the positive.
    const sign: u64 = @bitCast(@as(i64, @bitCast(bits)) >> 63);
    return bits ^ (sign | 1 << 63);
}

inline fn valueOf(key: u64) f64 {
    const positive: u64 = @bitCast(@as(i64, @bitCast(key)) >> 63);
    return @bitCast(key ^ (~positive | 1 << 63));
}

/// Few enough places to write to at a time for the processor to keep all their pages at hand.
const digit_bits = 8;
const digit_count = 64 / digit_bits;
const Histogram = [1 << digit_bits]u32;

/// Below this a comparison sort is faster than the histograms are cleared.
const radix_count_min = 512;

/// Keys that, with their copies, stay in a core's own cache while they are sorted digit by digit.
const cached_count_max = 64 * 1024;

/// False where there are too few keys, or no memory for a second array.
fn radixSort(keys: []u64) bool {
    if (keys.len < radix_count_min) return false;
    const spare = memory.allocator.alloc(u64, keys.len) catch return false;
    defer memory.allocator.free(spare);
    sortDigits(keys, spare, digit_count);
    return true;
}

/// Sorts by the lowest `count` digits. More keys than the cache holds are first parted by the
/// highest of them, until each part fits.
fn sortDigits(keys: []u64, spare: []u64, comptime count: comptime_int) void {
    if (count == 0) return;
    if (keys.len < radix_count_min) return std.sort.pdq(u64, keys, {}, std.sort.asc(u64));
    if (keys.len <= cached_count_max) return sortFromLowest(keys, spare, count);
    const highest = count - 1;
    var histogram: Histogram = @splat(0);
    for (keys) |key| histogram[digitOf(key, highest)] += 1;
    if (histogram[digitOf(keys[0], highest)] != keys.len) {
        distribute(keys, spare, &histogram, highest);
        @memcpy(keys, spare);
    } else histogram[digitOf(keys[0], highest)] = @intCast(keys.len);
    // Distributing left in each cell where its part ends; where all is one part, its length.
    var start: usize = 0;
    for (histogram) |end| {
        if (end <= start) continue;
        sortDigits(keys[start..end], spare[start..end], highest);
        start = end;
    }
}

fn sortFromLowest(keys: []u64, spare: []u64, comptime count: comptime_int) void {
    var histograms: [count]Histogram = @splat(@splat(0));
    for (keys) |key| {
        inline for (&histograms, 0..) |*histogram, digit| histogram[digitOf(key, digit)] += 1;
    }
    var from = keys;
    var to = spare;
    inline for (&histograms, 0..) |*histogram, digit| {
        // A digit that is the same everywhere moves nothing.
        if (histogram[digitOf(from[0], digit)] != from.len) {
            distribute(from, to, histogram, digit);
            std.mem.swap([]u64, &from, &to);
        }
    }
    if (from.ptr != keys.ptr) @memcpy(keys, from);
}

/// Copies the keys in the order of one digit, those with the same one in the order they have.
/// Leaves in each cell of the histogram where the keys with that digit end.
fn distribute(from: []const u64, to: []u64, histogram: *Histogram, digit: u3) void {
    var start: u32 = 0;
    for (histogram) |*cell| {
        const count = cell.*;
        cell.* = start;
        start += count;
    }
    for (from) |key| {
        const cell = &histogram[digitOf(key, digit)];
        to[cell.*] = key;
        cell.* += 1;
    }
}

inline fn digitOf(key: u64, digit: u3) usize {
    return @as(u8, @truncate(key >> @as(u6, digit) * digit_bits));
}

const expectEqual = std.testing.expectEqual;

test "sort_f64 orders every kind of number" {
    const nan = std.math.nan(f64);
    const inf = std.math.inf(f64);
    var items = [_]f64{ 1, nan, -inf, 0.0, -0.0, inf, -1, -nan, 5e-324, -5e-324, 1e308 };
    sort_f64(&items, items.len);
    const expected = [_]f64{ -inf, -1, -5e-324, -0.0, 0.0, 5e-324, 1, 1e308, inf, nan, nan };
    for (expected, items) |wanted, item| {
        try expectEqual(@as(u64, @bitCast(wanted)), @as(u64, @bitCast(item)));
    }
}

test "sort_f64 agrees with a comparison sort above and below the radix limit" {
    const allocator = std.testing.allocator;
    var prng: std.Random.DefaultPrng = .init(64);
    const random = prng.random();
    const limit = cached_count_max;
    for ([_]usize{ 0, 1, 100, radix_count_min, 10_000, limit, limit + 1, 3 * limit }) |count| {
        const items = try allocator.alloc(f64, count);
        defer allocator.free(items);
        for (items) |*item| item.* = random.floatNorm(f64) * 1e6;
        // Many that are equal, so that one part is as large as all.
        if (count > limit + 1) for (items[0 .. count - 5]) |*item| {
            item.* = 1e9 + @round(item.*);
        };
        const expected = try allocator.dupe(f64, items);
        defer allocator.free(expected);
        std.sort.pdq(f64, expected, {}, std.sort.asc(f64));
        sort_f64(items.ptr, @intCast(count));
        try std.testing.expectEqualSlices(f64, expected, items);
    }
    sort_f64(null, 5);
}
