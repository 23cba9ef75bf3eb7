/** The order of arms in a round, balanced so that a slow window of the machine hits all alike. */
import { hash32, seeded, shuffled } from './random.ts';

/**
 * A Williams design: rows in which every item takes every place equally often, and follows every
 * other equally often (E. J. Williams, 1949). n rows for even n, 2n for odd n; each row is a
 * permutation of 0 … n-1.
 */
export function williamsRows(n: number): number[][] {
  const first = Array.from(
    { length: n },
    (_, i) => i % 2 === 0 ? i / 2 : n - (i + 1) / 2,
  );
  const rows = Array.from({ length: n }, (_, shift) => first.map((x) => (x + shift) % n));
  return n % 2 === 0 ? rows : [...rows, ...rows.map((row) => row.toReversed())];
}

/**
 * The arms of one round of a case. Rounds walk through a Williams design whose rows and items are
 * shuffled by the seed and the case, so that no arm has a place of its own. Each n rows in turn
 * give every arm every place once, so that a run that ends early is balanced too: after any round,
 * no arm took a place more than once more often than another did.
 */
export function roundOrder(seed: number, name: string, arms: readonly string[], round: number) {
  const n = arms.length;
  if (n === 0) return [];
  const random = seeded(seed ^ hash32(name));
  const items = shuffled(arms, random);
  const all = williamsRows(n);
  const squares = shuffled(n % 2 === 0 ? [all] : [all.slice(0, n), all.slice(n)], random);
  const rows = squares.flatMap((square) => shuffled(square, random));
  return rows[round % rows.length]!.map((i) => items[i]!);
}
