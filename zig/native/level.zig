//! Which of the x86-64 levels the processor has: the package ships a build for each.
const builtin = @import("builtin");

/// Name of the best level that is shipped, as Zig names the processor; null for the baseline.
pub fn best() ?[]const u8 {
    return if (builtin.cpu.arch == .x86_64 and hasV3()) "x86_64_v3" else null;
}

/// Bits of CPUID that x86-64-v3 asks for, by the psABI, section 3.1.1.
const leaf1_ecx = bits(&.{ 0, 9, 12, 13, 19, 20, 22, 23, 27, 28, 29 });
const leaf7_ebx = bits(&.{ 3, 5, 8 });
const extended1_ecx = bits(&.{ 0, 5 });
/// The system keeps the registers of SSE and AVX when it switches threads.
const kept_state = bits(&.{ 1, 2 });

fn hasV3() bool {
    if (cpuid(0)[0] < 7 or cpuid(0x8000_0000)[0] < 0x8000_0001) return false;
    return has(cpuid(1)[2], leaf1_ecx) and has(cpuid(7)[1], leaf7_ebx) and
        has(cpuid(0x8000_0001)[2], extended1_ecx) and has(keptState(), kept_state);
}

fn has(word: u32, wanted: u32) bool {
    return word & wanted == wanted;
}

fn bits(comptime places: []const u5) u32 {
    var word: u32 = 0;
    for (places) |place| word |= 1 << place;
    return word;
}

/// eax, ebx, ecx and edx of a leaf.
fn cpuid(leaf: u32) [4]u32 {
    var eax: u32 = undefined;
    var ebx: u32 = undefined;
    var ecx: u32 = undefined;
    var edx: u32 = undefined;
    asm volatile ("cpuid"
        : [eax] "={eax}" (eax),
          [ebx] "={ebx}" (ebx),
          [ecx] "={ecx}" (ecx),
          [edx] "={edx}" (edx),
        : [leaf] "{eax}" (leaf),
          [subleaf] "{ecx}" (0),
    );
    return .{ eax, ebx, ecx, edx };
}

/// The low half of XCR0. Only to be asked where CPUID says that it may be.
fn keptState() u32 {
    return asm volatile ("xgetbv"
        : [eax] "={eax}" (-> u32),
        : [register] "{ecx}" (0),
        : .{ .edx = true });
}
