//! A library whose kernels fail in every way that native code can fail. It is built for tests alone
//! (`zig build faults`) and shares nothing with the library that is measured.
const std = @import("std");
const builtin = @import("builtin");

const c = struct {
    extern "c" fn malloc(bytes: usize) ?[*]u8;
    extern "c" fn abort() noreturn;
    extern "c" fn _exit(code: c_int) noreturn;
    extern "c" fn write(descriptor: c_int, bytes: [*]const u8, length: usize) isize;
};

/// Reads through a null pointer.
export fn fault_null() callconv(.c) u32 {
    var address: usize = 0;
    // Hidden from the optimizer, which would make a trap of it.
    const hidden: *volatile usize = &address;
    const pointer: *allowzero volatile u32 = @ptrFromInt(hidden.*);
    return pointer.*;
}

/// Meets an instruction that no processor has.
export fn fault_trap() callconv(.c) u32 {
    @trap();
}

/// Calls itself until the stack is used up.
export fn fault_stack() callconv(.c) u32 {
    return deeper(1);
}

noinline fn deeper(depth: u32) u32 {
    var page: [4096]u8 = undefined;
    const touched: *volatile [4096]u8 = &page;
    touched[depth % page.len] = @truncate(depth);
    const below = deeper(depth + 1);
    return below + touched[depth % page.len];
}

/// Ends the process as if all were well, with a code of its own.
export fn fault_exit() callconv(.c) u32 {
    c._exit(7);
}

/// Ends the process in silence with the code of success.
export fn fault_exit_good() callconv(.c) u32 {
    c._exit(0);
}

/// Never comes back.
export fn fault_spin() callconv(.c) u32 {
    var turns: u32 = 0;
    const hidden: *volatile u32 = &turns;
    while (true) hidden.* +%= 1;
}

/// Takes and touches memory until it is refused, says so, and aborts as allocators do.
export fn fault_allocate() callconv(.c) u32 {
    const block_bytes = 16 << 20;
    while (c.malloc(block_bytes)) |block| {
        var at: usize = 0;
        while (at < block_bytes) : (at += 4096) {
            const touched: *volatile u8 = &block[at];
            touched.* = 1;
        }
    }
    const said = "out of memory\n";
    _ = c.write(2, said, said.len);
    c.abort();
}

/// Writes past its buffer until it meets memory that is not its own.
export fn fault_overrun() callconv(.c) u32 {
    const buffer = c.malloc(64) orelse return 0;
    var at: usize = 0;
    while (true) : (at += 1) {
        const touched: *volatile u8 = &buffer[at];
        touched.* = 0xa5;
    }
}

/// Is well: what the others are compared with.
export fn fault_none() callconv(.c) u32 {
    return 42;
}
