/**
 * Ways to turn the launches of a case into one figure, as a table: the report uses the first, and a
 * benchmark over stored launches compares them all.
 */
import { modes } from './modes.ts';
import { median, quantile } from './quantiles.ts';

/** Places in `quantiles_ns`, by name. */
export const quantilePlaces = {
  p0: 0,
  p5: 1,
  p10: 2,
  p25: 3,
  p50: 4,
  p75: 5,
  p90: 6,
  p95: 7,
  p100: 8,
} as const;

/** Name of a stored quantile of the batches of a launch. */
export type QuantileName = keyof typeof quantilePlaces;

/** How launches become the figure of a case: which batches of each, and what across them. */
export interface Estimator {
  readonly name: string;
  /**
   * `free`: settled batches on a free core, of launches that have enough of them; `all`: whatever
   * the launch stored, settled or not.
   */
  readonly batches: 'free' | 'all';
  readonly quantile: QuantileName;
  readonly across: (perLaunch: readonly number[]) => number;
  /** Rounds with a slow launch on either side are left out of a ratio. */
  readonly skipsSlowRounds: boolean;
}

/** Median of the launches in the lower mode only, in the unit of the values. */
export function lowerModeMedian(values: readonly number[]): number {
  return modes(values).lowerMode;
}

function lowerQuartile(values: readonly number[]): number {
  return quantile(values, 0.25);
}

const plain = { batches: 'all', across: median, skipsSlowRounds: false } as const;

/**
 * What a document says its costs are, by the name of its method. On a free core nothing disturbs a
 * batch, so the middle one stands for all; without a probe a low quantile must do.
 */
export const costEstimators = {
  free_median: { ...plain, name: 'median of free batches', batches: 'free', quantile: 'p50' },
  p10: { ...plain, name: 'median of p10', quantile: 'p10' },
} as const satisfies Record<string, Estimator>;

/** All estimators that are worth comparing, those of documents first. */
export const estimators: readonly Estimator[] = [
  costEstimators.free_median,
  costEstimators.p10,
  { ...plain, name: 'median of p5', quantile: 'p5' },
  { ...plain, name: 'median of p25', quantile: 'p25' },
  { ...plain, name: 'median of p50', quantile: 'p50' },
  { ...plain, name: 'lower quartile of p10', quantile: 'p10', across: lowerQuartile },
  {
    ...{ ...plain, name: 'lower mode of p10', quantile: 'p10' },
    ...{ across: lowerModeMedian, skipsSlowRounds: true },
  },
  {
    ...{ ...plain, name: 'lower mode of p25', quantile: 'p25' },
    ...{ across: lowerModeMedian, skipsSlowRounds: true },
  },
];

/**
 * The stored quantile of each launch, in the order given. Throws RangeError where one is missing.
 */
export function pickQuantile(
  launches: readonly { readonly quantiles_ns: readonly number[] }[],
  name: QuantileName,
): number[] {
  return launches.map(({ quantiles_ns: quantiles }) => {
    const value = quantiles[quantilePlaces[name]];
    if (value === undefined) throw new RangeError(`A launch stores no quantile ${name}.`);
    return value;
  });
}

/**
 * Ratios of two arms over rounds both finished, by an estimator: the logarithms of the ratios of
 * its quantiles, in the order of the rounds, without those it skips. `pairs` holds the two
 * quantiles of each round in one unit; a pair with a zero has no ratio and is left out.
 */
export function logRatios(
  pairs: readonly (readonly [number, number])[],
  skipsSlowRounds = false,
): number[] {
  const usable = pairs.filter(([a, b]) => a > 0 && b > 0);
  if (usable.length === 0) return [];
  const slowA = skipsSlowRounds ? new Set(modes(usable.map(([a]) => a)).slow) : new Set<number>();
  const slowB = skipsSlowRounds ? new Set(modes(usable.map(([, b]) => b)).slow) : new Set<number>();
  const kept = usable.filter(([a, b]) => !slowA.has(a) && !slowB.has(b));
  return (kept.length > 0 ? kept : usable).map(([a, b]) => Math.log(a / b));
}
