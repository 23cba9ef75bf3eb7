/**
 * Modes of a case: launches gather where the engine took its fast path, and elsewhere where it did
 * not. A mean over both describes neither.
 */
import { ascending, median } from './quantiles.ts';

/** A launch over this many times the lower mode is slow. */
export const slowRatio = 1.25;

/** The lower mode must hold this share of the launches, so that one lucky launch is none. */
const leastShare = 0.2;
/** Nor are it and itself: as many launches as that, where there are more than two. */
const leastLaunches = 2;

/** Where the fast launches of a case sit, and which launches do not. Same unit as the values. */
export interface Modes {
  readonly lowerMode: number;
  readonly slow: readonly number[];
}

/**
 * The lower mode is the median of the fastest launches that lie within a factor of 1.25 of each
 * other, are at least a fifth of all, and at least two of three or more; the slow launches are
 * those over 1.25 times that. Throws RangeError on no values.
 */
export function modes(values: readonly number[]): Modes {
  const sorted = ascending(values);
  const needed = sorted.length > leastLaunches
    ? Math.max(leastLaunches, Math.ceil(sorted.length * leastShare))
    : 1;
  for (const fastest of sorted) {
    const near = sorted.filter((value) => value >= fastest && value <= fastest * slowRatio);
    if (near.length < needed) continue;
    const lowerMode = median(near);
    return { lowerMode, slow: sorted.filter((value) => value > lowerMode * slowRatio) };
  }
  return { lowerMode: median(sorted), slow: [] };
}
