/**
 * Where the cost of a call sits, for tasks of several sizes: crossing, work, conversion and
 * collection. Each is a difference of medians of one run, and null where the intervals of what it
 * is made of are wider than it is.
 */
import { keyOf } from '../results/keys.ts';
import type { Document } from '../results/schema.ts';
import type { CaseFigures, Estimate } from '../results/schema_derived.ts';
import { emptyCall } from './prices.ts';

/** Where the cost of a case sits, all in ns per call. */
export interface CostParts {
  readonly case: string;
  readonly arm: string;
  /** Median of the launches, without collection. */
  readonly cost: number;
  /** The empty call of the same lane, for each crossing. */
  readonly crossing: number;
  /** The same task called from C, without its empty call. */
  readonly work: number;
  /** What is left of the cost; null where that is not significant. */
  readonly conversion: number | null;
  /** What a whole settled launch takes above its cost; null where that is not significant. */
  readonly collection: number | null;
}

/** The lane without a runtime, whose cost is the work. */
const floor = 'native.call';

/** Mechanisms whose work is not the machine code that the floor calls. */
const otherWork = ['plain', 'wasm', 'wasm_bindgen'];

/** The parts of every swept case that C has too, in lanes with an empty call. */
export function costPartsOf({ arms, cases, derived }: Document): CostParts[] {
  const crossing = new Set(
    arms.filter(({ label, mechanism }) => !otherWork.includes(mechanism) && label !== floor)
      .map(({ label }) => label),
  );
  const figures = new Map(derived.cases.map((item) => [keyOf(item), item]));
  const costOf = (name: string, arm: string) =>
    figures.get(keyOf({ case: name, arm }))?.cost_ns ?? null;
  const wanted = cases.filter(({ arm, sweep, folded }) =>
    sweep !== undefined && !folded && crossing.has(arm)
  );
  return wanted.flatMap((item) => {
    const found = figures.get(keyOf(item));
    const empty = costOf(emptyCall, item.arm);
    const [inC, emptyInC] = [costOf(item.case, floor), costOf(emptyCall, floor)];
    if (!found?.cost_ns || !empty || !inC || !emptyInC) return [];
    return [partsOf(found, found.cost_ns, { empty, inC, emptyInC })];
  });
}

/** What the parts are told by. */
interface Bases {
  readonly empty: Estimate;
  readonly inC: Estimate;
  readonly emptyInC: Estimate;
}

function partsOf(found: CaseFigures, cost: Estimate, { empty, inC, emptyInC }: Bases): CostParts {
  const crossings = found.crossings_per_call ?? 1;
  const crossing = Math.min(cost.value, empty.value * crossings);
  const work = Math.min(cost.value - crossing, Math.max(0, inC.value - emptyInC.value * crossings));
  const left = cost.value - crossing - work;
  const doubt = halfOf(cost) + halfOf(empty) * crossings + halfOf(inC);
  const more = found.sustained_ns === null ? 0 : found.sustained_ns.value - cost.value;
  const doubtOfMore = found.sustained_ns === null ? 0 : halfOf(found.sustained_ns) + halfOf(cost);
  return {
    case: found.case,
    arm: found.arm,
    cost: cost.value,
    crossing,
    work,
    conversion: left > doubt ? left : null,
    collection: more > doubtOfMore ? more : null,
  };
}

/** Half of the interval, or of the range of few launches. */
function halfOf({ low, high, min, max }: Estimate): number {
  return ((high ?? max) - (low ?? min)) / 2;
}
