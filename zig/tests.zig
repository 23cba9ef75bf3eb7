//! Root of the tests: refers to every file, so that the tests at its foot are run.
const builtin = @import("builtin");

test {
    if (builtin.cpu.arch == .aarch64) _ = @import("conventions.zig");
    inline for (@import("exports.zig").families) |family| _ = family;
    _ = @import("cores.zig");
    _ = @import("counters.zig");
    _ = @import("kernels/entry.zig");
    _ = @import("kernels/json.zig");
    _ = @import("kernels/memory.zig");
    _ = @import("kernels/os.zig");
    _ = @import("kernels/reduce.zig");
    _ = @import("lib.zig");
    _ = @import("native/checks.zig");
    _ = @import("native/library.zig");
    _ = @import("native/measure.zig");
    _ = @import("native/step.zig");
    _ = @import("native/texts.zig");
    _ = @import("manifest.zig");
    _ = @import("meta.zig");
    _ = @import("probe.zig");
    _ = @import("step/stepping_test.zig");
    _ = @import("step/regions.zig");
    _ = @import("throughput.zig");
}
