/** Where a launch had settled, and which of its batches ran on a free core. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  freeLevelOf,
  isEnough,
  judge,
  leastOf,
  type RecordedBatches,
} from '../../src/analysis/recording.ts';

const ms = 1e6;
const batchNs = 0.25 * ms;
const standard = { freeLevel: 2000, wantedNs: 50 * ms, tierNs: null };

/** A stretch of a launch: its time, how much longer its batches take, and whether it is shared. */
interface Stretch {
  readonly ms: number;
  readonly factor: number;
  readonly shared?: boolean;
}

/** A launch of stretches. A batch does as many calls as take 0.25 ms at a factor of one. */
function launch(...stretches: readonly Stretch[]): RecordedBatches {
  const begins_ns: number[] = [];
  const batches_ns: number[] = [];
  const probes: number[] = [];
  let at = 0;
  for (const { ms: lasting, factor, shared = false } of stretches) {
    for (const end = at + lasting * ms; at < end; at += batchNs * factor) {
      begins_ns.push(at);
      batches_ns.push(batchNs * factor);
      probes.push(...(shared ? [3300, 3400] : [1990, 2010]));
    }
  }
  return { begins_ns, batches_ns, probes };
}

/** When the settled part began, in ms; null where the launch never settled. */
function settledAtMs(recorded: RecordedBatches): number | null {
  const { from } = judge(recorded, standard);
  return from === null ? null : recorded.begins_ns[from]! / ms;
}

/** Two windows and a batch: as near as a step can be told where five windows are smoothed. */
const nearMs = 12;
function assertNear(got: number | null, want: number): void {
  assert.ok(got !== null && Math.abs(got - want) <= nearMs, `settled at ${got} ms, not ${want}`);
}

test('judge finds a flat launch settled from its start', () => {
  assertNear(settledAtMs(launch({ ms: 200, factor: 1 })), 0);
});

test('judge finds where a launch that warms up over several tiers settles', () => {
  const stretches = [{ ms: 30, factor: 20 }, { ms: 60, factor: 5 }, { ms: 100, factor: 1 }];
  assertNear(settledAtMs(launch(...stretches)), 90);
});

test('judge finds no settled part where the last tier came too late', () => {
  assert.equal(settledAtMs(launch({ ms: 180, factor: 5 }, { ms: 30, factor: 1 })), null);
});

test('judge counts a launch that settled late in the tier that its case is known to reach', () => {
  const late = launch({ ms: 75, factor: 15 }, { ms: 36, factor: 1 });
  const judged = (tierNs: number | null) => judge(late, { ...standard, tierNs }).from;
  assert.equal(judged(null), null);
  assert.ok(judged(batchNs) !== null && late.begins_ns[judged(batchNs)!]! >= 70 * ms);
  assert.equal(judged(batchNs / 1.5), null, 'it is not near enough to that tier');
  const tooLate = launch({ ms: 75, factor: 15 }, { ms: 12, factor: 1 });
  assert.equal(judge(tooLate, { ...standard, tierNs: batchNs }).from, null);
});

test('judge finds no settled part where tiers alternate to the end', () => {
  const stretches = Array.from({ length: 12 }, (_, i) => ({ ms: 20, factor: i % 2 === 0 ? 1 : 4 }));
  assert.equal(settledAtMs(launch(...stretches)), null);
});

test('judge keeps a launch settled through a slow window of a shared core', () => {
  const stretches = [
    { ms: 80, factor: 1 },
    { ms: 40, factor: 1.6, shared: true },
    { ms: 80, factor: 1 },
  ];
  assertNear(settledAtMs(launch(...stretches)), 0);
});

test('judge keeps a launch settled through a stall of two windows', () => {
  assertNear(
    settledAtMs(launch({ ms: 60, factor: 1 }, { ms: 10, factor: 30 }, { ms: 100, factor: 1 })),
    0,
  );
});

test('judge leaves out a slow start of few windows', () => {
  const stretches = [{ ms: 30, factor: 40 }, { ms: 100, factor: 1 }];
  assertNear(settledAtMs(launch(...stretches)), 30);
});

test('judge takes the last of two tiers that lie within a factor of two, on a free core', () => {
  assertNear(settledAtMs(launch({ ms: 100, factor: 1.5 }, { ms: 100, factor: 1 })), 100);
});

test('judge takes the slower end of a launch that gets slower for good', () => {
  assertNear(settledAtMs(launch({ ms: 100, factor: 1 }, { ms: 100, factor: 3 })), 100);
});

test('judge calls a batch free whose two probes found the core free', () => {
  const recorded = {
    begins_ns: [0, 1, 2, 3],
    batches_ns: [1, 1, 1, 1],
    probes: [2000, 2090, 2000, 2200, 3000, 2000, 1990, 1990],
  };
  assert.deepEqual(judge(recorded, standard).free, [true, false, false, true]);
  assert.equal(judge({ ...recorded, probes: [] }, standard).free, null);
  assert.equal(judge(recorded, { ...standard, freeLevel: null }).free, null);
});

