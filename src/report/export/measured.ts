/**
 * The cases of a document that have a cost, with what every exporter needs of them.
 */
import { type CaseLaunches, rowsOf } from '../../analysis/rows.ts';
import { keyOf } from '../../results/keys.ts';
import type { Document } from '../../results/schema.ts';
import type { CaseFigures, Estimate } from '../../results/schema_derived.ts';

/** A case with its launches, its figures and its cost. */
export interface MeasuredCase {
  /** `call.i32_args[2] deno.ffi`: unique in a document. */
  readonly name: string;
  readonly own: CaseLaunches;
  readonly figures: CaseFigures;
  readonly costNs: Estimate;
}

/** All measured cases in the order of the document. */
export function measuredCases(document: Document): MeasuredCase[] {
  const figures = new Map(document.derived.cases.map((item) => [keyOf(item), item]));
  return rowsOf(document).flatMap((row) => row.cases).flatMap((own) => {
    const found = figures.get(keyOf(own.case));
    if (!found?.cost_ns) return [];
    return [{
      name: `${own.case.case} ${own.case.arm}`,
      own,
      figures: found,
      costNs: found.cost_ns,
    }];
  });
}
