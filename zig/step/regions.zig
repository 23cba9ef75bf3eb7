//! Whose code lies at an address: the executable mappings of this process, as the system lists
//! them. It allocates nothing and calls nothing but the kernel: a signal handler may use it.
const std = @import("std");
const linux = std.os.linux;

/// Whose code it is.
pub const Kind = enum {
    /// In memory without a file, in the large piece that an engine keeps for its own code.
    generated,
    /// In memory without a file, in a small piece: what was written for a call or a callback.
    glue,
    /// In the executable file of the process.
    runtime,
    /// A piece of that file that the engine mapped a second time, beside the code it generates.
    builtins,
    /// In any other file, the libraries under measurement among them.
    file,
    /// In no mapping that the system lists.
    unknown,
};

pub const Region = struct {
    start: u64,
    end: u64,
    kind: Kind,
    /// The file's path, empty where there is none.
    path: []const u8 = "",
    instructions: u64 = 0,
};

/// Mappings at the most; a process of a runtime has about thirty.
const mappings_max = 512;
const path_bytes_max = 1 << 16;
/// Engines take at least this much for their code at a time; glue takes a page or a few.
const engine_bytes_min = 1 << 16;
/// AT_ENTRY of elf.h: the address at which the process began.
const auxiliary_entry = 9;

pub const Regions = struct {
    list: [mappings_max]Region = undefined,
    count: usize = 0,
    /// Index of the region that was found last, which the next address is probably in too.
    last: usize = 0,
    paths: [path_bytes_max]u8 = undefined,
    paths_len: usize = 0,
    /// Instructions in no region.
    unknown: u64 = 0,

    /// Forgets everything and reads the mappings; false where they cannot be read.
    pub fn read(regions: *Regions) bool {
        regions.count = 0;
        regions.last = 0;
        regions.paths_len = 0;
        regions.unknown = 0;
        return regions.update();
    }

    /// Adds the mappings that came since.
    pub fn update(regions: *Regions) bool {
        const opened = linux.open("/proc/self/maps", .{ .ACCMODE = .RDONLY, .CLOEXEC = true }, 0);
        if (linux.errno(opened) != .SUCCESS) return false;
        const file: linux.fd_t = @intCast(opened);
        defer _ = linux.close(file);
        var lines: Lines = .{ .file = file };
        var executable_buffer: [4096]u8 = undefined;
        const executable = ownPath(&executable_buffer);
        var piece: Piece = .{ .first = regions.count };
        while (lines.next()) |line| {
            const mapping = Mapping.read(line, executable) orelse continue;
            regions.follow(&piece, mapping);
        }
        regions.judge(piece);
        return true;
    }

    /// The region of an address, or null.
    pub fn find(regions: *Regions, address: u64) ?*Region {
        if (regions.count == 0) return null;
        const hot = &regions.list[regions.last];
        if (address >= hot.start and address < hot.end) return hot;
        for (regions.list[0..regions.count], 0..) |*region, i| {
            if (address < region.start or address >= region.end) continue;
            regions.last = i;
            return region;
        }
        return null;
    }

    /// Takes the next mapping of the list, and judges the piece before it where that is over.
    fn follow(regions: *Regions, piece: *Piece, mapping: Mapping) void {
        if (!piece.extend(mapping)) {
            regions.judge(piece.*);
            piece.* = .{ .first = regions.count };
            _ = piece.extend(mapping);
        }
        regions.take(mapping);
    }

    fn take(regions: *Regions, mapping: Mapping) void {
        if (regions.count == mappings_max) return;
        const start = mapping.start;
        if (regions.find(start) != null and regions.find(mapping.end - 1) != null) return;
        regions.list[regions.count] = .{
            .start = start,
            .end = mapping.end,
            .kind = mapping.kind,
            .path = if (mapping.kind == .file) regions.keep(mapping.path) else "",
        };
        regions.count += 1;
    }

    /// Tells the engine's code from glue: what lies in a large piece is the engine's.
    fn judge(regions: *Regions, piece: Piece) void {
        if (piece.end - piece.start >= engine_bytes_min) return;
        for (regions.list[piece.first..regions.count]) |*region| {
            if (region.kind == .generated) region.kind = .glue;
        }
    }

    /// The same text in memory that lasts; empty where there is no more.
    fn keep(regions: *Regions, path: []const u8) []const u8 {
        const rest = regions.paths[regions.paths_len..];
        if (path.len > rest.len) return "";
        @memcpy(rest[0..path.len], path);
        regions.paths_len += path.len;
        return rest[0..path.len];
    }
};

/// A mapping that may be executed.
const Mapping = struct {
    start: u64,
    end: u64,
    /// `generated` for all memory without a file, glue among it.
    kind: Kind,
    path: []const u8,

    /// A line of the system's list; null where it is of data, or does not read as a mapping.
    fn read(line: []const u8, executable: []const u8) ?Mapping {
        // 7f…-7f… r-xp 00001000 fe:00 12345      /path of the file
        var words = std.mem.tokenizeScalar(u8, line, ' ');
        const range = words.next() orelse return null;
        const rights = words.next() orelse return null;
        for (0..3) |_| _ = words.next() orelse return null;
        const path = std.mem.trim(u8, words.rest(), " ");
        if (rights.len < 3 or rights[2] != 'x') return null;
        const dash = std.mem.findScalar(u8, range, '-') orelse return null;
        const start = std.fmt.parseInt(u64, range[0..dash], 16) catch return null;
        const end = std.fmt.parseInt(u64, range[dash + 1 ..], 16) catch return null;
        return .{
            .start = start,
            .end = end,
            .kind = kindOf(path, executable, start, end),
            .path = path,
        };
    }
};

