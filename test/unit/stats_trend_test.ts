/** Tests of the classification of traces, with planted shapes and seeded noise. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classifyTrace, segmentTrace } from '../../src/stats/trend.ts';

/** A trace of levels [points, level] with noise of ± the given share, from a fixed seed. */
function trace(levels: readonly (readonly [number, number])[], noise = 0.01, seed = 1): number[] {
  let state = seed;
  return levels.flatMap(([points, level]) =>
    Array.from({ length: points }, () => {
      state = (state * 48271) % 2147483647;
      return level * (1 + noise * (2 * state / 2147483647 - 1));
    })
  );
}

test('classifyTrace of nothing, or of a handful of points, is flat', () => {
  assert.equal(classifyTrace([]), 'flat');
  assert.equal(classifyTrace([5]), 'flat');
  assert.equal(classifyTrace([5, 1, 9, 2, 7]), 'flat');
  assert.equal(classifyTrace(Array.from({ length: 32 }, () => 0)), 'flat');
});

test('classifyTrace names planted shapes, whatever the noise', () => {
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    for (const noise of [0, 0.005, 0.02]) {
      const named = (levels: readonly (readonly [number, number])[]) =>
        classifyTrace(trace(levels, noise, seed));
      assert.equal(named([[32, 4.2]]), 'flat');
      assert.equal(named([[6, 80], [26, 4.2]]), 'warmed');
      assert.equal(named([[4, 80], [5, 20], [23, 4.2]]), 'warmed');
      assert.equal(named([[16, 4.2], [16, 6.3]]), 'slowing');
      assert.equal(named([[5, 9], [10, 4.2], [17, 6.3]]), 'slowing');
      assert.equal(named([[28, 4.2], [4, 6.3]]), 'not_steady');
    }
  }
});

test('classifyTrace: an isolated spike changes nothing', () => {
  const spiked = trace([[32, 4.2]]);
  spiked[7] = 400;
  spiked[20] = 60;
  spiked[21] = 60;
  spiked[31] = 90;
  assert.equal(classifyTrace(spiked), 'flat');
  const warmed = trace([[8, 20], [24, 4.2]]);
  warmed[15] = 300;
  assert.equal(classifyTrace(warmed), 'warmed');
});

test('classifyTrace: a step under 5 % is no step, noise over a quarter is not steady', () => {
  assert.equal(classifyTrace(trace([[16, 100], [16, 103]], 0.002)), 'flat');
  assert.equal(classifyTrace(trace([[32, 100]], 0.8)), 'not_steady');
});

test('classifyTrace: a steady climb is not flat', () => {
  const climb = Array.from({ length: 32 }, (_, index) => 10 + index);
  assert.ok(['slowing', 'not_steady'].includes(classifyTrace(climb)));
});

test('segmentTrace finds where the level changes', () => {
  assert.deepEqual(
    segmentTrace([...Array(8).fill(20), ...Array(24).fill(5)]),
    [{ start: 0, end: 8, level: 20 }, { start: 8, end: 32, level: 5 }],
  );
});
