//! SHA-256 (FIPS 180-4). The standard library uses the SHA instructions where the target has them.
const std = @import("std");
const entry = @import("../entry.zig");
const reduce = @import("../reduce.zig");
const Sha256 = std.crypto.hash.sha2.Sha256;

/// Writes 32 bytes to `digest`.
pub fn sha256(data: ?[*]const u8, length: u32, digest: ?[*]u8) callconv(.c) void {
    entry.enter("sha256");
    const target = digest orelse return;
    const bytes = reduce.slice(u8, data, length);
    if (comptime entry.isPlanted("sha256")) {
        const again = entry.repeated("sha256", @intCast(bytes.len));
        Sha256.hash(bytes[0..again], target[0..Sha256.digest_length], .{});
        std.mem.doNotOptimizeAway(target);
    }
    Sha256.hash(bytes, target[0..Sha256.digest_length], .{});
}

fn expectDigest(comptime hex: []const u8, text: []const u8) !void {
    var digest: [32]u8 = undefined;
    var expected: [32]u8 = undefined;
    sha256(text.ptr, @intCast(text.len), &digest);
    _ = try std.fmt.hexToBytes(&expected, hex);
    try std.testing.expectEqualSlices(u8, &expected, &digest);
}

test "sha256 gives the values of FIPS 180" {
    try expectDigest("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "");
    try expectDigest("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "abc");
    try expectDigest(
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
    );
    const million = try std.testing.allocator.alloc(u8, 1_000_000);
    defer std.testing.allocator.free(million);
    @memset(million, 'a');
    try expectDigest("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", million);
}
