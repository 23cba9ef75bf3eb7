//! The hash of the library's sources, which it carries so that a stale one is noticed.
const std = @import("std");
const Build = std.Build;

/// SHA-256, in lower-case hex, over build.zig and every file at any depth below zig/, in the order
/// of their paths relative to the checkout ('/' between folders, compared byte by byte). For each:
/// its path, a zero byte, its content, a zero byte. Symbolic links are left out. The tool computes
/// the same to notice a library that is older than its source.
pub fn sourceHash(b: *Build) ![]const u8 {
    const io = b.graph.io;
    var root = try b.root.openDir(io, ".", .{});
    defer root.close(io);
    const paths = try sourcePaths(b, root);
    var hash: std.crypto.hash.sha2.Sha256 = .init(.{});
    for (paths) |path| {
        const content = try root.readFileAlloc(io, path, b.allocator, .limited(source_bytes_max));
        for ([_][]const u8{ path, "\x00", content, "\x00" }) |part| hash.update(part);
        // The build system keeps what this script answered until one of these changes.
        b.dependOnFileContents(b.path(path));
    }
    var digest: [std.crypto.hash.sha2.Sha256.digest_length]u8 = undefined;
    hash.final(&digest);
    return b.fmt("{x}", .{&digest});
}

/// Largest source file that the hash takes, in bytes.
const source_bytes_max = 1 << 20;

fn sourcePaths(b: *Build, root: std.Io.Dir) ![]const []const u8 {
    const io = b.graph.io;
    var paths: std.ArrayList([]const u8) = .empty;
    try paths.append(b.allocator, "build.zig");
    b.dependOnDirectoryContents(b.path("zig"));
    var folder = try root.openDir(io, "zig", .{ .iterate = true });
    defer folder.close(io);
    var walker = try folder.walk(b.allocator);
    defer walker.deinit();
    while (try walker.next(io)) |entry| {
        const path = b.fmt("zig/{s}", .{entry.path});
        std.mem.replaceScalar(u8, path, '\\', '/');
        switch (entry.kind) {
            .directory => b.dependOnDirectoryContents(b.path(path)),
            .file => try paths.append(b.allocator, path),
            else => {},
        }
    }
    std.mem.sort([]const u8, paths.items, {}, isPathBefore);
    return paths.items;
}

fn isPathBefore(_: void, a: []const u8, b: []const u8) bool {
    return std.mem.lessThan(u8, a, b);
}
