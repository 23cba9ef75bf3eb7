/**
 * From what size on one way is faster than another: read off measured ratios, without a model of
 * the cost, because caches bend every line.
 */

/** Cost of the one way over the cost of the other at one size, with the band it may lie in. */
export interface SizeRatio {
  /** Elements or bytes, over zero. */
  readonly size: number;
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/**
 * - `always`, `never`: faster (or not) at every size measured, and the bands agree.
 * - `from`: slower at first, faster from `size` on. `low` and `high` bound that size; null where
 *   the band does not cross inside the sizes measured.
 * - `until`: faster at first, no longer from `size` on.
 * - `not_resolved`: the bands do not tell.
 */
export type BreakEven =
  | { readonly kind: 'always' | 'never' | 'not_resolved' }
  | {
    readonly kind: 'from' | 'until';
    readonly size: number;
    readonly low: number | null;
    readonly high: number | null;
  };

/**
 * Break-even of two sweeps over the sizes both have. The crossing is interpolated on logarithmic
 * axes; where the ratio crosses 1 more than once the last crossing counts. Throws RangeError on no
 * sizes, or on one that is not over zero.
 */
export function breakEven(ratios: readonly SizeRatio[]): BreakEven {
  if (ratios.length === 0) throw new RangeError('A break-even needs at least one size.');
  const bad = ratios.find(({ size, low }) => !(size > 0 && low > 0));
  if (bad) throw new RangeError(`A break-even needs sizes and ratios over 0, not ${bad.size}.`);
  const sorted = ratios.toSorted((a, b) => a.size - b.size);
  if (sorted.every(({ high }) => high < 1)) return { kind: 'always' };
  if (sorted.every(({ low }) => low > 1)) return { kind: 'never' };
  const first = sorted[0]!;
  const last = sorted.at(-1)!;
  const size = lastCrossing(sorted, ({ ratio }) => ratio);
  if (size === null) return { kind: 'not_resolved' };
  const faster = last.ratio < 1;
  if (faster ? last.high >= 1 : last.low <= 1) return { kind: 'not_resolved' };
  if (first.ratio < 1 === faster) return { kind: 'not_resolved' };
  const ends = [
    lastCrossing(sorted, ({ low }) => low),
    lastCrossing(sorted, ({ high }) => high),
  ] as const;
  const [low, high] = faster ? ends : [ends[1], ends[0]];
  return { kind: faster ? 'from' : 'until', size, low, high };
}

/** Size at which a curve crosses 1 for the last time; null where it stays on one side. */
function lastCrossing(
  sorted: readonly SizeRatio[],
  curve: (ratio: SizeRatio) => number,
): number | null {
  for (let index = sorted.length - 1; index > 0; index--) {
    const a = sorted[index - 1]!;
    const b = sorted[index]!;
    const from = Math.log(curve(a));
    const to = Math.log(curve(b));
    if (from < 0 === to < 0) continue;
    return a.size * (b.size / a.size) ** (from / (from - to));
  }
  return null;
}
