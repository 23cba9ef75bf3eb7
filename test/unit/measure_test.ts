/** The recording clock in simulated time, and the regime that mitata is held to. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchFor } from '../../src/measure/batch.ts';
import { recordingClock } from '../../src/measure/clock.ts';
import { guessBatch, measureBatches } from '../../src/measure/measure.ts';

const ms = 1e6;

/** Runs a loop as mitata does, in simulated time: batches of 0.25 ms, and probes of 2 µs. */
function simulate(batches: number, hasProbe = true) {
  let now = 0;
  let ticks = 2000;
  const probe = () => {
    now += 2000;
    return ticks++;
  };
  const { clock, recording } = recordingClock(() => now, hasProbe ? probe : null);
  for (let batch = 0; batch < batches; batch++) {
    clock();
    now += 0.25 * ms;
    clock();
  }
  return recording();
}

test('recordingClock keeps when each batch began and how long it took, in time order', () => {
  const { beginsNs, batchesNs, probes } = simulate(40, false);
  assert.equal(batchesNs.length, 40);
  assert.ok(batchesNs.every((ns) => ns === 0.25 * ms));
  assert.deepEqual([...beginsNs.slice(0, 3)], [0, 0.25 * ms, 0.5 * ms]);
  assert.equal(probes.length, 0);
});

test('recordingClock probes before and after each batch, outside of its time', () => {
  const { beginsNs, batchesNs, probes } = simulate(40);
  assert.ok(batchesNs.every((ns) => ns === 0.25 * ms));
  assert.equal(probes.length, 2 * batchesNs.length);
  assert.deepEqual([...probes.slice(0, 4)], [2000, 2001, 2002, 2003]);
  assert.equal(beginsNs[0], 2000, 'the first batch begins after the first probe');
});

test('measureBatches ends when its batches have lasted as long as was set', async () => {
  const { beginsNs, batchesNs } = await measureBatches(() => {}, {
    callsPerBatch: 4096,
    durationNs: 3 * ms,
    probe: () => 1,
  });
  const beforeLast = batchesNs.slice(0, -1).reduce((sum, ns) => sum + ns, 0);
  assert.ok(beforeLast < 3 * ms, 'another batch is begun only while time is left');
  assert.ok(beginsNs.at(-1)! + batchesNs.at(-1)! >= 3 * ms);
});

test('batchFor is a power of two near the target, and at least one', () => {
  assert.equal(batchFor(1, 250_000), 2 ** 18);
  assert.equal(batchFor(250_000, 250_000), 1);
  assert.equal(batchFor(1e9, 250_000), 1);
  assert.equal(batchFor(100, 250_000), 2048);
});

test('measureBatches keeps mitata to the regime and counts every call that it makes', async () => {
  let calls = 0;
  const found = await measureBatches(() => calls++, {
    callsPerBatch: 1024,
    durationNs: 2 * ms,
    probe: null,
  });
  assert.equal(found.bodyCalls, calls);
  assert.ok(found.batchesNs.length >= 1);
  assert.equal(found.allocatedBytes, null);
});

test('measureBatches reads the allocation counter before the loop and after it', async () => {
  const readings = [100, 5100];
  let calls = 0;
  const found = await measureBatches(() => calls++, {
    callsPerBatch: 1000,
    durationNs: 1 * ms,
    probe: () => 1,
    allocated: () => readings.shift()!,
  });
  assert.equal(found.allocatedBytes, 5000);
  assert.deepEqual(readings, []);
});

test('measureBatches awaits bodies that return promises', async () => {
  let pending = 0;
  let most = 0;
  const body = async () => {
    pending++;
    most = Math.max(most, pending);
    await null;
    pending--;
  };
  await measureBatches(body, { callsPerBatch: 64, durationNs: 2 * ms, probe: null });
  assert.equal(most, 1);
});

test('guessBatch returns a power of two of calls', async () => {
  const calls = await guessBatch(() => {}, 250_000);
  assert.ok(Number.isInteger(Math.log2(calls)));
});
