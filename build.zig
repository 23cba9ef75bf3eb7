//! Builds libffibench, its tests and its cross builds.
//!
//!     zig build                                 the library for this machine, zig-out/lib
//!     zig build -Dtarget=aarch64-macos          … for another, on its baseline processor
//!     zig build cross                           … for every supported target, zig-out/cross/<target>
//!     zig build test                            the tests at the foot of every file
//!     zig build -Dplant=noop -Dplant-ns=1.0     a library with a known slowdown
const std = @import("std");
const Build = std.Build;

/// What `zig build cross` builds, and CI with it.
const cross_targets = [_][]const u8{
    "x86_64-linux-gnu",
    "x86_64-linux-musl",
    "x86_64-macos",
    "x86_64-windows-gnu",
    "aarch64-linux-gnu",
    "aarch64-linux-musl",
    "aarch64-macos",
    "aarch64-windows-gnu",
};

pub fn build(b: *Build) void {
    const config: Config = .fromOptions(b);
    const target = targetOption(b);

    const library = addLibrary(b, config, target);
    b.installArtifact(library);

    const tests = b.addTest(.{ .root_module = addModule(b, config, target, "zig/tests.zig") });
    const test_step = b.step("test", "Run the tests of every Zig file");
    test_step.dependOn(&b.addRunArtifact(tests).step);

    addCrossBuilds(b, config);
}

/// What the command line chose, the same for every artifact.
const Config = struct {
    optimize: std.builtin.OptimizeMode,
    source_hash: []const u8,
    plant_kernels: []const []const u8,
    plant_ns: f64,
    plant_percent: f64,
    plant_ghz: f64,

    fn fromOptions(b: *Build) Config {
        const optimize = b.option(
            std.builtin.OptimizeMode,
            "optimize",
            "debug, safe, fast or small (default: fast, since nothing else is worth measuring)",
        );
        return .{
            .optimize = optimize orelse .fast,
            .source_hash = sourceHash(b),
            .plant_kernels = &.{},
            .plant_ns = 0,
            .plant_percent = 0,
            .plant_ghz = 2,
        };
    }
};

fn sourceHash(b: *Build) []const u8 {
    _ = b;
    return "";
}

/// This machine's own processor, unless a target or a processor is named.
fn targetOption(b: *Build) Build.ResolvedTarget {
    return b.resolveTargetQuery(b.standardTargetOptionsQueryOnly(.{}));
}

fn addLibrary(b: *Build, config: Config, target: Build.ResolvedTarget) *Build.Step.Compile {
    return b.addLibrary(.{
        .name = "ffibench",
        .linkage = .dynamic,
        .root_module = addModule(b, config, target, "zig/lib.zig"),
    });
}

fn addModule(
    b: *Build,
    config: Config,
    target: Build.ResolvedTarget,
    root: []const u8,
) *Build.Module {
    const options = b.addOptions();
    options.addOption([]const u8, "source_hash", config.source_hash);
    options.addOption(bool, "features_native", target.query.cpu_model == .native);
    options.addOption([]const []const u8, "plant_kernels", config.plant_kernels);
    options.addOption(f64, "plant_ns", config.plant_ns);
    options.addOption(f64, "plant_percent", config.plant_percent);
    options.addOption(f64, "plant_ghz", config.plant_ghz);
    const module = b.createModule(.{
        .root_source_file = b.path(root),
        .target = target,
        .optimize = config.optimize,
        .omit_frame_pointer = true,
        // Threads that runtimes call from need the libc that these runtimes use themselves.
        .link_libc = true,
    });
    module.addOptions("build_options", options);
    return module;
}

fn addCrossBuilds(b: *Build, config: Config) void {
    const step = b.step("cross", "Build the library for every supported target");
    for (cross_targets) |triple| {
        const query = Build.parseTargetQuery(.{ .arch_os_abi = triple }) catch unreachable;
        const library = addLibrary(b, config, b.resolveTargetQuery(query));
        const install = b.addInstallArtifact(library, .{
            .dest_dir = .{ .override = .{ .custom = b.fmt("cross/{s}", .{triple}) } },
        });
        step.dependOn(&install.step);
    }
}
