/** Tests of exact intervals and of the sign test against the binomial distribution of SciPy. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  binomialHalfCdf,
  fewestPairs,
  medianInterval,
  medianRanks,
  medianTimeInterval,
  signTest,
} from '../../src/stats/order_interval.ts';

function assertClose(actual: number, expected: number): void {
  assert.ok(
    Math.abs(actual - expected) <= 1e-9 * Math.abs(expected),
    `${actual} instead of ${expected}`,
  );
}

test('binomialHalfCdf is scipy.stats.binom.cdf(k, n, 0.5) (SciPy 1.17.1)', () => {
  assert.equal(binomialHalfCdf(-1, 5), 0);
  assert.equal(binomialHalfCdf(5, 5), 1);
  assert.equal(binomialHalfCdf(0, 0), 1);
  assertClose(binomialHalfCdf(0, 6), 1 / 64);
  assertClose(binomialHalfCdf(490, 1000), 0.2739863729617383);
  assertClose(binomialHalfCdf(9800, 20000), 0.0023904447279513904);
});

test('medianInterval is null where even minimum and maximum are not enough', () => {
  for (const count of [0, 1, 2, 5]) {
    assert.equal(medianRanks(count), null);
    assert.equal(medianInterval(Array.from({ length: count }, (_, index) => index)), null);
  }
});

test('medianRanks are those of the binomial tables', () => {
  const expected = [
    [6, 1, 6, 0.96875],
    [8, 1, 8, 0.9921875],
    [10, 2, 9, 0.978515625],
    [20, 6, 15, 0.9586105346679688],
    [30, 10, 21, 0.9572260547429323],
    [50, 18, 33, 0.9671608624357315],
  ] as const;
  for (const [count, low, high, coverage] of expected) {
    const ranks = medianRanks(count)!;
    assert.deepEqual([ranks.low, ranks.high], [low, high]);
    assertClose(ranks.coverage, coverage);
  }
});

test('medianInterval lies between two of the values', () => {
  const interval = medianInterval([9, 1, 8, 2, 7, 3, 6, 4, 5, 10])!;
  assert.deepEqual([interval.low, interval.high], [2, 9]);
});

test('medianTimeInterval leaves the highest out as far as 95 % allow (scipy.stats.binom)', () => {
  assert.equal(medianTimeInterval([]), null);
  assert.equal(medianTimeInterval([1, 2, 3, 4, 5]), null);
  const expected = [
    [6, 1, 6, 0.96875],
    [7, 1, 7, 0.984375],
    [8, 1, 7, 0.9609375],
    [11, 2, 9, 0.96142578125],
    [20, 6, 15, 0.9586105346679688],
  ] as const;
  for (const [count, low, high, coverage] of expected) {
    const interval = medianTimeInterval(Array.from({ length: count }, (_, index) => index + 1))!;
    assert.deepEqual([interval.low, interval.high], [low, high]);
    assertClose(interval.coverage, coverage);
  }
});

test('signTest of no differences throws, of one or of zeros alone claims nothing', () => {
  assert.throws(() => signTest([]), RangeError);
  assert.deepEqual(signTest([3]), { median: 3, interval: null, p: 1 });
  assert.equal(signTest([0, 0, 0, 0, 0, 0, 0, 0]).p, 1);
});

test('signTest is scipy.stats.binomtest on the signs (SciPy 1.17.1)', () => {
  const signs = (below: number, of: number) =>
    Array.from({ length: of }, (_, index) => index < below ? -1 - index : 1 + index);
  assertClose(signTest(signs(1, 8)).p, 0.0703125);
  assertClose(signTest(signs(3, 20)).p, 0.0025768280029296875);
  assertClose(signTest(signs(20 - 3, 20)).p, 0.0025768280029296875);
  assertClose(signTest(signs(0, 6)).p, 0.03125);
  assert.equal(signTest(signs(5, 10)).p, 1);
});

test('signTest counts a tie against the side that is claimed', () => {
  assertClose(signTest([0, 1, 2, 3, 4, 5, 6, 7]).p, 0.0703125);
});

test('signTest comes under 5 % exactly where its 95 % interval leaves zero out', () => {
  const samples = [
    [1, 2, 3, 4, 5, 6],
    [0, 2, 3, 4, 5, 6, 7, 8],
    [-1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    [-1, -2, 3, 4, 5, 6, 7, 8, 9, 10],
    [0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  ];
  for (const sample of samples) {
    const { interval, p } = signTest(sample);
    assert.equal(interval!.low > 0, p <= 0.05, JSON.stringify(sample));
  }
});

test('fewestPairs with which a sign test can decide', () => {
  assert.equal(fewestPairs(0.05), 6);
  assert.equal(fewestPairs(0.01), 8);
});
