/** Tests of quantiles against NumPy's. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ascending, median, quantile } from '../../src/stats/quantiles.ts';

test('quantile of no values or of something that is no number throws', () => {
  assert.throws(() => quantile([], 0.5), RangeError);
  assert.throws(() => median([]), RangeError);
  assert.throws(() => quantile([1, NaN], 0.5), /NaN/);
  assert.throws(() => quantile([1], 1.1), /1\.1/);
  assert.throws(() => quantile([1], NaN), RangeError);
});

test('quantile of one value is that value at every level', () => {
  assert.deepEqual([0, 0.3, 1].map((level) => quantile([7], level)), [7, 7, 7]);
});

test('quantile is of type 7, as numpy.quantile (NumPy 2.4.6)', () => {
  const values = [15, 20, 35, 40, 50, 1.5, 7.25];
  const expected = [1.5, 3.225, 4.95, 11.125, 17, 20, 44, 50];
  const levels = [0, 0.05, 0.1, 0.25, 0.4, 0.5, 0.9, 1];
  for (const [index, level] of levels.entries()) {
    assert.ok(Math.abs(quantile(values, level) - expected[index]!) < 1e-12, `level ${level}`);
  }
});

test('quantile sorts numbers, not their text, and leaves the sample as it was', () => {
  const values = [10, 9, 100];
  assert.deepEqual(ascending(values), [9, 10, 100]);
  assert.equal(median(values), 10);
  assert.deepEqual(values, [10, 9, 100]);
});

test('median of an even number of values is the mean of the middle two', () => {
  assert.equal(median([4, 1, 3, 2]), 2.5);
});
