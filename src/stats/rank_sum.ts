/**
 * Two samples that are not paired, as launches of two runs are: the exact rank-sum test of
 * Wilcoxon, Mann and Whitney, and the shift of Hodges and Lehmann with the interval that belongs to
 * it.
 */
import type { Interval } from './order_interval.ts';
import { median } from './quantiles.ts';

/** How far the first sample lies above the second. */
export interface Shift {
  /** Median of all differences between a value of the one and of the other (Hodges–Lehmann). */
  readonly shift: number;
  /** Null where the samples are too small for 95 %: under four and four. */
  readonly interval: Interval | null;
  /** Two-sided p of "both come from one distribution". */
  readonly p: number;
}

/** Largest samples, together, whose distribution is counted; that of larger ones is normal. */
const mostCounted = 100;

/**
 * Compares two samples in one unit; differences of logarithms make it a ratio. The p-value is that
 * of the permutation distribution of the rank sum: exact with and without ties up to 100 values
 * together, and by the normal distribution beyond. Throws RangeError where a sample is empty.
 */
export function rankSum(a: readonly number[], b: readonly number[]): Shift {
  if (a.length === 0 || b.length === 0) {
    throw new RangeError('A rank sum needs values on both sides.');
  }
  const differences = a.flatMap((x) => b.map((y) => x - y)).sort((x, y) => x - y);
  return {
    shift: median(differences),
    interval: shiftInterval(differences, a.length, b.length),
    p: a.length + b.length <= mostCounted ? rankSumP(a, b) : normalP(a, b),
  };
}

/** Whether any outcome of so many values on each side could come under the level. */
export function canTellApart(n: number, m: number, level: number): boolean {
  let ways = 1;
  for (let k = 1; k <= n; k++) ways *= (m + k) / k;
  return 2 / ways <= level;
}

/**
 * Two-sided exact p of the rank sum, twice the smaller tail: as `scipy.stats.mannwhitneyu` with
 * method "exact" where there are no ties, and by mid-ranks where there are.
 */
export function rankSumP(a: readonly number[], b: readonly number[]): number {
  const ranks = doubledRanks([...a, ...b]);
  const observed = ranks.slice(0, a.length).reduce((sum, rank) => sum + rank, 0);
  const ways = subsetSums(ranks, a.length);
  const total = ways.reduce((sum, count) => sum + count, 0);
  const sumWhere = (keep: (rankTotal: number) => boolean) =>
    ways.reduce((sum, count, rankTotal) => keep(rankTotal) ? sum + count : sum, 0);
  const low = sumWhere((rankTotal) => rankTotal <= observed);
  const high = sumWhere((rankTotal) => rankTotal >= observed);
  return Math.min(1, 2 * Math.min(low, high) / total);
}

/** Interval of the shift: order statistics of the differences, by the distribution of U. */
function shiftInterval(differences: readonly number[], n: number, m: number): Interval | null {
  if (n + m > mostCounted) return normalInterval(differences, n, m);
  const ranks = Array.from({ length: n + m }, (_, index) => 2 * (index + 1));
  const ways = subsetSums(ranks, n);
  const total = ways.reduce((sum, count) => sum + count, 0);
  const least = n * (n + 1);
  let tail = 0;
  let rank = 0;
  while (tail + ways[least + 2 * rank]! / total <= 0.025) tail += ways[least + 2 * rank++]! / total;
  if (rank === 0) return null;
  return {
    low: differences[rank - 1]!,
    high: differences[differences.length - rank]!,
    coverage: 1 - 2 * tail,
  };
}

/**
 * Number of subsets of a size by the sum of their ranks. Float64 holds the counts closely enough.
 */
function subsetSums(ranks: readonly number[], size: number): readonly number[] {
  const sorted = ranks.toSorted((x, y) => x - y);
  const key = `${size}:${sorted.join()}`;
  const kept = keptSums.get(key);
  if (kept) return kept;
  if (keptSums.size >= mostKeptSums) keptSums.clear();
  const sums = countSubsetSums(sorted, size);
  keptSums.set(key, sums);
  return sums;
}

/** Distributions that were counted before: without ties they depend on the sizes alone. */
const keptSums = new Map<string, readonly number[]>();
const mostKeptSums = 64;

function countSubsetSums(ranks: readonly number[], size: number): number[] {
  const most = ranks.toSorted((x, y) => y - x).slice(0, size).reduce((sum, rank) => sum + rank, 0);
  const ways = Array.from({ length: size + 1 }, () => new Float64Array(most + 1));
  ways[0]![0] = 1;
  for (const [seen, rank] of ranks.entries()) {
    for (let count = Math.min(size, seen + 1); count > 0; count--) {
      const from = ways[count - 1]!;
      const to = ways[count]!;
      for (let sum = most; sum >= rank; sum--) to[sum]! += from[sum - rank]!;
    }
  }
  return [...ways[size]!];
}

/** Twice the mid-rank of every value, so that ties keep whole numbers. */
function doubledRanks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return 2 * below + equal + 1;
  });
}

/** Deviate of the standard normal distribution that 97.5 % lie below. */
const normal975 = 1.959963984540054;

/**
 * Two-sided p by the normal distribution, corrected for ties and for continuity (Lehmann 1975,
 * "Nonparametrics", section 1.4).
 */
function normalP(a: readonly number[], b: readonly number[]): number {
  const [n, m] = [a.length, b.length];
  const ranks = doubledRanks([...a, ...b]);
  const rankTotal = ranks.slice(0, n).reduce((sum, rank) => sum + rank, 0) / 2;
  const all = n + m;
  const ties = [...Map.groupBy(ranks, (rank) => rank).values()]
    .reduce((sum, { length: t }) => sum + t ** 3 - t, 0);
  const variance = n * m / 12 * (all + 1 - ties / (all * (all - 1)));
  if (variance === 0) return 1;
  const apart = Math.max(0, Math.abs(rankTotal - n * (all + 1) / 2) - 0.5);
  return Math.min(1, 2 * upperTail(apart / Math.sqrt(variance)));
}

/**
 * P(Z > z) of the standard normal distribution, for z from 0: Abramowitz & Stegun 7.1.26, to
 * 1.5e-7, and beyond 5 by the leading terms of its asymptotic series (26.2.12).
 */
function upperTail(z: number): number {
  const density = Math.exp(-z * z / 2);
  if (z > 5) return density / (z * Math.sqrt(2 * Math.PI)) * (1 - 1 / (z * z));
  const t = 1 / (1 + 0.3275911 * z / Math.SQRT2);
  const terms = [0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429];
  return terms.reduceRight((sum, term) => (sum + term) * t, 0) * density / 2;
}

/** As `shiftInterval`, by the normal distribution of U. */
function normalInterval(differences: readonly number[], n: number, m: number): Interval {
  const spread = normal975 * Math.sqrt(n * m * (n + m + 1) / 12);
  const rank = Math.max(1, Math.floor(n * m / 2 - spread));
  return {
    low: differences[rank - 1]!,
    high: differences[differences.length - rank]!,
    coverage: 0.95,
  };
}