/// Mappings of an engine's code that follow each other without a gap: memory without a file, and
/// the built-ins that some engines map into the middle of it. What is only reserved does not join:
/// the system may put glue beside anything.
const Piece = struct {
    /// Index of the first region that may be in it.
    first: usize,
    start: u64 = 0,
    end: u64 = 0,

    /// Takes one more mapping in; false where it does not belong to the piece.
    fn extend(piece: *Piece, mapping: Mapping) bool {
        const is_of_engine = mapping.kind == .generated or mapping.kind == .builtins;
        if (piece.end != 0 and (!is_of_engine or mapping.start != piece.end)) return false;
        if (!is_of_engine) return true;
        if (piece.end == 0) piece.start = mapping.start;
        piece.end = mapping.end;
        return true;
    }
};

/// The kind of a mapping; glue is told from the engine's code afterwards.
fn kindOf(path: []const u8, executable: []const u8, start: u64, end: u64) Kind {
    if (isFile(path)) {
        if (!std.mem.eql(u8, path, executable)) return .file;
        const entry = std.c.getauxval(auxiliary_entry);
        return if (entry >= start and entry < end) .runtime else .builtins;
    }
    // The kernel's own pages, in which the clock is read, are told as a library.
    return if (std.mem.startsWith(u8, path, "[v")) .file else .generated;
}

/// Whether a mapping is of a file: not of memory, which engines may name, or have the system name.
fn isFile(path: []const u8) bool {
    return std.mem.startsWith(u8, path, "/") and !std.mem.startsWith(u8, path, "/memfd:") and
        !std.mem.startsWith(u8, path, "/dev/zero");
}

fn ownPath(buffer: []u8) []const u8 {
    const length = linux.readlink("/proc/self/exe", buffer.ptr, buffer.len);
    return if (linux.errno(length) == .SUCCESS) buffer[0..length] else "";
}

/// The lines of a file, in a buffer of their own.
const Lines = struct {
    file: linux.fd_t,
    buffer: [8192]u8 = undefined,
    start: usize = 0,
    end: usize = 0,

    fn next(lines: *Lines) ?[]const u8 {
        while (true) {
            const rest = lines.buffer[lines.start..lines.end];
            if (std.mem.findScalar(u8, rest, '\n')) |length| {
                lines.start += length + 1;
                return rest[0..length];
            }
            @memmove(lines.buffer[0..rest.len], rest);
            lines.start = 0;
            lines.end = rest.len;
            const room = lines.buffer[lines.end..];
            const count = linux.read(lines.file, room.ptr, room.len);
            if (linux.errno(count) != .SUCCESS or count == 0) return null;
            lines.end += count;
        }
    }
};

test "kindOf tells files from memory" {
    const expectEqual = std.testing.expectEqual;
    try expectEqual(Kind.file, kindOf("/usr/lib/libc.so.6", "/bin/node", 0, 1));
    try expectEqual(Kind.builtins, kindOf("/bin/node", "/bin/node", 0, 1));
    const entry = std.c.getauxval(auxiliary_entry);
    try expectEqual(Kind.runtime, kindOf("/bin/node", "/bin/node", entry, entry + 1));
    try expectEqual(Kind.file, kindOf("[vdso]", "/bin/node", 0, 1));
    for ([_][]const u8{ "", "[anon:v8]", "[heap]", "/memfd:libffi (deleted)" }) |path| {
        try expectEqual(Kind.generated, kindOf(path, "/bin/node", 0, 1));
    }
}

test "an engine's memory is told from glue" {
    var regions: Regions = .{};
    var piece: Piece = .{ .first = 0 };
    for ([_][]const u8{
        "100000-200000 rwxp 00000000 00:00 0",
        "200000-201000 r-xp 00001000 fe:00 7      /bin/node",
        "201000-202000 rwxp 00000000 00:00 0 ",
        "300000-301000 r-xp 00000000 00:00 0 ",
        "301000-400000 ---p 00000000 00:00 0 ",
        "400000-401000 rw-p 00000000 00:00 0 ",
        "500000-501000 r-xp 00000000 fe:00 8      /lib/a.so",
    }) |line| {
        const mapping = Mapping.read(line, "/bin/node") orelse continue;
        regions.follow(&piece, mapping);
    }
    regions.judge(piece);
    const kinds = [_]Kind{ .generated, .builtins, .generated, .glue, .file };
    try std.testing.expectEqual(kinds.len, regions.count);
    for (kinds, regions.list[0..kinds.len]) |kind, region| {
        try std.testing.expectEqual(kind, region.kind);
    }
    try std.testing.expectEqual(Kind.generated, regions.find(0x201fff).?.kind);
    try std.testing.expectEqual(null, regions.find(0x202000));
}

test "read finds this very program" {
    const regions = try std.testing.allocator.create(Regions);
    defer std.testing.allocator.destroy(regions);
    regions.* = .{};
    try std.testing.expect(regions.read());
    const found = regions.find(@intFromPtr(&isFile)) orelse return error.NotFound;
    try std.testing.expectEqual(Kind.runtime, found.kind);
}
