//! The targets that the package ships.
const std = @import("std");

/// A target that the package ships. `folder` is the platform, and for Linux the C library, in the
/// words of npm: src/boot/shipped.mjs looks there.
pub const Shipped = struct { folder: []const u8, triple: []const u8 };

/// What `zig build cross` and `zig build ship` build. The C library of GNU is the oldest that the
/// oldest runtimes here run on.
pub const shipped_targets = [_]Shipped{
    .{ .folder = "linux-x64-glibc", .triple = "x86_64-linux-gnu.2.28" },
    .{ .folder = "linux-x64-musl", .triple = "x86_64-linux-musl" },
    .{ .folder = "linux-arm64-glibc", .triple = "aarch64-linux-gnu.2.28" },
    .{ .folder = "linux-arm64-musl", .triple = "aarch64-linux-musl" },
    .{ .folder = "darwin-x64", .triple = "x86_64-macos" },
    .{ .folder = "darwin-arm64", .triple = "aarch64-macos" },
    .{ .folder = "win32-x64", .triple = "x86_64-windows-gnu" },
    .{ .folder = "win32-arm64", .triple = "aarch64-windows-gnu" },
};

/// What each shipped target is built for besides its baseline: processors with AVX2, since 2013.
pub const better_cpus = [_]*const std.Target.Cpu.Model{&std.Target.x86.cpu.x86_64_v3};
