/** Tests of the table of estimators. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  costEstimators,
  estimators,
  logRatios,
  lowerModeMedian,
  pickQuantile,
} from '../../src/stats/estimators.ts';

test('pickQuantile takes the place of the name, and refuses a launch without it', () => {
  const launch = { quantiles_ns: [0, 5, 10, 25, 50, 75, 90, 95, 100] };
  assert.deepEqual(pickQuantile([launch, launch], 'p10'), [10, 10]);
  assert.deepEqual(pickQuantile([launch], 'p100'), [100]);
  assert.throws(() => pickQuantile([{ quantiles_ns: [1] }], 'p10'), /p10/);
  assert.deepEqual(pickQuantile([], 'p10'), []);
});

test('the estimator of documents is the median of free batches and stands first', () => {
  assert.equal(estimators[0], costEstimators.free_median);
  assert.deepEqual([estimators[0]!.batches, estimators[0]!.quantile], ['free', 'p50']);
  assert.deepEqual([costEstimators.p10.batches, costEstimators.p10.quantile], ['all', 'p10']);
  assert.equal(costEstimators.free_median.across([3, 1, 2]), 2);
});

test('logRatios leave out rounds without a ratio', () => {
  assert.deepEqual(logRatios([]), []);
  assert.deepEqual(logRatios([[0, 1], [1, 0]]), []);
  assert.deepEqual(logRatios([[2, 2], [0, 3]]), [0]);
});

test('logRatios leave out rounds with a slow launch only where asked', () => {
  const pairs = [[4, 2], [4, 2], [80, 2], [4, 9]] as const;
  assert.equal(logRatios(pairs).length, 4);
  assert.deepEqual(logRatios(pairs, true), [Math.log(2), Math.log(2)]);
});

test('lowerModeMedian ignores slow launches', () => {
  assert.equal(lowerModeMedian([4, 4.1, 4.2, 80, 90, 100, 110]), 4.1);
});
