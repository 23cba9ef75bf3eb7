//! A function that does nothing, for any signature of scalars: a caller of C sets its arguments up
//! and takes them down itself, and every register that a scalar returns in is zero. It is what
//! `ffi-bench call` subtracts a crossing with where no compiler is at hand.
const builtin = @import("builtin");

export fn ffib_empty() callconv(.naked) noreturn {
    switch (builtin.cpu.arch) {
        .x86_64 => asm volatile (
            \\xorl %%eax, %%eax
            \\xorps %%xmm0, %%xmm0
            \\ret
        ),
        .aarch64 => asm volatile (
            \\mov x0, xzr
            \\movi d0, #0
            \\ret
        ),
        else => @compileError("the package is not built for this processor"),
    }
}
