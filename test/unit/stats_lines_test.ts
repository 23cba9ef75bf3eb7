/** Tests of the Theil–Sen line against SciPy, and of break-even sizes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { breakEven, type SizeRatio } from '../../src/stats/break_even.ts';
import { theilSen } from '../../src/stats/theil_sen.ts';

function assertClose(actual: number | null, expected: number): void {
  assert.ok(
    actual !== null && Math.abs(actual - expected) <= 1e-9 * Math.abs(expected),
    `${actual} instead of ${expected}`,
  );
}

const points = (xs: readonly number[], ys: readonly number[]) =>
  xs.map((x, index) => ({ x, y: ys[index]! }));

test('theilSen is null where no two points differ in x', () => {
  assert.equal(theilSen([]), null);
  assert.equal(theilSen([{ x: 1, y: 2 }]), null);
  assert.equal(theilSen(points([3, 3, 3], [1, 2, 3])), null);
});

test('theilSen of two points is their line, without an interval', () => {
  const line = theilSen(points([1, 3], [10, 14]))!;
  assert.deepEqual(line, {
    slope: 2,
    slopeLow: null,
    slopeHigh: null,
    intercept: 8,
    residualRatio: 0,
  });
});

test("theilSen is scipy.stats.theilslopes(method='joint') (SciPy 1.17.1)", () => {
  const outlier = [2.1, 3.9, 6.2, 8.1, 9.7, 40, 14.2, 15.8, 18.1, 20.3];
  const line = theilSen(points([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], outlier))!;
  assertClose(line.slope, 2.0166666666666666);
  assertClose(line.intercept, 0.05833333333333268);
  assertClose(line.slopeLow, 1.925);
  assertClose(line.slopeHigh, 2.1);
  assert.ok(line.residualRatio < 0.02);
});

test('theilSen corrects its interval for sizes that repeat, as SciPy does', () => {
  const line = theilSen(points(
    [10, 10, 100, 100, 1000, 1000, 10000, 10000],
    [55, 57, 142, 150, 1010, 1090, 9900, 10200],
  ))!;
  assertClose(line.slope, 1);
  assertClose(line.intercept, 46);
  assertClose(line.slopeLow, 0.9644444444444444);
  assertClose(line.slopeHigh, 1.0444444444444445);
});

test('theilSen of thousands of points stays quick and right', () => {
  const many = Array.from({ length: 5000 }, (_, x) => ({ x, y: 7 + 3 * x }));
  assertClose(theilSen(many)!.slope, 3);
});

const at = (size: number, ratio: number, spread = 1.05): SizeRatio => ({
  size,
  ratio,
  low: ratio / spread,
  high: ratio * spread,
});

test('breakEven of no sizes, or of a size of zero, throws', () => {
  assert.throws(() => breakEven([]), RangeError);
  assert.throws(() => breakEven([at(0, 1)]), RangeError);
});

test('breakEven: always, never, not resolved', () => {
  assert.deepEqual(breakEven([at(10, 0.5), at(1000, 0.1)]), { kind: 'always' });
  assert.deepEqual(breakEven([at(10, 5), at(1000, 2)]), { kind: 'never' });
  assert.deepEqual(breakEven([at(10, 1.02), at(1000, 0.99)]), { kind: 'not_resolved' });
  assert.deepEqual(breakEven([at(10, 1)]), { kind: 'not_resolved' });
  assert.deepEqual(breakEven([at(10, 5), at(1000, 0.99)]), { kind: 'not_resolved' });
});

test('breakEven is read off logarithmic axes: from 4 at 10 to 1/4 at 1000 it is 100', () => {
  const found = breakEven([at(1000, 0.25, 2), at(10, 4, 2)]);
  assert.ok(found.kind === 'from');
  assertClose(found.size, 100);
  assertClose(found.low, 10 ** 1.5);
  assertClose(found.high, 10 ** 2.5);
});

test('breakEven: the last crossing counts, and an open end of the interval is null', () => {
  const found = breakEven([at(10, 2), at(100, 0.9), at(1000, 1.5), at(10_000, 0.5)]);
  assert.ok(found.kind === 'from' && found.size > 1000 && found.size < 10_000);
  const open = breakEven([{ size: 10, ratio: 1.5, low: 0.9, high: 2 }, at(1000, 0.5)]);
  assert.ok(open.kind === 'from' && open.low === null && open.high !== null);
});

test('breakEven: faster only while small', () => {
  const found = breakEven([at(10, 0.25), at(1000, 4)]);
  assert.ok(found.kind === 'until');
  assertClose(found.size, 100);
});
