/** Tests of the unpaired comparison against SciPy. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rankSum, rankSumP } from '../../src/stats/rank_sum.ts';

function assertClose(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${actual}`);
}

const a = [5.1, 4.9, 6.2, 5.8, 7.1, 5.5];
const b = [4.2, 4.8, 5.0, 4.1, 5.2, 4.6, 4.4];

test('rankSum of an empty sample throws, of single values claims nothing', () => {
  assert.throws(() => rankSum([], [1]), RangeError);
  assert.throws(() => rankSum([1], []), RangeError);
  assert.deepEqual(rankSum([3], [1]), { shift: 2, interval: null, p: 1 });
  assert.equal(rankSum([1, 1, 1], [1, 1, 1]).p, 1);
});

test("rankSumP is scipy.stats.mannwhitneyu(method='exact') without ties (SciPy 1.17.1)", () => {
  assertClose(rankSumP(a, b), 0.008158508158508158);
  assertClose(rankSumP(b, a), 0.008158508158508158);
  const odd = Array.from({ length: 20 }, (_, index) => 2 * index + 1);
  const even = Array.from({ length: 20 }, (_, index) => 2 * index + 8);
  assertClose(rankSumP(odd, even), 0.0859140199856938);
});

test('rankSumP with ties is the share of all permutations (enumerated with NumPy)', () => {
  assertClose(rankSumP([1, 2, 2, 3, 5, 6], [2, 3, 4, 4, 5, 7, 8]), 0.21794871794871795);
});

test('rankSum shifts by the median difference, between its order statistics', () => {
  const { shift, interval } = rankSum(a, b);
  assertClose(shift, 1);
  assertClose(interval!.low, 0.3);
  assertClose(interval!.high, 2.1);
  assertClose(interval!.coverage, 0.965034965034965);
});

test('rankSum has an interval from four values a side on', () => {
  assert.equal(rankSum([1, 2, 3], [4, 5, 6]).interval, null);
  assertClose(rankSum([1, 2, 3, 4], [5, 6, 7, 8]).interval!.coverage, 0.9714285714285714);
});

test('rankSum of one launch more says nothing else', () => {
  const jitter = (count: number, shift: number) =>
    Array.from({ length: count }, (_, i) => shift + ((i * 7919) % 101) / 100);
  for (const count of [40, 41, 49, 50, 51, 52]) {
    const { p } = rankSum(jitter(count, 0.1), jitter(count, 0));
    const { p: next } = rankSum(jitter(count + 1, 0.1), jitter(count + 1, 0));
    assert.ok(Math.abs(Math.log(next / p)) < 0.5, `${count}: ${p}, then ${next}`);
  }
});

test('rankSum of hundreds of launches stays exact enough and quick', () => {
  const many = Array.from({ length: 300 }, (_, index) => index % 17);
  const shifted = many.map((value) => value + 20);
  const { shift, p } = rankSum(shifted, many);
  assertClose(shift, 20);
  assert.ok(p < 1e-12);
});
