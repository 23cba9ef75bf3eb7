/**
 * Sweeps: one task in one arm over the values of its size parameter, and what follows from them:
 * cost models, and break-even sizes against plain JavaScript on the same binary.
 */
import type { BreakEvenSize, CostModel } from '../results/schema_conclusions.ts';
import type { Pair } from '../results/schema_derived.ts';
import type { Arm, Params } from '../results/schema.ts';
import { breakEven, type SizeVerdict } from '../stats/break_even.ts';
import type { Estimator } from '../stats/estimators.ts';
import { median } from '../stats/quantiles.ts';
import { relativeLine } from '../stats/relative_line.ts';
import { rounded } from '../stats/rounded.ts';
import { theilSen } from '../stats/theil_sen.ts';
import { areTwins, sameBinary } from './arms.ts';
import { type CaseLaunches, costsOf, type Row } from './rows.ts';

/** The cases of one sweep in one arm that have a cost and are not folded, ascending by size. */
export interface Sweep {
  readonly task: string;
  readonly arm: Arm;
  readonly sizeParam: string;
  readonly variant: string;
  readonly sizes: readonly {
    readonly size: number;
    readonly name: string;
    readonly costs: readonly number[];
  }[];
}

/** Fewest sizes that show whether a line fits. */
export const leastSizesOfModel = 3;
/** A line that is further off at any size is no line. */
const mostOff = 0.25;

/** All sweeps of a run with at least one size. */
export function sweepsOf(rows: readonly Row[], estimator: Estimator): Sweep[] {
  const usable = rows.flatMap((row) => row.cases).flatMap((own) => {
    const costs = own.case.folded ? [] : costsOf(own, estimator);
    const size = sizeOf(own);
    return costs.length === 0 || size === null ? [] : [{ own, size, costs }];
  });
  const groups = Map.groupBy(
    usable,
    ({ own: { case: { task, sweep, params, arm } } }) =>
      JSON.stringify([task, sweep, variantOf(params, sweep), arm]),
  );
  return [...groups.values()].map((members) => {
    const { case: first, arm } = members[0]!.own;
    return {
      task: first.task,
      arm,
      sizeParam: first.sweep!,
      variant: variantOf(first.params, first.sweep),
      sizes: members.map(({ own, size, costs }) => ({ size, name: own.case.case, costs }))
        .sort((a, b) => a.size - b.size),
    };
  });
}

/** Params but the size, as `charset=bmp, strings=rotating`; empty where there are none. */
export function variantOf(params: Params, sweep?: string): string {
  return Object.entries(params).filter(([name]) => name !== sweep)
    .map(([name, value]) => `${name}=${value}`).join(', ');
}

/** How the cost of every sweep of at least three sizes grows. */
export function costModels(sweeps: readonly Sweep[]): CostModel[] {
  return sweeps.filter(({ sizes }) => sizes.length >= leastSizesOfModel).flatMap((sweep) => {
    const line = relativeLine(
      sweep.sizes.map(({ size, costs }) => ({ x: size, y: median(costs) })),
    );
    if (line === null) return [];
    const isLine = line.offBy <= mostOff;
    return [{
      ...namesOf(sweep),
      sizes: sweep.sizes.length,
      smallest: sweep.sizes[0]!.size,
      largest: sweep.sizes.at(-1)!.size,
      kind: isLine ? 'line' as const : 'curve' as const,
      fixed_ns: isLine ? rounded(line.fixed) : null,
      per_unit_ns: isLine ? rounded(line.perUnit) : null,
      off_by: rounded(line.offBy),
      exponent: isLine ? null : exponentOf(sweep),
    }];
  });
}

/** The power of the size that the costs grow with, over all launches. */
function exponentOf({ sizes }: Sweep): CostModel['exponent'] {
  const points = sizes.filter(({ size }) => size > 0).flatMap(({ size, costs }) =>
    costs.filter((cost) => cost > 0).map((cost) => ({ x: Math.log(size), y: Math.log(cost) }))
  );
  const line = theilSen(points);
  return line && {
    value: rounded(line.slope),
    low: line.slopeLow === null ? null : rounded(line.slopeLow),
    high: line.slopeHigh === null ? null : rounded(line.slopeHigh),
  };
}

/**
 * Break-even of every native sweep with the plain sweep of the same binary, by the verdicts of the
 * pairs at the sizes that both measured.
 */
export function breakEvenSizes(sweeps: readonly Sweep[], pairs: readonly Pair[]): BreakEvenSize[] {
  const pairOf = new Map(pairs.map((pair) => [pairKey(pair.case, pair.arm, pair.base), pair]));
  const natives = sweeps.filter((sweep, index) =>
    sweep.arm.mechanism !== 'plain' &&
    !sweeps.slice(0, index).some((other) =>
      areTwins(other.arm, sweep.arm) && other.task === sweep.task &&
      other.variant === sweep.variant
    )
  );
  return natives.flatMap((sweep) => {
    const plain = sweeps.find((other) =>
      other.arm.mechanism === 'plain' && sameBinary(other.arm, sweep.arm) &&
      other.task === sweep.task && other.variant === sweep.variant
    );
    if (plain === undefined) return [];
    const verdicts = sweep.sizes.flatMap(({ size, name }): SizeVerdict[] => {
      const pair = pairOf.get(pairKey(name, sweep.arm.label, plain.arm.label));
      return pair ? [{ size, verdict: pair.verdict }] : [];
    });
    return verdicts.length < 2 ? [] : [breakEvenOf(sweep, plain, verdicts)];
  });
}

function breakEvenOf(sweep: Sweep, plain: Sweep, verdicts: readonly SizeVerdict[]): BreakEvenSize {
  const sizesOf = (wanted: SizeVerdict['verdict']) =>
    verdicts.filter(({ verdict }) => verdict === wanted).map(({ size }) => size);
  return {
    ...namesOf(sweep),
    base: plain.arm.label,
    ...breakEven(verdicts),
    faster: sizesOf('faster'),
    slower: sizesOf('slower'),
    undecided: sizesOf('not_resolved'),
    untested: sizesOf('not_tested'),
  };
}

function pairKey(name: string, arm: string, base: string): string {
  return `${name}\n${arm}\n${base}`;
}

function namesOf({ task, arm, sizeParam, variant }: Sweep) {
  return { task, arm: arm.label, size_param: sizeParam, variant };
}

function sizeOf({ case: { params, sweep } }: CaseLaunches): number | null {
  const size = sweep === undefined ? undefined : params[sweep];
  return typeof size === 'number' ? size : null;
}
