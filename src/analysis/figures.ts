/**
 * The figures of one case from its launches: what a call costs, what it takes on a shared core and
 * sustained, how often a launch was slow, and whether the machine could measure it at all.
 */
import type { Measured } from '../results/schema_launch.ts';
import type { CaseFigures, Estimate } from '../results/schema_derived.ts';
import type { Estimator } from '../stats/estimators.ts';
import { modes } from '../stats/modes.ts';
import { medianTimeInterval } from '../stats/order_interval.ts';
import { median } from '../stats/quantiles.ts';
import { rounded } from '../stats/rounded.ts';
import { launchCost } from './launch_cost.ts';
import { type CaseLaunches, costsOf, type DoneLaunch } from './rows.ts';

/** A batch shorter than this many steps of the clock is off by over 1 %. */
const leastClockSteps = 100;
/** No call is this cheap; the loop was folded. In ns. */
const leastCostNs = 0.05;

/** Figures of one case. `clockStepNs` is the step of the clock that timed it, null if unknown. */
export function figuresOf(
  own: CaseLaunches,
  clockStepNs: number | null,
  estimator: Estimator,
): CaseFigures {
  const { done } = own;
  const measured = done.map((launch) => launch.measured);
  const costs = costsOf(own, estimator);
  const cost = estimateOf(costs, estimator.across);
  const { lowerMode, slow } = costs.length > 0 ? modes(costs) : { lowerMode: null, slow: [] };
  return {
    case: own.case.case,
    arm: own.case.arm,
    launches: countsOf(own, estimator),
    cost_ns: cost,
    contended_ns: estimateOf(
      measured.map((launch) => launch.contended_ns).filter((ns) => ns !== null),
    ),
    sustained_ns: estimateOf(
      measured.filter((launch) => typeof launchCost(launch, estimator) === 'number')
        .map((launch) => launch.sustained_ns),
    ),
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
    ...allocatedOf(measured),
    under_resolution:
      done.filter((launch) => isUnderResolution(launch, clockStepNs, estimator)).length >
        done.length / 2,
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

/** What a call allocates, or why that is unknown: as far as launches were asked to find out. */
function allocatedOf(measured: readonly Measured[]) {
  const bytes = medianOrNull(measured.map((launch) => launch.allocated_bytes_per_call));
  const because = measured.find((launch) => launch.allocated_because)?.allocated_because;
  return {
    allocated_bytes_per_call: bytes,
    ...(bytes !== null || because === undefined ? {} : { allocated_because: because }),
  };
}

function countsOf(own: CaseLaunches, estimator: Estimator): CaseFigures['launches'] {
  const { done, setAside, notDone, repeated } = own;
  const without = done.map(({ measured }) => launchCost(measured, estimator));
  return {
    done: done.length,
    not_done: notDone.length,
    marked: [...done, ...setAside].filter(({ marks }) => marks.length > 0).length,
    never_settled: without.filter((reason) => reason === 'never_settled').length,
    no_free_core: without.filter((reason) => reason === 'no_free_core').length,
    repeated: repeated.length,
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

function cyclesOf({ measured }: DoneLaunch, estimator: Estimator): number | null {
  const cost = launchCost(measured, estimator);
  return typeof cost === 'number' && measured.ns_per_cycle ? cost / measured.ns_per_cycle : null;
}

function isUnderResolution(
  { measured }: DoneLaunch,
  clockStepNs: number | null,
  estimator: Estimator,
): boolean {
  const cost = launchCost(measured, estimator);
  if (typeof cost !== 'number') return false;
  const batchNs = cost * measured.calls_per_batch;
  return cost < leastCostNs || (clockStepNs !== null && batchNs < clockStepNs * leastClockSteps);
}

/** Median of those that are not null; null where there are none. */
function medianOrNull(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : rounded(median(known));
}
