//! The families whose public C functions make up the library. This is the only list: the exports
//! and the manifest both come from reflecting over it.
const std = @import("std");

pub const families = .{
    @import("kernels/call.zig"),
    @import("kernels/buffer.zig"),
    @import("kernels/string.zig"),
    @import("kernels/struct.zig"),
    @import("kernels/list.zig"),
    @import("kernels/points.zig"),
    @import("kernels/handle.zig"),
    @import("kernels/records.zig"),
    @import("kernels/tree.zig"),
    @import("kernels/range.zig"),
    @import("kernels/callback.zig"),
    @import("kernels/callback_thread.zig"),
    @import("kernels/async.zig"),
    @import("kernels/thread.zig"),
    @import("kernels/errno.zig"),
    @import("kernels/danger.zig"),
    @import("kernels/work/crc32.zig"),
    @import("kernels/work/digest.zig"),
    @import("kernels/work/base64.zig"),
    @import("kernels/work/utf8.zig"),
    @import("kernels/work/sort.zig"),
    @import("kernels/work/levenshtein.zig"),
    @import("kernels/work/mandelbrot.zig"),
    @import("kernels/work/matmul.zig"),
    @import("kernels/work/document.zig"),
};

/// Exported names carry this prefix, so that they cannot meet another library's symbol.
pub const symbol_prefix = "ffib_";

/// Whether a family needs threads or an operating system.
pub fn isHosted(comptime family: type) bool {
    return family == @import("kernels/callback_thread.zig") or
        family == @import("kernels/async.zig") or
        family == @import("kernels/errno.zig");
}

/// What of the meta family needs an operating system.
pub const hosted_meta = [_][:0]const u8{
    "probe",
    "take_freest_core",
    "throughput",
    "throughput_scale",
    "counters_start",
    "counters_read",
    "step_begin",
    "step_end",
    "step_walk",
};

/// Whether a function of the meta family makes sense without an operating system.
pub fn isBare(comptime name: []const u8) bool {
    for (hosted_meta) |hosted| if (std.mem.eql(u8, name, hosted)) return false;
    return true;
}

/// The names of a family's public C functions, in the order in which they are written.
pub fn names(comptime family: type) []const [:0]const u8 {
    comptime {
        var found: []const [:0]const u8 = &.{};
        for (@typeInfo(family).@"struct".decl_names) |name| {
            switch (@typeInfo(@TypeOf(@field(family, name)))) {
                .@"fn" => |function| if (function.attrs.@"callconv" != .auto) {
                    found = found ++ .{name};
                },
                else => {},
            }
        }
        return found;
    }
}
