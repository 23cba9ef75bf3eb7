//! Walks a loop through calls that settle and are then stepped: before each batch the loop asks how
//! many turns it has, and after it says that it is over. All that is decided is decided here, from
//! what was counted, so that the loop is one and the same from its first batch to its last.
const std = @import("std");
const stepping = @import("../step.zig");

/// What the loop and the library share; the text follows: what `end` in step.zig writes for each
/// stretch, in lines. Its layout is part of the library's interface (src/worker/step.ts).
pub const Walk = extern struct {
    // What the loop asks for.
    /// Turns of a batch that is not stepped.
    batch_turns: u32,
    /// Such batches before anything is stepped, and after the first stretch: an engine may compile
    /// once more when its code is stepped for the first time.
    settling: u32,
    settling_again: u32,
    /// Processor time for all stretches together, in ns.
    most_ns: u32,
    // What it is told.
    /// Turns of the shorter stretches, every other one; those between have twice as many.
    turns: u32,
    /// Stretches in the text, and its bytes.
    stretches: u32,
    length: u32,
    /// The first problem, after which the walk is over; 0 while there is none.
    code: i32,
    /// Turns of all batches.
    made: u64,
    // How far it is.
    batches: u64,
    /// Turns of the batch that goes on; 0 between two.
    current: u32,
    is_stepped: u32,
    /// Time and instructions of all stretches so far.
    spent_ns: u64,
    stepped: u64,
    /// Instructions of the last stretches, the latest first.
    last: [kept]u64,

    /// The turns of the next batch, which begins now; 0 where the walk is over.
    fn enter(walk: *align(1) Walk) i32 {
        if (walk.code != 0) return 0;
        const first = walk.settling;
        const again = first + 1 + @as(u64, walk.settling_again);
        walk.is_stepped = @intFromBool(walk.batches == first or walk.batches >= again);
        walk.current = if (walk.is_stepped == 0)
            walk.batch_turns
        else if (walk.batches == first)
            1
        else
            walk.turnsOfStretch() orelse return 0;
        walk.batches += 1;
        walk.made += walk.current;
        if (walk.is_stepped == 0) return @intCast(walk.current);
        const left = walk.most_ns -| walk.spent_ns;
        const most = if (walk.batches - 1 == first) left / first_share else left;
        const turns: i32 = @intCast(walk.current);
        walk.code = stepping.beginFor(most);
        if (walk.code == 0) return turns;
        walk.current = 0;
        return 0;
    }

    /// Turns of the next stretch; null where enough agree, or there is no time for it.
    fn turnsOfStretch(walk: *align(1) Walk) ?u32 {
        if (walk.turns == 0) walk.turns = 1;
        const done = walk.stretches;
        if (done >= stretches_most or (done >= wanted and walk.isAgreed())) return null;
        const is_longer = done % 2 == 1;
        // As many as the stretch before the last one had; the first two are known by the trial.
        const alike = if (done >= 2) walk.last[1] else walk.last[0] * (1 + done);
        if (walk.spent_ns + walk.timeOf(alike) > walk.most_ns) {
            if (done < 2) walk.code = stepping.Problem.limit.code();
            return null;
        }
        return if (is_longer) 2 * walk.turns else walk.turns;
    }

    /// Time that so many instructions take, in ns, by those that were stepped.
    fn timeOf(walk: *align(1) const Walk, instructions: u64) u64 {
        return instructions *| walk.spent_ns / @max(1, walk.stepped);
    }

    /// Whether every other one of the last stretches executed the same.
    fn isAgreed(walk: *align(1) const Walk) bool {
        for (walk.last[0 .. wanted - 2], walk.last[2..wanted]) |late, early| {
            if (late != early) return false;
        }
        return true;
    }

    /// Ends the batch that goes on.
    fn leave(walk: *align(1) Walk, text: []u8) void {
        if (walk.is_stepped == 0) {
            walk.current = 0;
            return;
        }
        var buffer: [stepping.length_max]u8 = undefined;
        const length = stepping.end(&buffer);
        walk.current = 0;
        if (length < 0) {
            walk.code = length;
            return;
        }
        walk.take(stepping.spent(), buffer[0..@intCast(length)], text);
    }

    /// Takes a stretch that is over into account.
    fn take(walk: *align(1) Walk, spent: stepping.Spent, line: []const u8, text: []u8) void {
        walk.spent_ns += spent.ns;
        walk.stepped += spent.instructions;
        var last = walk.last;
        std.mem.copyBackwards(u64, last[1..], last[0 .. kept - 1]);
        last[0] = spent.instructions;
        walk.last = last;
        if (spent.is_cut) {
            walk.code = stepping.Problem.limit.code();
            return;
        }
        // What the first stretch counted is for nothing but the time of those that follow.
        if (walk.batches == @as(u64, walk.settling) + 1) return;
        const rest = text[@min(walk.length, text.len)..];
        if (rest.len < line.len + 1) {
            walk.code = stepping.Problem.no_room.code();
            return;
        }
        @memcpy(rest[0..line.len], line);
        rest[line.len] = '\n';
        walk.length += @intCast(line.len + 1);
        walk.stretches += 1;
        if (walk.stretches == 2 and walk.turns == 1) walk.lengthen();
    }

    /// Begins anew with longer stretches where one of a turn is short.
    fn lengthen(walk: *align(1) Walk) void {
        const one_turn = @max(1, walk.last[0] -| walk.last[1]);
        const turns = (instructions_wanted + one_turn / 2) / one_turn;
        if (turns < 2) return;
        walk.turns = @intCast(turns);
        walk.stretches = 0;
        walk.length = 0;
        // The trial of these is known from the two before.
        var last = walk.last;
        last[0] = last[1] + one_turn * turns;
        walk.last = last;
    }
};

/// Stretches that must agree, every other one with the next but one: three pairs.
const wanted = 6;
const kept = wanted;
/// Stretches at the most, where they do not.
const stretches_most = 16;
/// Instructions of calls in a shorter stretch that are enough.
const instructions_wanted = 1000;
/// Of the time for all, what the first stretch may take: those that follow have one turn and two,
/// twice each at the least.
const first_share = 7;

/// One function for both ends of a batch, so that a loop calls the same before and after each:
/// returns the turns of the batch that begins, 0 where none does or where one was ended.
pub fn next(target: []u8) i32 {
    if (target.len < @sizeOf(Walk)) return 0;
    const walk: *align(1) Walk = @ptrCast(target.ptr);
    if (walk.current == 0) return walk.enter();
    walk.leave(target[@sizeOf(Walk)..]);
    return 0;
}
