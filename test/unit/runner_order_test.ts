/** The order of launches: balanced, and the same for a seed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roundOrder, williamsRows } from '../../src/planning/order.ts';
import { hash32, seeded, shuffled } from '../../src/planning/random.ts';

for (const n of [1, 2, 3, 4, 5, 6, 9]) {
  test(`williamsRows of ${n} gives every item every place and successor equally often`, () => {
    const rows = williamsRows(n);
    const places = new Map<string, number>();
    const successors = new Map<string, number>();
    const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
    for (const row of rows) {
      assert.deepEqual(row.toSorted((a, b) => a - b), Array.from({ length: n }, (_, i) => i));
      row.forEach((item, place) => {
        count(places, `${item} at ${place}`);
        if (place > 0) count(successors, `${row[place - 1]} then ${item}`);
      });
    }
    assert.equal(places.size, n * n);
    assert.equal(new Set(places.values()).size, 1);
    assert.equal(successors.size, n * (n - 1));
    assert.ok(new Set(successors.values()).size <= 1);
  });
}

test('roundOrder is the same for a seed, another for another, and holds every arm', () => {
  const arms = ['deno.ffi', 'bun.ffi', 'node.ffi', 'deno.plain'];
  const rounds = (seed: number) =>
    Array.from({ length: 8 }, (_, round) => roundOrder(seed, 'call.noop', arms, round));
  assert.deepEqual(rounds(1), rounds(1));
  assert.notDeepEqual(rounds(1), rounds(2));
  for (const order of rounds(3)) assert.deepEqual(order.toSorted(), arms.toSorted());
  assert.deepEqual(roundOrder(1, 'call.noop', [], 0), []);
});

for (const n of [2, 3, 4, 5, 6, 7, 9, 11]) {
  test(`roundOrder of ${n} arms is balanced after every round, not only at the end`, () => {
    const arms = Array.from({ length: n }, (_, i) => `arm ${i}`);
    for (const seed of [1, 2, 3]) {
      const places = arms.map(() => arms.map(() => 0));
      for (let round = 0; round < 4 * n; round++) {
        roundOrder(seed, 'call.noop', arms, round)
          .forEach((arm, place) => places[arms.indexOf(arm)]![place]!++);
        const counts = places.flat();
        const spread = Math.max(...counts) - Math.min(...counts);
        assert.ok(spread <= 1, `seed ${seed}, after round ${round}: ${spread}`);
      }
    }
  });
}

test('seeded gives the published first numbers of mulberry32', () => {
  // From the reference implementation in C by Tommy Ettinger, seed 0.
  const random = seeded(0);
  assert.deepEqual([random(), random(), random()].map((x) => Math.floor(x * 2 ** 32)), [
    1144304738,
    1416247,
    958946056,
  ]);
});

test('shuffled keeps every item, and hash32 is FNV-1a', () => {
  assert.deepEqual(shuffled([1, 2, 3, 4], seeded(5)).toSorted(), [1, 2, 3, 4]);
  // Published test vectors of FNV-1a, 32 bits.
  assert.equal(hash32(''), 0x811c9dc5);
  assert.equal(hash32('a'), 0xe40c292c);
  assert.equal(hash32('foobar'), 0xbf9cf968);
});
