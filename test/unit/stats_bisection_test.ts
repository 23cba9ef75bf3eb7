/** Tests of halving, over lists with planted changes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bisect } from '../../src/stats/bisection.ts';

/** Values by place, looked at one by one. */
function looking(values: readonly (number | null)[]) {
  return bisect(values.length, (index) => Promise.resolve(values[index]!));
}

test('a change is found in as many looks as halving takes', async () => {
  const values = Array.from({ length: 64 }, (_, i) => i < 37 ? 80 : 199);
  const found = await looking(values);
  assert.equal(found!.before.index, 36);
  assert.equal(found!.after.index, 37);
  assert.ok(found!.looked.length <= 2 + 6, String(found!.looked.length));
});

test('small changes on the way do not hide the large one', async () => {
  const found = await looking([80, 78, 81, 80, 187, 190, 199]);
  assert.equal(found!.after.index, 4);
});

test('places that give nothing are stepped over, and told of', async () => {
  const found = await looking([80, 80, null, null, 199, 199]);
  assert.equal(found!.before.index, 1);
  assert.equal(found!.after.index, 4);
  assert.deepEqual(found!.between, [2, 3]);
});

test('equal ends, and an end that gives nothing, are no change', async () => {
  assert.equal(await looking([5, 9, 5]), null);
  assert.equal(await looking([null, 9, 5]), null);
});

test('wherever one change lies, it is found', async () => {
  const property = fc.asyncProperty(
    fc.integer({ min: 2, max: 60 }),
    fc.nat(),
    async (count, at) => {
      const change = 1 + at % (count - 1);
      const values = Array.from({ length: count }, (_, i) => i < change ? 10 : 11);
      const found = await looking(values);
      assert.equal(found!.after.index, change);
    },
  );
  await fc.assert(property);
});
