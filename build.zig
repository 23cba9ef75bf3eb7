//! Builds libffibench, its tests and its cross builds.
//!
//!     zig build                                 the library for this machine, zig-out/lib
//!     zig build -Dtarget=aarch64-macos          … for another, on its baseline processor
//!     zig build cross                           … for all targets, zig-out/cross/<target>
//!     zig build ship                            all that the package ships, zig-out/ship/<target>
//!     zig build ship -Dship-only=linux-x64-musl … for one target of those
//!     zig build test                            the tests at the foot of every file
//!     zig build faults                          kernels that fail, for tests of what happens then
//!     zig build -Dplant=noop -Dplant-ns=1.0     a library with a known slowdown
const std = @import("std");
const Build = std.Build;
const sourceHash = @import("zig/build/source_hash.zig").sourceHash;
const targets = @import("zig/build/targets.zig");

pub fn build(b: *Build) void {
    const config: Config = .fromOptions(b);
    const target: Target = .fromOptions(b);

    const kernels = addKernels(b, config, target);
    b.installArtifact(addLibrary(b, target, kernels));
    installAddon(b, config, target, kernels);
    addAddonByHand(b, target, kernels);
    b.installArtifact(addFloor(b, config, target));
    installWasm(b, config);

    const tests = b.addTest(.{
        .root_module = addModule(b, config, target, "zig/tests.zig"),
        // In debug mode too: Zig's own code generator does not know every instruction used here.
        .use_llvm = true,
    });
    const test_step = b.step("test", "Run the tests of every Zig file");
    const run_tests = b.addRunArtifact(tests);
    // A cached run prints no counts, and the gate that counts tests would see none.
    run_tests.has_side_effects = true;
    test_step.dependOn(&run_tests.step);

    addCrossBuilds(b, config);
    addShipped(b, config);
    addFaults(b, target);
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
        const plant = b.option([]const u8, "plant", "Kernels to slow down: noop,buffer_sum");
        const ns = b.option(f64, "plant-ns", "Nanoseconds to add to each call of them");
        const percent = b.option(f64, "plant-percent", "Share of their own work to repeat");
        const ghz = b.option(f64, "plant-ghz", "Clock that plant-ns is counted in (default: 2.0)");
        return .{
            .optimize = optimize orelse .fast,
            .source_hash = sourceHash(b) catch |err| std.process.fatal(
                "build.zig and the files below zig/ could not be read: {t}",
                .{err},
            ),
            .plant_kernels = split(b, plant orelse ""),
            .plant_ns = ns orelse 0,
            .plant_percent = percent orelse 0,
            .plant_ghz = ghz orelse 2.0,
        };
    }

    fn split(b: *Build, list: []const u8) []const []const u8 {
        var names: std.ArrayList([]const u8) = .empty;
        var rest = std.mem.tokenizeScalar(u8, list, ',');
        while (rest.next()) |name| names.append(b.allocator, name) catch @panic("OOM");
        return names.items;
    }
};

/// What a build is for, and whether it takes all that the building machine's processor has.
const Target = struct {
    resolved: Build.ResolvedTarget,
    is_native_cpu: bool,

    /// This machine's own processor, unless a target or a processor is named.
    fn fromOptions(b: *Build) Target {
        const query = b.standardTargetOptionsQueryOnly(.{});
        const is_native = query.cpu_model == .native or query.isNativeCpu();
        const resolved = b.resolveTargetQuery(if (is_native) widened(b, query) else query);
        return .{ .resolved = resolved, .is_native_cpu = is_native };
    }

    fn fromTriple(b: *Build, triple: []const u8) Target {
        return fromQuery(b, Build.parseTargetQuery(.{ .arch_os_abi = triple }) catch unreachable);
    }

    /// The target with another processor, or null where that is of another architecture.
    fn withCpu(b: *Build, triple: []const u8, cpu: *const std.Target.Cpu.Model) ?Target {
        var query = Build.parseTargetQuery(.{ .arch_os_abi = triple }) catch unreachable;
        if (query.cpu_arch != .x86_64) return null;
        query.cpu_model = .{ .explicit = cpu };
        return fromQuery(b, query);
    }

    fn fromQuery(b: *Build, query: std.Target.Query) Target {
        return .{ .resolved = b.resolveTargetQuery(query), .is_native_cpu = false };
    }

    /// LLVM keeps to half of the vectors of AVX-512, since the first processors that had it lowered
    /// their clock to use it. Those that have its second byte instructions (Ice Lake, Zen 4 and
    /// later) do not, and sum from their caches up to twice as fast with all of it.
    fn widened(b: *Build, query: std.Target.Query) std.Target.Query {
        const cpu = b.resolveTargetQuery(query).result.cpu;
        if (cpu.arch != .x86_64 or !cpu.has(.x86, .avx512vbmi2)) return query;
        var wide = query;
        wide.cpu_model = .native;
        const feature: std.Target.x86.Feature = .prefer_256_bit;
        wide.cpu_features_sub.addFeature(@backingInt(feature));
        return wide;
    }
};

