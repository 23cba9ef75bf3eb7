//! The trap flag of the calling thread. Where it is set, each instruction traps.

/// Its bit in the flags register.
pub const bit: u64 = 0x100;

// What lies below the stack pointer may be in use by the function itself.

pub inline fn set() void {
    asm volatile (
        \\lea -128(%%rsp), %%rsp
        \\pushfq
        \\orq $0x100, (%%rsp)
        \\popfq
        \\lea 128(%%rsp), %%rsp
        \\nop
        ::: .{ .memory = true, .cc = true });
}

pub inline fn clear() void {
    asm volatile (
        \\lea -128(%%rsp), %%rsp
        \\pushfq
        \\andq $~0x100, (%%rsp)
        \\popfq
        \\lea 128(%%rsp), %%rsp
        ::: .{ .memory = true, .cc = true });
}

/// Whether it stands.
pub inline fn isSet() bool {
    const flags = asm volatile (
        \\lea -128(%%rsp), %%rsp
        \\pushfq
        \\popq %[flags]
        \\lea 128(%%rsp), %%rsp
        : [flags] "=r" (-> u64),
        :
        : .{ .memory = true });
    return flags & bit != 0;
}
