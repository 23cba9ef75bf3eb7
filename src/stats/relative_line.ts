/**
 * The line that is off by the least share of each value: what a task costs at all, and per element
 * or byte. A line by absolute errors is that of the largest size, and says nothing of a call.
 */
import type { Point } from './theil_sen.ts';

/** y = fixed + perUnit · x, both from zero up. */
export interface RelativeLine {
  readonly fixed: number;
  readonly perUnit: number;
  /** Most that a point is off the line, as a share of its value. */
  readonly offBy: number;
}

/**
 * The line without negative parts that has the least sum of |y - line| / y. Such a line always goes
 * through two of the points, or through one and with no fixed part or no slope (weighted least
 * absolute deviations: Bloomfield and Steiger 1983), so that all of those are tried. Null of fewer
 * than two different x or where a y is not over zero.
 */
export function relativeLine(points: readonly Point[]): RelativeLine | null {
  if (new Set(points.map(({ x }) => x)).size < 2 || points.some(({ y }) => !(y > 0))) return null;
  const candidates = points.flatMap((a, index) => [
    { fixed: a.y, perUnit: 0 },
    ...a.x > 0 ? [{ fixed: 0, perUnit: a.y / a.x }] : [],
    ...points.slice(index + 1).filter(({ x }) => x !== a.x).map((b) => {
      const perUnit = (b.y - a.y) / (b.x - a.x);
      return { fixed: a.y - perUnit * a.x, perUnit };
    }),
  ]).filter(({ fixed, perUnit }) => fixed >= 0 && perUnit >= 0);
  const sumOf = (line: { readonly fixed: number; readonly perUnit: number }) =>
    points.reduce((sum, point) => sum + offBy(line, point), 0);
  const { fixed, perUnit } = candidates.reduce((a, b) => sumOf(b) < sumOf(a) ? b : a);
  // A line through two points that lie on one through zero misses it by a last bit.
  const isNothing = fixed < Math.min(...points.map(({ y }) => y)) * 1e-9;
  const best = { fixed: isNothing ? 0 : fixed, perUnit };
  return { ...best, offBy: Math.max(...points.map((point) => offBy(best, point))) };
}

function offBy(
  { fixed, perUnit }: { readonly fixed: number; readonly perUnit: number },
  { x, y }: Point,
): number {
  return Math.abs(y - fixed - perUnit * x) / y;
}
