/** The recording clock and the warm-up that it follows, with simulated time. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchFor } from '../../src/measure/batch.ts';
import { type Budget, recordingClock } from '../../src/measure/clock.ts';
import { calibrate, measureBatches } from '../../src/measure/measure.ts';
import { followWarmUp, windowNs } from '../../src/measure/steady.ts';

const ms = 1e6;
const budget: Budget = {
  warmUp: { minNs: 50 * ms, minCalls: 100, slowNs: 50 * ms, maxNs: 400 * ms },
  measureNs: 40 * ms,
  minBatches: 12,
};

/** Runs mitata's loop in simulated time: every batch lasts what `duration` says. */
function simulate(duration: (elapsedNs: number) => number, calls = 1000) {
  let now = 0;
  const { clock, recording } = recordingClock(() => now, calls, budget);
  for (let batch = 0; batch < 1e6; batch++) {
    clock();
    now += duration(now);
    if (clock() === Infinity) return recording();
  }
  throw new Error('The loop was not ended.');
}

test('recordingClock warms up for its least time and then measures', () => {
  const found = simulate(() => 0.25 * ms);
  assert.equal(found.warmUp.steady, true);
  assert.ok(found.warmUp.elapsedNs >= 50 * ms && found.warmUp.elapsedNs <= 60 * ms);
  assert.equal(found.warmUp.calls, (found.warmUp.elapsedNs / (0.25 * ms)) * 1000);
  assert.ok(Math.abs(found.batchesNs.length - 160) <= 1);
  assert.equal(found.totalBatches, found.batchesNs.length + found.warmUp.calls / 1000);
});

test('recordingClock goes on warming up while windows disagree, up to its cap', () => {
  const found = simulate((elapsed) => (0.25 + elapsed / (400 * ms)) * ms);
  assert.equal(found.warmUp.steady, false);
  assert.ok(found.warmUp.elapsedNs >= 400 * ms);
});

test('recordingClock starts anew when the steady part was still getting faster', () => {
  const found = simulate((elapsed) => elapsed < 80 * ms ? 0.5 * ms : 0.25 * ms);
  assert.ok(found.warmUp.elapsedNs > 80 * ms, `${found.warmUp.elapsedNs}`);
  assert.ok(found.batchesNs.every((ns) => ns === 0.25 * ms));
});

test('recordingClock takes at least its least number of batches, however long they last', () => {
  assert.equal(simulate(() => 30 * ms, 1).batchesNs.length, 12);
});

test('recordingClock counts what the engine allocated in the steady part only', () => {
  let now = 0;
  let allocated = 0;
  const { clock, recording } = recordingClock(() => now, 100, budget, () => allocated);
  for (let end = false; !end;) {
    clock();
    now += 0.25 * ms;
    allocated += 100 * 40;
    end = clock() === Infinity;
  }
  const { allocatedBytes, batchesNs } = recording();
  assert.equal(allocatedBytes, batchesNs.length * 100 * 40);
});

test('followWarmUp does not take a plateau before the least number of calls for steady', () => {
  const warmUp = followWarmUp({
    minNs: 30 * ms,
    minCalls: 1000,
    slowNs: 120 * ms,
    maxNs: 1000 * ms,
  });
  let over = false;
  for (let i = 0; i < 30; i++) over ||= warmUp.add(windowNs / 3, 10);
  assert.equal(over, false);
});

/** How long a warm-up lasts whose windows have these durations of a call, in windows. */
function windowsUntilSteady(perCallNs: readonly number[], minNs = 4 * windowNs): number {
  const warmUp = followWarmUp({ minNs, minCalls: 1, slowNs: 4 * minNs, maxNs: 100 * windowNs });
  for (const [index, one] of perCallNs.entries()) {
    for (let batch = 0; batch < 3; batch++) {
      if (warmUp.add(windowNs / 3 + 1, windowNs / 3 / one)) return index + 1;
    }
  }
  return Infinity;
}

test('followWarmUp waits for windows that still get faster', () => {
  assert.equal(windowsUntilSteady([90, 80, 70, 60, 50, 40, 40, 40, 40]), 8);
});

test('followWarmUp ends on a machine that does not hold still once nothing new comes', () => {
  assert.equal(windowsUntilSteady([40, 70, 55, 60, 41, 70]), 5);
  assert.equal(windowsUntilSteady([40, 70, 55, 60, 70]), Infinity, 'it has not come back');
});

test('followWarmUp gives slow calls the time of their own', () => {
  assert.equal(windowsUntilSteady(new Array(20).fill(4000)), 4);
  assert.equal(windowsUntilSteady(new Array(20).fill(6000)), 16);
});

test('batchFor is a power of two near the target, and at least one', () => {
  assert.equal(batchFor(1, 250_000), 2 ** 18);
  assert.equal(batchFor(250_000, 250_000), 1);
  assert.equal(batchFor(1e9, 250_000), 1);
  assert.equal(batchFor(100, 250_000), 2048);
});

test('measureBatches keeps mitata to the regime and counts every call that it makes', async () => {
  let calls = 0;
  const quick = {
    warmUp: { minNs: 1 * ms, minCalls: 1, slowNs: 1 * ms, maxNs: 30 * ms },
    measureNs: 1 * ms,
    minBatches: 3,
  };
  const found = await measureBatches(() => calls++, 1024, quick);
  assert.equal(found.bodyCalls, calls);
  assert.ok(found.batchesNs.length >= 3);
  assert.equal(found.callsPerBatch, 1024);
});

test('measureBatches awaits bodies that answer promises', async () => {
  let pending = 0;
  let most = 0;
  const body = async () => {
    pending++;
    most = Math.max(most, pending);
    await null;
    pending--;
  };
  const quick = {
    warmUp: { minNs: 1 * ms, minCalls: 1, slowNs: 1 * ms, maxNs: 30 * ms },
    measureNs: 1 * ms,
    minBatches: 3,
  };
  await measureBatches(body, 64, quick);
  assert.equal(most, 1);
});

test('calibrate answers a power of two of calls', async () => {
  const calls = await calibrate(() => {}, 250_000);
  assert.ok(Number.isInteger(Math.log2(calls)));
});