test('judge accepts a recording without batches', () => {
  const recorded = { begins_ns: [], batches_ns: [], probes: [] };
  assert.deepEqual(judge(recorded, standard), { from: null, free: null });
});

test('freeLevelOf follows the clock of the core, and not a neighbour', () => {
  assert.equal(freeLevelOf([2300, 2200, 3300], 2000), 2200);
  assert.equal(freeLevelOf([3300, 3200], 2000), 2000);
  assert.equal(freeLevelOf([1990, 3200], 2000), 1990);
});

test('judge finds a launch unsettled that stays in a slower tier than its case reaches', () => {
  const slow = launch({ ms: 200, factor: 3 });
  assert.notEqual(judge(slow, { ...standard, tierNs: 0.5 * ms }).from, null);
  assert.equal(judge(slow, { ...standard, tierNs: 0.25 * ms }).from, null);
  const shared = launch({ ms: 200, factor: 3, shared: true });
  assert.notEqual(judge(shared, { ...standard, tierNs: 0.25 * ms }).from, null);
});

test('isEnough asks for ten free batches, or for 20 ms of a few long ones', () => {
  assert.equal(isEnough(10, 1000), true);
  assert.equal(isEnough(9, 0.25 * ms), false);
  assert.equal(isEnough(3, 10 * ms), true);
  assert.equal(isEnough(3, 5 * ms), false);
  assert.equal(isEnough(2, 50 * ms), false);
});

test('leastOf takes more values than an argument list holds', () => {
  assert.equal(leastOf(new Array(500_000).fill(7)), 7);
});

const anyStretch = fc.record({
  ms: fc.integer({ min: 1, max: 120 }),
  factor: fc.double({ min: 0.2, max: 30, noNaN: true }),
  shared: fc.boolean(),
});

test('judge: what is settled is long enough and holds no tier of over twice another', () => {
  fc.assert(fc.property(fc.array(anyStretch, { minLength: 1, maxLength: 6 }), (stretches) => {
    const recorded = launch(...stretches);
    const { from, free } = judge(recorded, standard);
    assert.equal(free!.length, recorded.batches_ns.length);
    const last = recorded.batches_ns.length - 1;
    const end = recorded.begins_ns[last]! + recorded.batches_ns[last]!;
    assert.ok(from === null || end - recorded.begins_ns[from]! >= standard.wantedNs);
  }));
});

test('judge: a settled launch stays settled, and as early, when it goes on as it ended', () => {
  fc.assert(fc.property(fc.array(anyStretch, { minLength: 1, maxLength: 4 }), (stretches) => {
    const last = { ...stretches.at(-1)!, ms: 150 };
    const short = settledAtMs(launch(...stretches.slice(0, -1), last));
    const long = settledAtMs(launch(...stretches.slice(0, -1), { ...last, ms: 400 }));
    assert.ok(short !== null && long !== null);
  }));
});

/** A launch that bench/recording.ts recorded; a batch is its begin, its duration and its probes. */
interface RecordedLaunch {
  readonly launch: string;
  readonly free_level: number;
  readonly batches: readonly (readonly [number, number, number, number])[];
}

const recordedLaunches: RecordedLaunch[] = JSON.parse(
  readFileSync(new URL('../fixtures/recordings.json', import.meta.url), 'utf8'),
);

/**
 * What a recorded launch is judged to be: its settled part, as read off the batches by eye. The
 * known tier is what the case reaches on that machine, in ms per batch.
 */
const readByEye: Record<string, { tierMs: number; fromMs: number | null; untiered?: number }> = {
  'settles late': { tierMs: 0.207, fromMs: 30 },
  'changes tier in the middle': { tierMs: 0.46, fromMs: 134 },
  'gets slower for good': { tierMs: 1.99, fromMs: null, untiered: 494 },
  'stays in a slow tier': { tierMs: 0.207, fromMs: null, untiered: 37 },
  'has a slow window of a shared core': { tierMs: 1.1, fromMs: 70 },
};

for (const { launch: name, free_level: freeLevel, batches } of recordedLaunches) {
  test(`judge finds the settled part of a recorded launch that ${name}`, () => {
    const recorded = {
      begins_ns: batches.map(([begin]) => begin),
      batches_ns: batches.map(([, ns]) => ns),
      probes: batches.flatMap(([, , before, after]) => [before, after]),
    };
    const { tierMs, fromMs, untiered = fromMs } = readByEye[name]!;
    const fromWith = (tierNs: number | null) => {
      const { from } = judge(recorded, { freeLevel, wantedNs: 50 * ms, tierNs });
      return from === null ? null : recorded.begins_ns[from]! / ms;
    };
    if (fromMs === null) assert.equal(fromWith(tierMs * ms), null);
    else assertNear(fromWith(tierMs * ms), fromMs);
    assertNear(fromWith(null), untiered!);
  });
}
