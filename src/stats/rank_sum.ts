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

/** Largest samples, together, whose distribution is counted; larger ones take every k-th value. */
const mostValues = 80;

/**
 * Compares two samples in one unit; differences of logarithms make it a ratio. The p-value is that
 * of the permutation distribution of the rank sum, exact with and without ties. Throws RangeError
 * where a sample is empty.
 */
export function rankSum(a: readonly number[], b: readonly number[]): Shift {
  if (a.length === 0 || b.length === 0) {
    throw new RangeError('A rank sum needs values on both sides.');
  }
  const [ownA, ownB] = [thinned(a), thinned(b)];
  const differences = ownA.flatMap((x) => ownB.map((y) => x - y)).sort((x, y) => x - y);
  return {
    shift: median(differences),
    interval: shiftInterval(differences, ownA.length, ownB.length),
    p: rankSumP(ownA, ownB),
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

function thinned(values: readonly number[]): readonly number[] {
  const stride = Math.ceil(values.length / (mostValues / 2));
  return stride === 1 ? values : values.filter((_, index) => index % stride === 0);
}
