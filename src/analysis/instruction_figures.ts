/** What counts of instructions say together: how they grow with a size, and what each type adds. */
import { keyOf } from '../results/keys.ts';
import type { Case } from '../results/schema.ts';
import type { InstructionModel, InstructionPrice } from '../results/schema_conclusions.ts';
import { relativeLine } from '../stats/relative_line.ts';
import { rounded } from '../stats/rounded.ts';
import { emptyCall, isPriced } from './prices.ts';
import type { CaseLaunches, Row } from './rows.ts';
import { leastSizesOfModel, variantOf } from './sweeps.ts';

/** Instructions of a call where its count is exact; null elsewhere. */
function exactCount({ instructions }: Case): number | null {
  return instructions !== null && instructions.per_call.exact ? instructions.per_call.low : null;
}

/** Instructions per call and per unit of every sweep that was counted exactly at three sizes. */
export function instructionModels(rows: readonly Row[]): InstructionModel[] {
  const counted = rows.flatMap((row) => row.cases).flatMap(({ case: item, arm }) => {
    const size = item.sweep === undefined ? undefined : item.params[item.sweep];
    const count = item.folded ? null : exactCount(item);
    return typeof size === 'number' && count !== null ? [{ item, arm, size, count }] : [];
  });
  const groups = Map.groupBy(
    counted,
    ({ item: { task, params, sweep }, arm }) =>
      JSON.stringify([task, variantOf(params, sweep), arm.label]),
  );
  return [...groups.values()].flatMap((members): InstructionModel[] => {
    const points = members.map(({ size, count }) => ({ x: size, y: count }));
    const line = points.length < leastSizesOfModel ? null : relativeLine(points);
    if (line === null) return [];
    const { item, arm } = members[0]!;
    const sizes = points.map(({ x }) => x);
    return [{
      task: item.task,
      arm: arm.label,
      size_param: item.sweep!,
      variant: variantOf(item.params, item.sweep),
      sizes: sizes.length,
      smallest: Math.min(...sizes),
      largest: Math.max(...sizes),
      fixed: rounded(line.fixed),
      per_unit: rounded(line.perUnit),
      off_by: rounded(line.offBy),
    }];
  });
}

/** What every case that crosses once adds to the empty call of its arm, where both are exact. */
export function instructionPrices(rows: readonly Row[]): InstructionPrice[] {
  const cases = rows.flatMap((row) => row.cases);
  const noops = new Map(
    cases.filter(({ case: { case: name } }) => name === emptyCall)
      .map(({ case: item }) => [item.arm, exactCount(item)]),
  );
  const once = new Map(cases.map((own) => [keyOf(own.case), crossingsOf(own)]));
  return cases.flatMap((own): InstructionPrice[] => {
    const { case: item } = own;
    const noop = noops.get(item.arm) ?? null;
    const count = exactCount(item);
    if (noop === null || count === null || !isPriced(own)) return [];
    if (once.get(keyOf(item)) !== 1) return [];
    return [{
      case: item.case,
      arm: item.arm,
      instructions: count,
      noop,
      adds: rounded(count - noop),
    }];
  });
}

function crossingsOf({ done }: CaseLaunches): number | null {
  return done[0]?.measured.crossings_per_call ?? null;
}
