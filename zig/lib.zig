//! Root of libffibench: exports every function of every family under the project's prefix.
const std = @import("std");
const exports = @import("exports.zig");
const meta = @import("meta.zig");

/// Exported names carry this prefix, so that they cannot meet another library's symbol.
const symbol_prefix = "ffib_";

comptime {
    @setEvalBranchQuota(100_000);
    for (exports.families ++ .{meta}) |family| {
        for (exports.names(family)) |name| {
            @export(&@field(family, name), .{ .name = symbol_prefix ++ name });
        }
    }
}
