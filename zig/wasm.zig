//! Root of the WebAssembly module: the same kernels for wasm32, without those that need threads or
//! an operating system. Addresses are offsets into its memory, function pointers are places in its
//! table; the host writes arguments there and puts its own functions into the table.
const std = @import("std");
const exports = @import("exports.zig");
const meta = @import("meta.zig");

comptime {
    @setEvalBranchQuota(1_000_000);
    for (exports.families) |family| {
        if (exports.isHosted(family)) continue;
        for (exports.names(family)) |name| {
            @export(&@field(family, name), .{ .name = exports.symbol_prefix ++ name });
        }
    }
    for (exports.names(meta)) |name| {
        if (!exports.isBare(name)) continue;
        @export(&@field(meta, name), .{ .name = exports.symbol_prefix ++ name });
    }
}

/// Memory of that many bytes for the host to write to, aligned for every element type; null where
/// there is none left.
export fn allocate(bytes: u32) ?*anyopaque {
    const block = std.heap.wasm_allocator.alignedAlloc(u8, .@"16", bytes) catch return null;
    return block.ptr;
}

/// Gives back what `allocate` gave, of that many bytes.
export fn release(address: ?*anyopaque, bytes: u32) void {
    const block: [*]align(16) u8 = @ptrCast(@alignCast(address orelse return));
    std.heap.wasm_allocator.free(block[0..bytes]);
}
