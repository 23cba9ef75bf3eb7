/**
 * Quantiles and medians of small samples, defined once so that a figure means the same everywhere.
 */
import { medianSorted } from 'simple-statistics';

/**
 * The given numbers, ascending, in a new array. Throws RangeError on an empty or non-finite sample.
 */
export function ascending(values: readonly number[]): number[] {
  if (values.length === 0) throw new RangeError('A sample of no values has no quantiles.');
  const bad = values.find((value) => !Number.isFinite(value));
  if (bad !== undefined) throw new RangeError(`A sample holds ${bad}, which is not a number.`);
  return Array.from(Float64Array.from(values).sort());
}

/**
 * Quantile of type 7 (Hyndman & Fan 1996, "Sample Quantiles in Statistical Packages"): linear
 * between order statistics, the default of R and NumPy. `level` goes from 0 to 1; the result has
 * the unit of the values. Throws RangeError on an empty sample or a level outside 0 to 1.
 */
export function quantile(values: readonly number[], level: number): number {
  return quantileOfSorted(ascending(values), level);
}

/** As `quantile`, of values that are ascending already. */
export function quantileOfSorted(sorted: ArrayLike<number>, level: number): number {
  if (!(level >= 0 && level <= 1)) {
    throw new RangeError(`A quantile's level lies between 0 and 1, not at ${level}.`);
  }
  if (sorted.length === 0) throw new RangeError('A sample of no values has no quantiles.');
  const at = (sorted.length - 1) * level;
  const below = Math.floor(at);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (at - below) * (high - low);
}

/** The middle value, or the mean of the middle two. Throws RangeError on an empty sample. */
export function median(values: readonly number[]): number {
  return medianSorted(ascending(values));
}
