/**
 * The price list: what each argument or result type, string, struct and callback adds to an empty
 * call, per arm. The cost itself stands beside it, so that nothing is subtracted in silence.
 */
import { keyOf } from '../results/keys.ts';
import type { Price } from '../results/schema_conclusions.ts';
import type { CaseFigures, Estimate } from '../results/schema_derived.ts';
import { rounded } from '../stats/rounded.ts';
import type { CaseLaunches, Row } from './rows.ts';

/** The task that every price is counted from. */
export const emptyCall = 'call.noop';
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
      .filter(isPriced)
      .map((own) => keyOf(own.case)),
  );
  return figures.flatMap((item): Price[] => {
    const noop = noops.get(item.arm);
    const { case: name, arm, cost_ns: cost, crossings_per_call: crossings } = item;
    if (!noop || !cost || crossings !== 1 || !priced.has(keyOf(item))) return [];
    const adds = difference(cost, noop);
    return [{
      case: name,
      arm,
      cost_ns: cost.value,
      noop_ns: noop.value,
      adds_ns: adds,
      because: whyMaybeNothing(adds),
    }];
  });
}

/** Whether a case is of a family that has prices, and in a lane that crosses. */
export function isPriced({ case: { task, folded }, arm }: CaseLaunches): boolean {
  return task !== emptyCall && !folded && arm.mechanism !== 'plain' &&
    families.includes(task.split('.')[0]!);
}

/**
 * From the ends of both intervals: where each misses its median with a chance of its own, both
 * together miss with at most the sum of the two (Bonferroni).
 */
function difference(cost: Estimate, noop: Estimate): Price['adds_ns'] {
  const value = rounded(cost.value - noop.value);
  if (cost.low === null || cost.high === null || noop.low === null || noop.high === null) {
    return { value, low: null, high: null, coverage: null };
  }
  return {
    value,
    low: rounded(cost.low - noop.high),
    high: rounded(cost.high - noop.low),
    coverage: rounded(cost.coverage! + noop.coverage! - 1),
  };
}

function whyMaybeNothing({ low, high }: Price['adds_ns']): Price['because'] {
  if (low === null || high === null) return 'launches_too_few';
  return low <= 0 && high >= 0 ? 'interval_holds_zero' : null;
}
