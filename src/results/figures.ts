/**
 * The figures of one case from its launches: what a call costs, what it takes typically and
 * sustained, how often a launch was slow, and whether the machine could measure it at all.
 */
import {
  costEstimator,
  type Estimator,
  pickQuantile,
  quantilePlaces,
} from '../stats/estimators.ts';
import { modes } from '../stats/modes.ts';
import { medianTimeInterval } from '../stats/order_interval.ts';
import { median } from '../stats/quantiles.ts';
import { rounded } from './rounded.ts';
import type { CaseLaunches, DoneLaunch } from './rows.ts';
import type { CaseFigures, Estimate } from './schema_derived.ts';

/** A batch shorter than this many steps of the clock is off by over 1 %. */
const leastClockSteps = 100;
/** No call is this cheap; the loop was folded. In ns. */
const leastCostNs = 0.05;

/** Figures of one case. `clockStepNs` is the step of the clock that timed it, null if unknown. */
export function figuresOf(
  own: CaseLaunches,
  clockStepNs: number | null,
  estimator: Estimator = costEstimator,
): CaseFigures {
  const { done } = own;
  const measured = done.map((launch) => launch.measured);
  const costs = pickQuantile(measured, estimator.quantile);
  const cost = estimateOf(costs, estimator.across);
  const { lowerMode, slow } = costs.length > 0 ? modes(costs) : { lowerMode: null, slow: [] };
  return {
    case: own.case.case,
    arm: own.case.arm,
    launches: {
      done: done.length,
      not_done: own.notDone.length,
      marked: [...done, ...own.setAside].filter((launch) => launch.marks.length > 0).length,
    },
    cost_ns: cost,
    typical_ns: estimateOf(pickQuantile(measured, 'p50')),
    sustained_ns: estimateOf(measured.map((launch) => launch.sustained_ns)),
    lower_mode_ns: lowerMode === null ? null : rounded(lowerMode),
    slow: {
      count: slow.length,
      min_ns: slow.length > 0 ? rounded(slow[0]!) : null,
      max_ns: slow.length > 0 ? rounded(slow.at(-1)!) : null,
    },
    stability: stabilityOf(done),
    precision: cost === null ? null : precisionOf(cost),
    cost_cycles: medianOrNull(done.map((launch) => cyclesOf(launch, estimator))),
    crossings_per_call: medianOrNull(measured.map((launch) => launch.crossings_per_call)),
    allocated_bytes_per_call: medianOrNull(
      measured.map((launch) => launch.allocated_bytes_per_call),
    ),
    under_resolution: done.some((launch) => isUnderResolution(launch, clockStepNs)),
  };
}

/**
 * The value over launches with the exact interval of their median; null of no launches. The
 * interval belongs to the median whatever `across` is, and is null under six launches.
 */
export function estimateOf(
  values: readonly number[],
  across: (values: readonly number[]) => number = median,
): Estimate | null {
  if (values.length === 0) return null;
  const interval = medianTimeInterval(values);
  return {
    value: rounded(across(values)),
    low: interval && rounded(interval.low),
    high: interval && rounded(interval.high),
    coverage: interval && rounded(interval.coverage),
    min: rounded(Math.min(...values)),
    max: rounded(Math.max(...values)),
    launches: values.length,
  };
}

function precisionOf({ value, low, high }: Estimate): number | null {
  if (low === null || high === null || value === 0) return null;
  return rounded((high - low) / 2 / value);
}

function stabilityOf(done: readonly DoneLaunch[]): CaseFigures['stability'] {
  const counts = { flat: 0, warmed: 0, slowing: 0, not_steady: 0 };
  for (const { measured } of done) counts[measured.trend]++;
  return counts;
}

function cyclesOf({ measured }: DoneLaunch, { quantile }: Estimator): number | null {
  const { chain_ns_per_cycle: nsPerCycle, quantiles_ns: quantiles } = measured;
  return nsPerCycle ? quantiles[quantilePlaces[quantile]]! / nsPerCycle : null;
}

function isUnderResolution({ measured }: DoneLaunch, clockStepNs: number | null): boolean {
  const cost = measured.quantiles_ns[quantilePlaces.p10]!;
  const batchNs = cost * measured.calls_per_batch;
  return cost < leastCostNs || (clockStepNs !== null && batchNs < clockStepNs * leastClockSteps);
}

/** Median of those that are not null; null where there are none. */
function medianOrNull(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : rounded(median(known));
}
