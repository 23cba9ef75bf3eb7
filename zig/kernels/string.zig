//! The string families: text handed in as bytes, C string or UTF-16, and text handed out.
const std = @import("std");
const entry = @import("entry.zig");
const enter = entry.enter;
const memory = @import("memory.zig");
const reduce = @import("reduce.zig");

/// Longest text that `string_prepare` keeps, in bytes.
const prepared_max = 1 << 22;

/// The prepared text, always followed by a zero byte.
var prepared: [prepared_max + 1]u8 = @splat(0);
var prepared_len: u32 = 0;

/// The sum of the bytes, wrapping at 32 bits.
pub fn string_sum(text: ?[*]const u8, length: u32) callconv(.c) u32 {
    enter("string_sum");
    const bytes = reduce.slice(u8, text, length);
    if (comptime entry.isPlanted("string_sum")) {
        const again = entry.repeated("string_sum", @intCast(bytes.len));
        std.mem.doNotOptimizeAway(reduce.wrappingSum(u8, bytes[0..again]));
    }
    return reduce.wrappingSum(u8, bytes);
}

/// As `string_sum`, of a C string; 0 for null.
pub fn string_sum_z(text: ?[*:0]const u8) callconv(.c) u32 {
    enter("string_sum_z");
    return reduce.wrappingSum(u8, std.mem.span(text orelse return 0));
}

/// The length it was told, without reading the text.
pub fn string_ignore(_: ?[*]const u8, length: u32) callconv(.c) u32 {
    enter("string_ignore");
    return length;
}

/// 1, or 0 for null, without reading the text.
pub fn string_ignore_z(text: ?[*:0]const u8) callconv(.c) u32 {
    enter("string_ignore_z");
    return @intFromBool(text != null);
}

/// The sum of the UTF-16 units, wrapping at 32 bits; the length counts units.
pub fn string_sum_utf16(text: ?[*]const u16, length: u32) callconv(.c) u32 {
    enter("string_sum_utf16");
    return reduce.wrappingSum(u16, reduce.slice(u16, text, length));
}

/// Keeps a copy of at most 4 MiB for `string_get` and `string_copy`; returns how many bytes.
pub fn string_prepare(text: ?[*]const u8, length: u32) callconv(.c) u32 {
    enter("string_prepare");
    const kept = reduce.slice(u8, text, @min(length, prepared_max));
    @memcpy(prepared[0..kept.len], kept);
    prepared[kept.len] = 0;
    prepared_len = @intCast(kept.len);
    return prepared_len;
}

/// The prepared text as a C string, valid until the next `string_prepare`.
pub fn string_get() callconv(.c) ?[*:0]const u8 {
    enter("string_get");
    return @ptrCast(&prepared);
}

/// Writes the prepared text, at most `capacity` bytes and without a zero; returns how many.
pub fn string_copy(target: ?[*]u8, capacity: u32) callconv(.c) u32 {
    enter("string_copy");
    const count = @min(prepared_len, capacity);
    const bytes = target orelse return 0;
    @memcpy(bytes[0..count], prepared[0..count]);
    return count;
}

/// What lies before an echoed text, so that `string_free` needs no length.
const EchoHeader = extern struct {
    size: usize align(16),

    const alignment: std.mem.Alignment = .of(EchoHeader);
};

/// A fresh copy, followed by a zero byte; null where memory ran out.
pub fn string_echo(text: ?[*]const u8, length: u32) callconv(.c) ?*anyopaque {
    enter("string_echo");
    const bytes = reduce.slice(u8, text, length);
    const size = @sizeOf(EchoHeader) + bytes.len + 1;
    const block = memory.allocator.alignedAlloc(u8, EchoHeader.alignment, size) catch return null;
    const header: *EchoHeader = @ptrCast(block.ptr);
    header.size = size;
    const copy = block[@sizeOf(EchoHeader)..];
    @memcpy(copy[0..bytes.len], bytes);
    copy[bytes.len] = 0;
    return copy.ptr;
}

/// Releases what `string_echo` gave; null is nothing to release.
pub fn string_free(text: ?*anyopaque) callconv(.c) void {
    enter("string_free");
    const address = @intFromPtr(text orelse return) - @sizeOf(EchoHeader);
    const header: *EchoHeader = @ptrFromInt(address);
    const block: [*]align(@alignOf(EchoHeader)) u8 = @ptrCast(header);
    memory.allocator.free(block[0..header.size]);
}

const expectEqual = std.testing.expectEqual;
const expectEqualStrings = std.testing.expectEqualStrings;

test "string_sum agrees between bytes and C string" {
    try expectEqual('a' + 'b' + 0xc3 + 0xa4, string_sum("abä", 4));
    try expectEqual('a' + 'b' + 0xc3 + 0xa4, string_sum_z("abä"));
    try expectEqual(0, string_sum_z(null));
    try expectEqual(0, string_sum(null, 0));
    const long: [1000]u8 = @splat(255);
    try expectEqual(255_000, string_sum(&long, long.len));
}

test "string_ignore does not read" {
    try expectEqual(77, string_ignore(null, 77));
    try expectEqual(0, string_ignore_z(null));
    try expectEqual(1, string_ignore_z("x"));
}

test "string_sum_utf16 counts units" {
    const units = [_]u16{ 0xd83d, 0xde00, 'a' };
    try expectEqual(0xd83d + 0xde00 + 'a', string_sum_utf16(&units, 3));
}

test "string_prepare keeps a text for get and copy" {
    try expectEqual(5, string_prepare("hello", 5));
    try expectEqualStrings("hello", std.mem.span(string_get().?));
    var target: [8]u8 = @splat('-');
    try expectEqual(5, string_copy(&target, 8));
    try expectEqualStrings("hello---", &target);
    try expectEqual(2, string_copy(&target, 2));
    try expectEqual(0, string_prepare(null, 0));
    try expectEqualStrings("", std.mem.span(string_get().?));
}

test "string_prepare cuts at its limit" {
    const text = try std.testing.allocator.alloc(u8, prepared_max + 1);
    defer std.testing.allocator.free(text);
    @memset(text, 'x');
    try expectEqual(prepared_max, string_prepare(text.ptr, @intCast(text.len)));
    try expectEqual(prepared_max, std.mem.span(string_get().?).len);
}

test "string_echo copies and string_free releases" {
    const copy = string_echo("native", 6).?;
    try expectEqualStrings("native", std.mem.span(@as([*:0]const u8, @ptrCast(copy))));
    string_free(copy);
    string_free(string_echo(null, 0));
    string_free(null);
}
