//! The library's description of itself, made at compile time from the functions that it exports.
const std = @import("std");
const builtin = @import("builtin");
const options = @import("build_options");
const exports = @import("exports.zig");

/// The manifest, in JSON.
pub const text: []const u8 = blk: {
    @setEvalBranchQuota(1_000_000);
    break :blk header() ++ "\"symbols\":{" ++ symbols() ++ "}}";
};

fn header() []const u8 {
    return "{\"manifest\":1,\"library\":\"ffibench\"" ++
        ",\"zig\":" ++ quoted(builtin.zig_version_string) ++
        ",\"optimize\":" ++ quoted(optimize_name) ++
        ",\"target\":" ++ quoted(target_name) ++
        ",\"cpu\":" ++ quoted(builtin.cpu.model.name) ++
        ",\"features_native\":" ++ (if (options.features_native) "true" else "false") ++
        ",\"source_hash\":" ++ quoted(options.source_hash) ++
        ",\"planted\":" ++ planted() ++
        ",\"left_out\":[" ++ leftOut() ++ "],";
}

/// The symbols of the table that this build is without, since its target has no threads.
fn leftOut() []const u8 {
    if (builtin.os.tag != .freestanding) return "";
    var list: []const u8 = "";
    for (exports.hosted_meta) |name| list = list ++ separator(list) ++ quoted(name);
    for (exports.families) |family| {
        if (!exports.isHosted(family)) continue;
        for (exports.names(family)) |name| list = list ++ "," ++ quoted(name);
    }
    return list;
}

/// The names that Zig's own documentation and command line have used, which outlive the enum's.
const optimize_name = switch (builtin.mode) {
    .debug => "Debug",
    .safe => "ReleaseSafe",
    .fast => "ReleaseFast",
    .small => "ReleaseSmall",
};

const target_name = @tagName(builtin.cpu.arch) ++ "-" ++ @tagName(builtin.os.tag) ++
    "-" ++ @tagName(builtin.abi);

fn planted() []const u8 {
    if (options.plant_kernels.len == 0) return "null";
    var list: []const u8 = "";
    for (options.plant_kernels) |name| list = list ++ separator(list) ++ quoted(name);
    return "{\"kernels\":[" ++ list ++ "],\"ns\":" ++ number(options.plant_ns) ++
        ",\"percent\":" ++ number(options.plant_percent) ++ "}";
}

fn symbols() []const u8 {
    var list: []const u8 = "";
    for (exports.families ++ .{@import("meta.zig")}) |family| {
        for (exports.names(family)) |name| {
            const signature = signatureOf(@typeInfo(@TypeOf(@field(family, name))).@"fn");
            list = list ++ separator(list) ++ quoted(name) ++ ":" ++ signature;
        }
    }
    return list;
}

fn signatureOf(comptime function: std.builtin.Type.Fn) []const u8 {
    var args: []const u8 = "";
    for (function.param_types) |param| args = args ++ separator(args) ++ wordOf(param.?);
    return "{\"args\":[" ++ args ++ "],\"result\":" ++ wordOf(function.return_type.?) ++ "}";
}

/// The word by which the catalogue's signature table calls a C type.
fn wordOf(comptime T: type) []const u8 {
    return switch (@typeInfo(T)) {
        .void => quoted("void"),
        .bool, .int, .float => scalarOf(T),
        .optional => |optional| switch (@typeInfo(optional.child)) {
            .pointer => wordOf(optional.child),
            else => undescribed(T),
        },
        .pointer => |pointer| pointerOf(T, pointer),
        .@"struct" => |info| structOf(T, info),
        else => undescribed(T),
    };
}

fn scalarOf(comptime T: type) []const u8 {
    return switch (T) {
        bool, i8, u8, i16, u16, i32, u32, i64, u64, f32, f64 => quoted(@typeName(T)),
        else => undescribed(T),
    };
}

fn pointerOf(comptime T: type, comptime pointer: std.builtin.Type.Pointer) []const u8 {
    switch (@typeInfo(pointer.child)) {
        .@"fn" => |function| return "{\"callback\":" ++ signatureOf(function) ++ "}",
        .@"opaque" => return quoted("pointer"),
        else => {},
    }
    if (pointer.size != .many) return undescribed(T);
    if (pointer.sentinel() != null) {
        const is_cstring = pointer.child == u8 and pointer.attrs.@"const";
        return if (is_cstring) quoted("cstring") else undescribed(T);
    }
    const mutable = if (pointer.attrs.@"const") "" else ",\"mutable\":true";
    return "{\"buffer\":" ++ scalarOf(pointer.child) ++ mutable ++ "}";
}

fn structOf(comptime T: type, comptime info: std.builtin.Type.Struct) []const u8 {
    if (info.layout != .@"extern") return undescribed(T);
    var fields: []const u8 = "";
    for (info.field_names, info.field_types) |name, Field| {
        fields = fields ++ separator(fields) ++ quoted(name) ++ ":" ++ scalarOf(Field);
    }
    return "{\"struct\":{" ++ fields ++ "}}";
}

fn undescribed(comptime T: type) noreturn {
    @compileError("the signature table has no word for " ++ @typeName(T));
}

fn separator(list: []const u8) []const u8 {
    return if (list.len == 0) "" else ",";
}

/// Names are identifiers and never need escapes; anything else must not compile.
fn quoted(name: []const u8) []const u8 {
    for (name) |byte| if (byte < ' ' or byte == '"' or byte == '\\') unreachable;
    return "\"" ++ name ++ "\"";
}

fn number(comptime value: f64) []const u8 {
    return std.fmt.comptimePrint("{d}", .{value});
}

const expectEqualStrings = std.testing.expectEqualStrings;

test "wordOf names every kind of C type" {
    const Pair = extern struct { a: f64, b: u8 };
    const Callback = *const fn (i32, ?*anyopaque) callconv(.c) void;
    try expectEqualStrings("\"bool\"", comptime wordOf(bool));
    try expectEqualStrings("\"u64\"", comptime wordOf(u64));
    try expectEqualStrings("\"pointer\"", comptime wordOf(?*anyopaque));
    try expectEqualStrings("\"cstring\"", comptime wordOf(?[*:0]const u8));
    try expectEqualStrings("{\"buffer\":\"u16\"}", comptime wordOf([*]const u16));
    try expectEqualStrings("{\"buffer\":\"f64\",\"mutable\":true}", comptime wordOf(?[*]f64));
    try expectEqualStrings("{\"struct\":{\"a\":\"f64\",\"b\":\"u8\"}}", comptime wordOf(Pair));
    try expectEqualStrings(
        "{\"callback\":{\"args\":[\"i32\",\"pointer\"],\"result\":\"void\"}}",
        comptime wordOf(?Callback),
    );
}

test "the manifest is JSON and names every export" {
    const Value = std.json.Value;
    const parsed = try std.json.parseFromSlice(Value, std.testing.allocator, text, .{});
    defer parsed.deinit();
    const listed = parsed.value.object.get("symbols").?.object;
    var count: usize = 0;
    inline for (exports.families ++ .{@import("meta.zig")}) |family| {
        inline for (comptime exports.names(family)) |name| {
            try std.testing.expect(listed.contains(name));
            count += 1;
        }
    }
    try std.testing.expectEqual(count, listed.count());
}
