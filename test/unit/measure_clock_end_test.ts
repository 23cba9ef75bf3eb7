// The recording clock ends mitata's loop, whichever reading is the first past the end.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loopLimitNs, recordingClock } from '../../src/measure/clock.ts';

/** mitata's loop in simulated time; returns how many batches it made, at most 100. */
function loop(durationNs: number, batchNs: number, betweenNs: number): number {
  let now = 5;
  const { clock } = recordingClock(() => now, durationNs, null);
  let total = 0;
  for (let batches = 0; batches < 100; batches++) {
    if (batches >= 1 && total >= loopLimitNs) return batches;
    const before = clock();
    now += batchNs;
    total += clock() - before;
    now += betweenNs;
  }
  return 100;
}

test('a loop ends after the batch in which its time is over', () => {
  assert.equal(loop(95, 10, 0), 10);
});

test('a loop ends after the next batch where its time is over between two of them', () => {
  assert.equal(loop(35, 10, 10), 3);
  assert.equal(loop(15, 10, 10), 2);
});
