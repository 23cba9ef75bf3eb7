//! Root of libffibench: exports every function of every family under the project's prefix.
const std = @import("std");
const entry = @import("kernels/entry.zig");
const options = @import("build_options");
const empty = @import("empty.zig").empty;
const exports = @import("exports.zig");
const meta = @import("meta.zig");

/// Threads of the library need no stack of their own for signals; by default each thread that loads
/// the library would carry 256 KiB for one.
pub const std_options: std.Options = .{ .signal_stack_size = null };

comptime {
    @setEvalBranchQuota(100_000);
    for (exports.families ++ .{meta}) |family| {
        for (exports.names(family)) |name| {
            @export(&@field(family, name), .{ .name = exports.symbol_prefix ++ name });
        }
    }
    @export(&empty, .{ .name = exports.symbol_prefix ++ "empty" });
    for (options.plant_kernels) |planted| checkPlanted(planted);
}

/// A misspelt name, or a share where none can be planted, must not build a library that claims it.
fn checkPlanted(comptime planted: []const u8) void {
    for (exports.families) |family| {
        for (exports.names(family)) |name| {
            if (std.mem.eql(u8, name, planted)) break;
        } else continue;
        break;
    } else @compileError("-Dplant: no kernel is called " ++ planted);
    if (options.plant_percent != 0 and !entry.contains(&entry.repeating, planted)) {
        @compileError("-Dplant-percent: only a kernel of entry.repeating can, not " ++ planted);
    }
}
