//! The allocator of kernels that hand out native memory, chosen by target.
const std = @import("std");
const builtin = @import("builtin");

/// libc's malloc where the library links libc, as any native extension would use.
pub const allocator: std.mem.Allocator = if (builtin.link_libc)
    std.heap.c_allocator
else if (builtin.cpu.arch.isWasm())
    std.heap.wasm_allocator
else
    std.heap.smp_allocator;

test "allocator gives memory and takes it back" {
    const bytes = try allocator.alloc(u8, 100);
    allocator.free(bytes);
}
