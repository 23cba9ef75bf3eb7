/**
 * A straight line that outliers do not bend: what a task costs at all, and per element or byte.
 */
import { ascending, median, quantileOfSorted } from './quantiles.ts';

/** A measured point: `x` elements or bytes, `y` a time. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** y = intercept + slope · x, and how well it fits. */
export interface Line {
  readonly slope: number;
  /** About 95 %; null where the points are too few for one. */
  readonly slopeLow: number | null;
  readonly slopeHigh: number | null;
  readonly intercept: number;
  /** Median of |y - line| / y: 0.02 means that half the points lie within 2 % of the line. */
  readonly residualRatio: number;
}

/** Most points that are looked at (20,000 pairs); of more, every k-th is taken. */
const mostPoints = 200;

/**
 * Theil–Sen: the slope is the median of the slopes of all pairs of points, the intercept the median
 * of y - slope · x. The slope's interval is Sen's (1968, "Estimates of the Regression Coefficient
 * Based on Kendall's Tau", equations 2.6 and 2.7), corrected for ties, as in
 * `scipy.stats.theilslopes`. Null where no two points differ in x.
 */
export function theilSen(points: readonly Point[]): Line | null {
  const stride = Math.ceil(points.length / mostPoints);
  const used = points.filter((_, index) => index % stride === 0);
  const slopes = pairSlopes(used);
  if (slopes.length === 0) return null;
  const sorted = ascending(slopes);
  const slope = quantileOfSorted(sorted, 0.5);
  const intercept = median(used.map(({ x, y }) => y - slope * x));
  const [slopeLow, slopeHigh] = slopeInterval(used, sorted);
  const residuals = used.filter(({ y }) => y !== 0)
    .map(({ x, y }) => Math.abs((y - intercept - slope * x) / y));
  const residualRatio = residuals.length === 0 ? 0 : median(residuals);
  return { slope, slopeLow, slopeHigh, intercept, residualRatio };
}

function pairSlopes(points: readonly Point[]): number[] {
  const slopes: number[] = [];
  for (const [index, a] of points.entries()) {
    for (const b of points.slice(index + 1)) {
      if (a.x !== b.x) slopes.push((b.y - a.y) / (b.x - a.x));
    }
  }
  return slopes;
}

/** Normal quantile of 97.5 %. */
const z975 = 1.959963984540054;

function slopeInterval(
  points: readonly Point[],
  sortedSlopes: readonly number[],
): [number, number] | [null, null] {
  const n = points.length;
  const variance = (n * (n - 1) * (2 * n + 5) - tieTerm(points.map(({ x }) => x)) -
    tieTerm(points.map(({ y }) => y))) / 18;
  const sigma = Math.sqrt(Math.max(0, variance));
  const total = sortedSlopes.length;
  const upper = Math.min(roundHalfEven((total + z975 * sigma) / 2), total - 1);
  const lower = Math.max(roundHalfEven((total - z975 * sigma) / 2) - 1, 0);
  if (n < 4 || upper <= lower) return [null, null];
  return [sortedSlopes[lower]!, sortedSlopes[upper]!];
}

function tieTerm(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()].reduce((sum, k) => sum + k * (k - 1) * (2 * k + 5), 0);
}

/** As NumPy rounds: halves go to the even neighbour. */
function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
