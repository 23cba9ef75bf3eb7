/**
 * What one launch says a call costs, or why it says nothing.
 */
import type { Measured } from '../results/schema.ts';
import { type Estimator, quantilePlaces } from '../stats/estimators.ts';
import { isEnough } from './recording.ts';

/**
 * Why a launch has no cost: it was not settled when its time was over, or something else had the
 * core all the while.
 */
export type NoCost = 'never_settled' | 'no_free_core';

/** Place of the median among quantiles. */
const middle = quantilePlaces.p50;

/** Cost of a call by one launch in ns, or why it has none. */
export function launchCost(
  { settled, free, quantiles_ns: all, calls_per_batch: calls }: Measured,
  { batches, quantile }: Estimator,
): number | NoCost {
  const place = quantilePlaces[quantile];
  if (batches === 'all') return all[place]!;
  if (settled === null) return 'never_settled';
  if (free === null) return all[place]!;
  return isEnough(free.batches, (free.quantiles_ns[middle] ?? 0) * calls)
    ? free.quantiles_ns[place]!
    : 'no_free_core';
}