/// The kernels as one object, compiled once for the library and for the addon.
fn addKernels(b: *Build, config: Config, target: Target) *Build.Step.Compile {
    const module = addModule(b, config, target, "zig/lib.zig");
    module.pic = true;
    return b.addObject(.{ .name = "kernels", .use_llvm = true, .root_module = module });
}

fn addLibrary(b: *Build, target: Target, kernels: *Build.Step.Compile) *Build.Step.Compile {
    const module = b.createModule(.{
        .target = target.resolved,
        .optimize = .fast,
        .link_libc = true,
    });
    module.addObject(kernels);
    return b.addLibrary(.{ .name = "ffibench", .linkage = .dynamic, .root_module = module });
}

/// The Node-API addon, lib/ffibench.node. Its undefined symbols are those of the runtime that loads
/// it, which Windows would have to be told of in another way.
fn installAddon(
    b: *Build,
    config: Config,
    target: Target,
    kernels: *Build.Step.Compile,
) void {
    const addon = addAddon(b, config, target, kernels) orelse return;
    const install = b.addInstallFileWithDir(addon.getEmittedBin(), .lib, addon_name);
    b.getInstallStep().dependOn(&install.step);
}

const addon_name = "ffibench.node";

fn addAddon(
    b: *Build,
    config: Config,
    target: Target,
    kernels: *Build.Step.Compile,
) ?*Build.Step.Compile {
    if (target.resolved.result.os.tag == .windows) return null;
    const addon = b.addLibrary(.{
        .name = "ffibench_napi",
        .linkage = .dynamic,
        .use_llvm = true,
        .root_module = addModule(b, config, target, "zig/napi.zig"),
    });
    addon.linker_allow_shlib_undefined = true;
    addon.root_module.addObject(kernels);
    return addon;
}

/// An addon written by hand, which the generated one is compared with.
fn addAddonByHand(b: *Build, target: Target, kernels: *Build.Step.Compile) void {
    const module = b.createModule(.{
        .target = target.resolved,
        .optimize = .fast,
        .link_libc = true,
        .pic = true,
        .omit_frame_pointer = true,
    });
    module.addCSourceFile(.{ .file = b.path("bench/addon/by_hand.c"), .flags = &.{"-std=c17"} });
    module.addObject(kernels);
    const addon = b.addLibrary(.{
        .name = "ffibench_by_hand",
        .linkage = .dynamic,
        .root_module = module,
    });
    addon.linker_allow_shlib_undefined = true;
    const name = "ffibench_by_hand.node";
    const install = b.addInstallFileWithDir(addon.getEmittedBin(), .lib, name);
    const step = b.step("addon-by-hand", "Build the addon that the generated one is compared with");
    step.dependOn(&install.step);
}

/// The native floor, bin/ffibench-native: a worker in machine code.
fn addFloor(b: *Build, config: Config, target: Target) *Build.Step.Compile {
    const module = addModule(b, config, target, "zig/native.zig");
    module.strip = true;
    return b.addExecutable(.{
        .name = "ffibench-native",
        .use_llvm = true,
        .root_module = module,
    });
}

/// The WebAssembly module, lib/ffibench.wasm, with what every engine of today has.
fn installWasm(b: *Build, config: Config) void {
    const target: Target = .fromQuery(b, .{
        .cpu_arch = .wasm32,
        .os_tag = .freestanding,
        .cpu_features_add = std.Target.wasm.featureSet(&.{
            .bulk_memory,
            .mutable_globals,
            .nontrapping_fptoint,
            .sign_ext,
            .simd128,
        }),
    });
    const module = addModule(b, config, target, "zig/wasm.zig");
    module.link_libc = false;
    module.single_threaded = true;
    module.strip = true;
    addWasmKernels(b, module);
    const wasm = b.addExecutable(.{ .name = "ffibench", .use_llvm = true, .root_module = module });
    wasm.entry = .disabled;
    wasm.rdynamic = true;
    wasm.export_table = true;
    wasm.growable_table = true;
    const install = b.addInstallFileWithDir(wasm.getEmittedBin(), .lib, "ffibench.wasm");
    b.getInstallStep().dependOn(&install.step);
}

