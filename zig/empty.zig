//! The function that `ffi-bench call` times beside a function of another library: it fits every
//! signature whose result comes in registers. It is no kernel: it is neither counted nor in the
//! manifest, since it has no signature of its own.
const builtin = @import("builtin");

/// Returns 0 as an integer and as a floating-point number at once, whatever it is called with.
pub fn empty() callconv(.naked) noreturn {
    switch (builtin.cpu.arch) {
        .x86_64 => asm volatile (
            \\xorl %%eax, %%eax
            \\xorps %%xmm0, %%xmm0
            \\retq
        ),
        .aarch64 => asm volatile (
            \\mov x0, #0
            \\movi d0, #0
            \\ret
        ),
        else => @compileError("the empty function is not written for this processor"),
    }
}
