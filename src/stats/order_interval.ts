/**
 * Exact intervals and tests that assume nothing about a distribution but that launches are
 * independent: order statistics and signs, by the binomial distribution with p = 1/2.
 */
import { ascending, median } from './quantiles.ts';

/** An interval in the unit of its values, and the share of such intervals that hold the truth. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly coverage: number;
}

/**
 * P(X ≤ successes) for X ~ Binomial(trials, 1/2); 0 below zero successes. Terms are summed as
 * logarithms' exponentials, so that thousands of trials neither overflow nor vanish.
 */
export function binomialHalfCdf(successes: number, trials: number): number {
  if (successes < 0) return 0;
  if (successes >= trials) return 1;
  let logTerm = -trials * Math.LN2;
  let sum = Math.exp(logTerm);
  for (let k = 1; k <= successes; k++) {
    logTerm += Math.log(trials - k + 1) - Math.log(k);
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}

/**
 * Ranks, from 1, of the narrowest symmetric pair of order statistics that holds the median with at
 * least `coverage`; null where even minimum and maximum do not (under 6 values at 95 %). Conover,
 * "Practical Nonparametric Statistics", section 3.2.
 */
export function medianRanks(
  count: number,
  coverage = 0.95,
): { readonly low: number; readonly high: number; readonly coverage: number } | null {
  const tail = (1 - coverage) / 2;
  let rank = 0;
  while (rank < count / 2 && binomialHalfCdf(rank, count) <= tail) rank++;
  if (rank === 0) return null;
  return { low: rank, high: count + 1 - rank, coverage: 1 - 2 * binomialHalfCdf(rank - 1, count) };
}

/**
 * Exact interval of the median, between two of the values themselves; null where there are too few
 * for the coverage. Ties only raise the coverage.
 */
export function medianInterval(values: readonly number[], coverage = 0.95): Interval | null {
  return intervalAt(values, medianRanks(values.length, coverage));
}

/**
 * As `medianInterval`, for times: noise only adds, so whatever coverage the symmetric ranks have to
 * spare is spent on leaving out the highest values. Eight launches give ranks 1 and 7 (96.1 %)
 * instead of 1 and 8 (99.2 %), so that a single slow launch does not stretch the interval. The
 * ranks depend on the number of values alone; the coverage stays exact.
 */
export function medianTimeInterval(values: readonly number[], coverage = 0.95): Interval | null {
  const count = values.length;
  const ranks = medianRanks(count, coverage);
  if (ranks === null) return null;
  const below = binomialHalfCdf(ranks.low - 1, count);
  let { high } = ranks;
  while (1 - below - binomialHalfCdf(count - high + 1, count) >= coverage) high--;
  const reached = 1 - below - binomialHalfCdf(count - high, count);
  return intervalAt(values, { low: ranks.low, high, coverage: reached });
}

function intervalAt(
  values: readonly number[],
  ranks: { readonly low: number; readonly high: number; readonly coverage: number } | null,
): Interval | null {
  if (ranks === null) return null;
  const sorted = ascending(values);
  return { low: sorted[ranks.low - 1]!, high: sorted[ranks.high - 1]!, coverage: ranks.coverage };
}

/** What the sign test says of paired differences. */
export interface SignTest {
  readonly median: number;
  /** Null under six differences. */
  readonly interval: Interval | null;
  /** Two-sided; 1 where nothing speaks against a median of zero. */
  readonly p: number;
}

/**
 * Exact two-sided sign test of "the median difference is zero", and the interval that goes with it.
 * A difference of exactly zero counts against whichever side is claimed: unlike dropping it, that
 * keeps test and interval of one mind (p ≤ 0.05 exactly where the 95 % interval leaves zero out).
 * Differences of logarithms give a test on ratios. Throws RangeError on no differences.
 */
export function signTest(differences: readonly number[], coverage = 0.95): SignTest {
  const above = differences.filter((difference) => difference > 0).length;
  const below = differences.filter((difference) => difference < 0).length;
  const against = differences.length - Math.max(above, below);
  return {
    median: median(differences),
    interval: medianInterval(differences, coverage),
    p: Math.min(1, 2 * binomialHalfCdf(against, differences.length)),
  };
}

/** Fewest pairs of rounds with which a sign test can come under the level: 6 at 5 %. */
export function fewestPairs(level: number): number {
  let pairs = 1;
  while (2 ** (1 - pairs) > level) pairs++;
  return pairs;
}