/// The same as an object, which other compilers put into modules of theirs.
fn addWasmKernels(b: *Build, module: *Build.Module) void {
    const object = b.addObject(.{ .name = "kernels", .use_llvm = true, .root_module = module });
    const step = b.step("wasm-kernels", "Build the kernels as an object for WebAssembly");
    step.dependOn(&b.addInstallFileWithDir(object.getEmittedBin(), .lib, "kernels.wasm.o").step);
}

fn addModule(
    b: *Build,
    config: Config,
    target: Target,
    root: []const u8,
) *Build.Module {
    const options = b.addOptions();
    options.addOption([]const u8, "source_hash", config.source_hash);
    options.addOption(bool, "features_native", target.is_native_cpu);
    options.addOption([]const []const u8, "plant_kernels", config.plant_kernels);
    options.addOption(f64, "plant_ns", config.plant_ns);
    options.addOption(f64, "plant_percent", config.plant_percent);
    options.addOption(f64, "plant_ghz", config.plant_ghz);
    const module = b.createModule(.{
        .root_source_file = b.path(root),
        .target = target.resolved,
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
    for (targets.shipped_targets) |shipped| {
        const target: Target = .fromTriple(b, shipped.triple);
        const library = addLibrary(b, target, addKernels(b, config, target));
        addFlat(b, step, library.getEmittedBin(), "cross", shipped.folder, library.out_filename);
    }
}

/// Everything native that the package ships, stripped: all for the baseline of each target, and the
/// kernels once more for better processors. The loops of the floor are none of the kernels'.
fn addShipped(b: *Build, config: Config) void {
    const step = b.step("ship", "Build the native parts of the package for every target");
    const only = b.option([]const u8, "ship-only", "One folder of those, as linux-x64-glibc");
    for (targets.shipped_targets) |shipped| {
        if (only) |folder| if (!std.mem.eql(u8, folder, shipped.folder)) continue;
        const target: Target = .fromTriple(b, shipped.triple);
        addKernelParts(b, step, config, target, shipped.folder);
        addPart(b, step, addFloor(b, config, target), shipped.folder, null);
        for (targets.better_cpus) |cpu| {
            const better = Target.withCpu(b, shipped.triple, cpu) orelse continue;
            const folder = b.fmt("{s}/{s}", .{ shipped.folder, cpu.name });
            addKernelParts(b, step, config, better, folder);
        }
    }
}

fn addKernelParts(
    b: *Build,
    step: *Build.Step,
    config: Config,
    target: Target,
    folder: []const u8,
) void {
    const kernels = addKernels(b, config, target);
    kernels.root_module.strip = true;
    addPart(b, step, addLibrary(b, target, kernels), folder, null);
    const addon = addAddon(b, config, target, kernels) orelse return;
    addPart(b, step, addon, folder, addon_name);
}

fn addPart(
    b: *Build,
    step: *Build.Step,
    part: *Build.Step.Compile,
    folder: []const u8,
    name: ?[]const u8,
) void {
    part.root_module.strip = true;
    addFlat(b, step, part.getEmittedBin(), "ship", folder, name orelse part.out_filename);
}

/// Installs a file as zig-out/KIND/FOLDER/NAME.
fn addFlat(
    b: *Build,
    step: *Build.Step,
    file: Build.LazyPath,
    kind: []const u8,
    folder: []const u8,
    name: []const u8,
) void {
    const dir: Build.InstallDir = .{ .custom = b.fmt("{s}/{s}", .{ kind, folder }) };
    step.dependOn(&b.addInstallFileWithDir(file, dir, name).step);
}

/// A library of its own, so that nothing that fails on purpose is ever measured.
fn addFaults(b: *Build, target: Target) void {
    const library = b.addLibrary(.{
        .name = "ffibench_faults",
        .linkage = .dynamic,
        .root_module = b.createModule(.{
            .root_source_file = b.path("zig/faults/lib.zig"),
            .target = target.resolved,
            .optimize = .fast,
            .link_libc = true,
        }),
    });
    const step = b.step("faults", "Build kernels that fail, for tests of what happens then");
    step.dependOn(&b.addInstallArtifact(library, .{}).step);
}
