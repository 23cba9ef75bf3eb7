// Kernels that loop are called from a place that has called other functions before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apart, apartWhereLong, leastApart } from '../../src/catalogue/twins/apart.ts';

test('apart leaves a kernel of few steps as it is', () => {
  const kernel = (x: number) => x;
  assert.equal(apart(leastApart - 1, kernel), kernel);
  assert.notEqual(apart(leastApart, kernel), kernel);
});

test('apart hands on every argument and the answer, and calls nothing beforehand', () => {
  const seen: unknown[][] = [];
  const call = apart(leastApart, (a: number, b: number, c: number, d: number, e: number) => {
    seen.push([a, b, c, d, e]);
    return a + e;
  });
  assert.deepEqual(seen, []);
  assert.equal(call(1, 2, 3, 4, 5), 6);
  assert.deepEqual(seen, [[1, 2, 3, 4, 5]]);
});

test('kernels that are apart do not take each other’s calls', () => {
  const [one, two] = [apart(leastApart, () => 1), apart(leastApart, () => 2)];
  assert.deepEqual([one(), two(), one()], [1, 2, 1]);
});

test('apartWhereLong returns the same for few steps and for many', () => {
  const double = apartWhereLong((input: number, steps: number) => input + steps);
  assert.equal(double(1, 2), 3);
  assert.equal(double(1, leastApart), leastApart + 1);
});
