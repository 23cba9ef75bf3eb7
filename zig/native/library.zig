//! The library under measurement, opened as any host opens it: every kernel is an address that the
//! compiler of this program knows nothing about, of the type that its source gives it.
const std = @import("std");
const builtin = @import("builtin");
const exports = @import("../exports.zig");
const own_manifest = @import("../manifest.zig").text;

pub const Library = struct {
    opened: Opened,

    pub const Error = error{ NotOpened, NoSymbol };

    pub fn open(path: []const u8) Error!Library {
        return .{ .opened = Opened.open(path) catch return error.NotOpened };
    }

    /// The kernel of that name.
    pub fn find(library: *Library, comptime name: [:0]const u8) Error!*const Kernel(name) {
        const symbol = exports.symbol_prefix ++ name;
        return library.opened.lookup(*const Kernel(name), symbol) orelse error.NoSymbol;
    }
};

const Opened = if (builtin.os.tag == .windows) OpenedByWindows else std.DynLib;

/// What std.DynLib is elsewhere.
const OpenedByWindows = struct {
    module: *anyopaque,

    fn open(path: []const u8) error{NotOpened}!OpenedByWindows {
        var buffer: [std.fs.max_path_bytes:0]u8 = undefined;
        if (path.len >= buffer.len) return error.NotOpened;
        @memcpy(buffer[0..path.len], path);
        buffer[path.len] = 0;
        return .{ .module = LoadLibraryA(buffer[0..path.len :0]) orelse return error.NotOpened };
    }

    fn lookup(opened: *OpenedByWindows, comptime T: type, name: [:0]const u8) ?T {
        return @ptrCast(@alignCast(GetProcAddress(opened.module, name) orelse return null));
    }

    extern "kernel32" fn LoadLibraryA([*:0]const u8) callconv(.winapi) ?*anyopaque;
    extern "kernel32" fn GetProcAddress(*anyopaque, [*:0]const u8) callconv(.winapi) ?*anyopaque;
};

/// The type of the kernel of that name.
pub fn Kernel(comptime name: []const u8) type {
    for (exports.families ++ .{@import("../meta.zig")}) |family| {
        if (@hasDecl(family, name)) return @TypeOf(@field(family, name));
    }
    @compileError("no kernel is called " ++ name);
}

/// The symbols in a manifest, which come last in it.
const symbols_key = ",\"symbols\":";

/// A manifest without its symbols, and without the brace that ends it.
pub fn head(manifest: []const u8) []const u8 {
    return manifest[0 .. std.mem.find(u8, manifest, symbols_key) orelse 0];
}

/// Why a library must not be measured, or null: it must be of the kernels that this program was
/// compiled with, and optimized.
pub fn whyRefused(manifest: []const u8) ?[]const u8 {
    const symbols = manifest[head(manifest).len..];
    if (!std.mem.eql(u8, symbols, own_manifest[head(own_manifest).len..])) {
        return "The library's symbols are not those that the native floor was built with.";
    }
    if (std.mem.find(u8, manifest, "\"optimize\":\"ReleaseFast\"") == null) {
        return "The library was not built in ReleaseFast mode; nothing else is measured.";
    }
    return null;
}

test "whyRefused compares symbols and mode" {
    const expect = std.testing.expect;
    try expect(head(own_manifest).len > 0);
    try expect(whyRefused("{\"optimize\":\"ReleaseFast\",\"symbols\":{}}") != null);
    const fast = @import("builtin").mode == .fast;
    try expect((whyRefused(own_manifest) == null) == fast);
}
