/**
 * The price list: what each argument or result type, string, struct and callback adds to an empty
 * call, per arm. The cost itself stands beside it, so that nothing is subtracted in silence.
 */
import { rounded } from './rounded.ts';
import type { Row } from './rows.ts';
import type { CaseFigures, Estimate } from './schema_derived.ts';
import type { Price } from './schema_findings.ts';

/** The task that every price is counted from. */
const emptyCall = 'call.noop';
/** Families in which one call passes something that has a price. */
const families = ['call', 'buffer', 'string_in', 'string_out', 'struct', 'callback'];

/** Prices of all cases that cross once per call, in arms that measured the empty call. */
export function pricesOf(rows: readonly Row[], figures: readonly CaseFigures[]): Price[] {
  const noops = new Map(
    figures.filter((item) => item.case === emptyCall)
      .map((item) => [item.arm, item.cost_ns]),
  );
  const priced = new Set(
    rows.flatMap((row) => row.cases)
      .filter(({ case: { task }, arm }) =>
        task !== emptyCall && arm.mechanism !== 'plain' && families.includes(task.split('.')[0]!)
      )
      .map(({ case: { case: name, arm } }) => `${name}\n${arm}`),
  );
  return figures.flatMap((item) => {
    const noop = noops.get(item.arm);
    const { case: name, arm, cost_ns: cost, crossings_per_call: crossings } = item;
    if (!noop || !cost || crossings !== 1 || !priced.has(`${name}\n${arm}`)) return [];
    return [{
      case: name,
      arm,
      cost_ns: cost.value,
      noop_ns: noop.value,
      adds_ns: difference(cost, noop),
    }];
  });
}

function difference(cost: Estimate, noop: Estimate): Price['adds_ns'] {
  return {
    value: rounded(cost.value - noop.value),
    low: cost.low === null || noop.high === null ? null : rounded(cost.low - noop.high),
    high: cost.high === null || noop.low === null ? null : rounded(cost.high - noop.low),
  };
}
