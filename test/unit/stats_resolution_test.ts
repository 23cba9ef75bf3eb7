/**
 * What a pool of launches resolves: planted differences are found, differences of nothing are
 * not.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seeded } from '../../src/planning/random.ts';
import {
  drawSplits,
  judgeControl,
  shareFound,
  smallestResolved,
} from '../../src/stats/resolution.ts';

/** Costs around `level` with a relative noise of `noise`, uniformly. */
function costs(level: number, noise: number, seed: number, count = 40): number[] {
  const random = seeded(seed);
  return Array.from({ length: count }, () => level * (1 + (random() - 0.5) * 2 * noise));
}

const splitting = () => ({ rounds: 20, splits: 200, random: seeded(7) });

test('twins give no verdict, intervals that hold, and an error below their noise', () => {
  const twins = { a: costs(10, 0.01, 1), b: costs(10, 0.01, 2) };
  const control = judgeControl(drawSplits(twins, splitting(), true));
  assert.equal(control.falseAlarms, 0);
  assert.ok(control.coverage >= 0.95, `${control.coverage}`);
  assert.ok(control.errorMedian < 0.01);
});

test('a slowdown well above the noise is found in every split, one of nothing in none', () => {
  const slow = { a: costs(10, 0.01, 1), b: costs(10.5, 0.01, 2) };
  assert.equal(shareFound(drawSplits(slow, splitting(), false)), 1);
  const same = { a: costs(10, 0.01, 1), b: costs(10, 0.01, 2) };
  assert.equal(shareFound(drawSplits(same, splitting(), true)), 0);
});

test('smallestResolved grows with the noise, and is null where nothing is resolved', () => {
  const resolved = (noise: number) =>
    smallestResolved(
      drawSplits({ a: costs(10, noise, 1), b: costs(10, noise, 2) }, splitting(), true),
    );
  const fine = resolved(0.005)!;
  const coarse = resolved(0.05)!;
  assert.ok(fine < 0.01 && coarse > 3 * fine, `${fine} ${coarse}`);
  const few = { a: costs(10, 0.5, 1, 5), b: costs(10, 0.5, 2, 5) };
  assert.equal(smallestResolved(drawSplits(few, splitting(), true)), null);
});

test('identical costs are resolved to nothing and hold no difference', () => {
  const twins = { a: new Array(30).fill(4), b: new Array(30).fill(4) };
  const splits = drawSplits(twins, splitting(), true);
  assert.equal(judgeControl(splits).falseAlarms, 0);
  assert.ok(smallestResolved(splits)! < 1e-4);
});
