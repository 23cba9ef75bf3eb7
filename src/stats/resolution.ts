/**
 * What a machine can tell apart, from launches of the same thing: random splits of one pool of
 * rounds, each judged as a run would judge it. All pure; chance comes in as a function.
 */
import { signTest } from './order_interval.ts';
import { quantile } from './quantiles.ts';

/** Costs of two arms in the same rounds, in one unit. */
export interface Twins {
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/** How a pool is split. */
export interface Splitting {
  /** Rounds that each split takes out of the pool. */
  readonly rounds: number;
  readonly splits: number;
  /** Numbers from 0 to below 1. */
  readonly random: () => number;
}

/**
 * The p under which a split counts as a difference. A run corrects its verdicts together; this is
 * what that asks of one true difference among fifty comparisons of nothing (0.05 / 50).
 */
export const verdictLevel = 0.001;

/**
 * Share of splits in which a difference must be found to count as one that the machine resolves.
 */
const power = 0.95;

/**
 * Random subsets of rounds, as log ratios; `mirrored` also swaps sides at random, for true twins.
 */
export function drawSplits({ a, b }: Twins, splitting: Splitting, mirrored: boolean): number[][] {
  const { rounds, splits, random } = splitting;
  return Array.from({ length: splits }, () => {
    const places = a.map((_, i) => i);
    return Array.from({ length: Math.min(rounds, places.length) }, () => {
      const [place] = places.splice(Math.floor(random() * places.length), 1);
      const log = Math.log(b[place!]! / a[place!]!);
      return mirrored && random() < 0.5 ? -log : log;
    });
  });
}

/** What splits of true twins come to. */
export interface Control {
  readonly splits: number;
  /** Splits that would have been called a difference. */
  readonly falseAlarms: number;
  /** Share of the 95 % intervals that contain no difference. */
  readonly coverage: number;
  /** Error of the ratio, as a share: the median and the 95th percentile of the splits. */
  readonly errorMedian: number;
  readonly errorP95: number;
}

/** Judges splits in which nothing differs. */
export function judgeControl(splits: readonly (readonly number[])[]): Control {
  const tests = splits.map((logs) => signTest(logs));
  const errors = tests.map(({ median }) => Math.expm1(Math.abs(median)));
  const held = tests.filter(({ interval }) =>
    interval === null || (interval.low <= 0 && interval.high >= 0)
  );
  return {
    splits: splits.length,
    falseAlarms: tests.filter(({ p }) => p < verdictLevel).length,
    coverage: held.length / splits.length,
    errorMedian: quantile(errors, 0.5),
    errorP95: quantile(errors, 0.95),
  };
}

/** Share of splits in which a slowdown of `b` is found. */
export function shareFound(splits: readonly (readonly number[])[], shift = 0): number {
  const found = splits.filter((logs) => {
    const { median, p } = signTest(logs.map((log) => log + shift));
    return median > 0 && p < verdictLevel;
  });
  return found.length / splits.length;
}

/**
 * The smallest slowdown, as a share of the cost, that is found in 95 % of the splits of twins; null
 * where not even a doubling is. Found by halving, to 1 % of itself.
 */
export function smallestResolved(splits: readonly (readonly number[])[]): number | null {
  let low = 0;
  let high = Math.LN2;
  if (shareFound(splits, high) < power) return null;
  while (high - low > high * 0.01 && high > 1e-6) {
    const middle = (low + high) / 2;
    if (shareFound(splits, middle) >= power) high = middle;
    else low = middle;
  }
  return Math.expm1(high);
}
