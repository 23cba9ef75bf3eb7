/** Tests of the Theil–Sen line against SciPy, and of break-even sizes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { breakEven, type SizeVerdict } from '../../src/stats/break_even.ts';
import { relativeLine } from '../../src/stats/relative_line.ts';
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

const at = (size: number, verdict: SizeVerdict['verdict']): SizeVerdict => ({ size, verdict });

test('breakEven of no sizes throws', () => {
  assert.throws(() => breakEven([]), RangeError);
});

test('breakEven: always, never, partly, not resolved, not tested', () => {
  const kindOf = (...verdicts: SizeVerdict['verdict'][]) =>
    breakEven(verdicts.map((verdict, index) => at(10 ** (index + 1), verdict))).kind;
  assert.equal(kindOf('faster', 'faster'), 'always');
  assert.equal(kindOf('slower'), 'never');
  assert.equal(kindOf('not_resolved', 'faster'), 'partly');
  assert.equal(kindOf('slower', 'not_tested'), 'partly');
  assert.equal(kindOf('not_resolved', 'not_tested'), 'not_resolved');
  assert.equal(kindOf('not_tested', 'not_tested'), 'not_tested');
  assert.equal(kindOf('slower', 'faster', 'slower'), 'mixed');
});

test('breakEven lies between the sizes that were told apart, whatever lies between them', () => {
  assert.deepEqual(
    breakEven([
      at(10_000, 'faster'),
      at(10, 'slower'),
      at(1000, 'not_resolved'),
      at(100, 'slower'),
    ]),
    { kind: 'from', between: { low: 100, high: 10_000 } },
  );
  assert.deepEqual(
    breakEven([at(10, 'faster'), at(1000, 'slower')]),
    { kind: 'until', between: { low: 10, high: 1000 } },
  );
});

test('relativeLine takes the line that is off by the least shares', () => {
  const { fixed, perUnit, offBy } = relativeLine(points([10, 100, 1000], [60, 150, 1050]))!;
  assert.deepEqual([fixed, perUnit, offBy], [50, 1, 0]);
  // By absolute errors the largest size alone would decide, and the fixed part would be below zero.
  const bent = relativeLine(points([10, 100, 1000], [60, 150, 2000]))!;
  assert.deepEqual([bent.fixed, bent.perUnit], [50, 1]);
  assertClose(bent.offBy, 950 / 2000);
});

test('relativeLine has no negative part, and is null where there is no line', () => {
  const steep = relativeLine(points([1, 2, 4], [1, 8, 64]))!;
  assert.ok(steep.fixed >= 0 && steep.perUnit >= 0);
  assert.ok(steep.offBy > 0.25, `${steep.offBy}`);
  const falling = relativeLine(points([1, 2], [4, 2]))!;
  assert.ok(falling.fixed > 0 && falling.perUnit === 0);
  assert.equal(relativeLine(points([3, 3], [1, 2])), null);
  assert.equal(relativeLine(points([1, 2], [0, 2])), null);
});
