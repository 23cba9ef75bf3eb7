/**
 * Sweeps: one task in one arm over the values of its size parameter, and what follows from them:
 * cost models, and break-even sizes against plain JavaScript on the same binary.
 */
import { breakEven, type SizeRatio } from '../stats/break_even.ts';
import { costEstimator, type Estimator, pickQuantile } from '../stats/estimators.ts';
import { theilSen } from '../stats/theil_sen.ts';
import { areTwins, ratioOf, sameBinary } from './pairs.ts';
import { rounded } from './rounded.ts';
import type { CaseLaunches, Row } from './rows.ts';
import type { Arm, Params } from './schema.ts';
import type { BreakEvenSize, CostModel } from './schema_findings.ts';

/**
 * The cases of one sweep in one arm, ascending by size; folded and unmeasured ones are left out.
 */
export interface Sweep {
  readonly task: string;
  readonly arm: Arm;
  readonly sizeParam: string;
  readonly variant: string;
  readonly sizes: readonly { readonly size: number; readonly own: CaseLaunches }[];
}

/** Fewest sizes that show whether a line fits. */
const leastSizesOfModel = 3;

/** All sweeps of a run with at least one size. */
export function sweepsOf(rows: readonly Row[]): Sweep[] {
  const usable = rows.flatMap((row) => row.cases)
    .filter((own) => own.done.length > 0 && !own.case.folded && sizeOf(own) !== null);
  const groups = Map.groupBy(
    usable,
    ({ case: { task, sweep, params, arm } }) =>
      JSON.stringify([task, sweep, variantOf(params, sweep), arm]),
  );
  return [...groups.values()].map((members) => {
    const { case: first, arm } = members[0]!;
    return {
      task: first.task,
      arm,
      sizeParam: first.sweep!,
      variant: variantOf(first.params, first.sweep),
      sizes: members.map((own) => ({ size: sizeOf(own)!, own })).sort((a, b) => a.size - b.size),
    };
  });
}

/** Params but the size, as `charset=bmp, strings=rotating`; empty where there are none. */
export function variantOf(params: Params, sweep?: string): string {
  return Object.entries(params).filter(([name]) => name !== sweep)
    .map(([name, value]) => `${name}=${value}`).join(', ');
}

/** Fixed cost and cost per unit of every sweep of at least three sizes. */
export function costModels(
  sweeps: readonly Sweep[],
  estimator: Estimator = costEstimator,
): CostModel[] {
  return sweeps.filter(({ sizes }) => sizes.length >= leastSizesOfModel).flatMap((sweep) => {
    const points = sweep.sizes.flatMap(({ size, own }) =>
      pickQuantile(own.done.map(({ measured }) => measured), estimator.quantile)
        .map((cost) => ({ x: size, y: cost }))
    );
    const line = theilSen(points);
    if (line === null) return [];
    return [{
      ...namesOf(sweep),
      sizes: sweep.sizes.length,
      launches: points.length,
      fixed_ns: rounded(line.intercept),
      per_unit_ns: rounded(line.slope),
      per_unit_low_ns: line.slopeLow === null ? null : rounded(line.slopeLow),
      per_unit_high_ns: line.slopeHigh === null ? null : rounded(line.slopeHigh),
      fit_error: rounded(line.residualRatio),
    }];
  });
}

/** Break-even of every native sweep with the plain sweep of the same binary, over common sizes. */
export function breakEvenSizes(
  sweeps: readonly Sweep[],
  estimator: Estimator = costEstimator,
): BreakEvenSize[] {
  const natives = sweeps.filter(({ arm }, index) =>
    arm.mechanism !== 'plain' &&
    !sweeps.slice(0, index).some((other) => areTwins(other.arm, arm))
  );
  return natives.flatMap((sweep) => {
    const plain = sweeps.find((other) =>
      other.arm.mechanism === 'plain' && sameBinary(other.arm, sweep.arm) &&
      other.task === sweep.task && other.variant === sweep.variant
    );
    const ratios = plain ? sizeRatios(sweep, plain, estimator) : [];
    return plain && ratios.length >= 2 ? [breakEvenOf(sweep, plain, ratios)] : [];
  });
}

interface CoveredRatio extends SizeRatio {
  readonly coverage: number;
}

/** Ratios at the common sizes, within their exact intervals or, under six rounds, their range. */
function sizeRatios(sweep: Sweep, plain: Sweep, estimator: Estimator): CoveredRatio[] {
  return sweep.sizes.filter(({ size }) => size > 0).flatMap(({ size, own }) => {
    const base = plain.sizes.find((other) => other.size === size);
    const ratio = base && ratioOf(own.done, base.own.done, estimator);
    if (!ratio) return [];
    return [{
      size,
      ratio: Math.exp(ratio.logRatio),
      low: Math.exp(ratio.low ?? ratio.least),
      high: Math.exp(ratio.high ?? ratio.greatest),
      coverage: ratio.coverage ?? 1 - 2 ** (1 - ratio.rounds),
    }];
  });
}

function breakEvenOf(
  sweep: Sweep,
  plain: Sweep,
  ratios: readonly CoveredRatio[],
): BreakEvenSize {
  const found = breakEven(ratios);
  const at = found.kind === 'from' || found.kind === 'until'
    ? { size: found.size, low: found.low, high: found.high }
    : { size: null, low: null, high: null };
  return {
    ...namesOf(sweep),
    base: plain.arm.label,
    kind: found.kind,
    size: at.size === null ? null : rounded(at.size),
    low: at.low === null ? null : rounded(at.low),
    high: at.high === null ? null : rounded(at.high),
    smallest: ratios[0]!.size,
    largest: ratios.at(-1)!.size,
    coverage: rounded(Math.min(...ratios.map(({ coverage }) => coverage))),
  };
}

function namesOf({ task, arm, sizeParam, variant }: Sweep) {
  return { task, arm: arm.label, size_param: sizeParam, variant };
}

function sizeOf({ case: { params, sweep } }: CaseLaunches): number | null {
  const size = sweep === undefined ? undefined : params[sweep];
  return typeof size === 'number' ? size : null;
}
