/** Finds what a run says of two lanes in one case, whichever of the two was the base. */
import type { Pair } from '../results/schema_derived.ts';

/** The comparison of `arm` with `base` in a case; null where the two were not compared. */
export function pairBetween(
  pairs: readonly Pair[],
  name: string,
  arm: string,
  base: string,
): Pair | null {
  return pairs.find((pair) => pair.case === name && pair.arm === arm && pair.base === base) ??
    turned(pairs.find((pair) => pair.case === name && pair.arm === base && pair.base === arm));
}

/** The same comparison, seen from its other side. */
function turned(pair: Pair | undefined): Pair | null {
  if (!pair || pair.ratio.value === 0) return null;
  const { ratio: { value, low, high, coverage }, verdict, arm, base } = pair;
  const opposite = { faster: 'slower', slower: 'faster' } as const;
  const [least, most] = [high && 1 / high, low && 1 / low];
  return {
    ...pair,
    arm: base,
    base: arm,
    ratio: { value: 1 / value, low: least, high: most, coverage },
    verdict: verdict === 'faster' || verdict === 'slower' ? opposite[verdict] : verdict,
  };
}
