/**
 * Compares two documents of different runs, case by case and unpaired: what changed, by how much,
 * how certain that is, and what cannot be compared and why.
 */
import { keyOf } from '../results/keys.ts';
import type { Document } from '../results/schema.ts';
import type { Verdict } from '../results/schema_derived.ts';
import { costEstimators } from '../stats/estimators.ts';
import { benjaminiHochberg } from '../stats/false_discovery.ts';
import { median } from '../stats/quantiles.ts';
import { canTellApart, rankSum, type Shift } from '../stats/rank_sum.ts';
import { rounded } from '../stats/rounded.ts';
import {
  type Allowance,
  type Both,
  caseReason,
  type Difference,
  differencesOf,
  machineReason,
  type Refusal,
  whyOtherCase,
} from './comparable.ts';
import { type InstructionChange, instructionChange, isOver } from './instruction_change.ts';
import { falseDiscoveryRate } from './pairs.ts';
import { type CaseLaunches, costsOf, rowsOf } from './rows.ts';

/** Name of one case in a comparison. */
export interface CaseName {
  readonly case: string;
  readonly arm: string;
}

/** One case that both documents measured. */
export interface Change extends CaseName {
  readonly old_ns: number;
  readonly new_ns: number;
  readonly launches: { readonly old: number; readonly new: number };
  /** New over old. */
  readonly ratio: {
    readonly value: number;
    readonly low: number | null;
    readonly high: number | null;
    readonly coverage: number | null;
  };
  readonly p: number;
  readonly p_adjusted: number | null;
  readonly verdict: Verdict;
  readonly because: ChangeReason | null;
}

/** How the instructions of a case changed that both documents counted. */
export interface CountedChange extends CaseName {
  readonly instructions: InstructionChange;
}

/**
 * Why a change is not tested or not resolved: `control`: binary, flags and library are the same in
 * both runs, so that it shows what the machine did between them.
 */
export type ChangeReason =
  | 'control'
  | 'launches_too_few'
  | 'launches_overlap'
  | 'not_after_correction'
  | 'within_noise_floor';

/** What two documents say of each other. */
export interface Comparison {
  readonly old_id: string;
  readonly new_id: string;
  /** What differs between the runs and may explain changes. */
  readonly differs: readonly Difference[];
  readonly changes: readonly Change[];
  /** Of every case that both counted with the same library, whether it has a cost or not. */
  readonly counted: readonly CountedChange[];
  readonly added: readonly CaseName[];
  readonly gone: readonly CaseName[];
  readonly not_comparable: readonly (CaseName & { readonly reason: Refusal })[];
  /** Changes smaller than this ratio get no verdict; 1 where there is no measured floor. */
  readonly noise_floor: number;
  /** What cases moved by whose binaries are the same in both runs; null of too few of them. */
  readonly noise_between: { readonly ratio: number; readonly cases: number } | null;
}

/** Compares two documents. The order of cases is that of the new one. */
export function compareDocuments(
  old: Document,
  fresh: Document,
  allowance: Allowance = { otherLibrary: false },
): Comparison {
  const oldCases = casesOf(old);
  const newCases = casesOf(fresh);
  const machine = machineReason(old, fresh);
  const both = [...newCases].flatMap(([key, own]): Both[] => {
    const other = oldCases.get(key);
    if (!other) return [];
    const [before, after] = [positiveCosts(old, other), positiveCosts(fresh, own)];
    return [{ old: other, new: own, before, after }];
  });
  const judged = both.map((pair) => ({ pair, reason: machine ?? caseReason(pair, allowance) }));
  const shifts = judged.filter(({ reason }) => !reason).map(({ pair }) => shiftOf(pair));
  const between = noiseBetween(shifts);
  const floor = Math.max(
    old.derived.run_noise_floor?.ratio ?? 1,
    fresh.derived.run_noise_floor?.ratio ?? 1,
    between?.ratio ?? 1,
  );
  return {
    old_id: old.id,
    new_id: fresh.id,
    differs: differencesOf(old, fresh, allowance),
    changes: changesOf(shifts, floor),
    counted: isOtherMachine(machine) ? [] : both.flatMap((pair) => countedOf(pair, allowance)),
    added: namesMissing(newCases, oldCases),
    gone: namesMissing(oldCases, newCases),
    not_comparable: judged.flatMap(({ pair, reason }) =>
      reason ? [{ ...nameOf(pair.new), reason }] : []
    ),
    noise_floor: floor,
    noise_between: between,
  };
}

/** The changes that are slower beyond doubt and by more than a share: 0.05 for 5 %. */
export function regressionsOver({ changes }: Comparison, share: number): Change[] {
  return changes.filter(({ verdict, ratio }) => verdict === 'slower' && ratio.value > 1 + share);
}

/** The cases that execute over a share more instructions beyond doubt: 0.01 for 1 %. */
export function instructionsOver({ counted }: Comparison, share: number): CountedChange[] {
  return counted.filter(({ instructions }) => isOver(instructions, share));
}

/** Costs of two methods do not compare; counts do. */
function isOtherMachine(reason: Refusal | null): boolean {
  return reason?.code === 'other_machine';
}

function countedOf(pair: Both, allowance: Allowance): CountedChange[] {
  if (whyOtherCase(pair, allowance) !== null) return [];
  const instructions = instructionChange(pair.old.case.instructions, pair.new.case.instructions);
  return instructions === null ? [] : [{ ...nameOf(pair.new), instructions }];
}

/** A case of both documents, and how its costs moved. */
interface Shifted {
  readonly pair: Both;
  readonly shift: Shift;
}

function shiftOf(pair: Both): Shifted {
  return { pair, shift: rankSum(pair.after.map(Math.log), pair.before.map(Math.log)) };
}

/** Cases that a spread is taken of, at the least. */
const fewestUnchanged = 10;
/** Median absolute deviations in a standard deviation of normal noise: 1 / Φ⁻¹(3/4). */
const deviations = 1.4826;

/**
 * What two runs differ by when nothing changed: the machine was another one for each. Three robust
 * standard deviations of what the cases moved by whose binaries are the same, so that a change in a
 * minority of them does not hide itself.
 */
function noiseBetween(shifts: readonly Shifted[]): Comparison['noise_between'] {
  const moved = shifts.filter(({ pair }) => isUnchanged(pair))
    .map(({ shift }) => Math.abs(shift.shift));
  if (moved.length < fewestUnchanged) return null;
  return { ratio: rounded(Math.exp(3 * deviations * median(moved))), cases: moved.length };
}

/**
 * Whether both runs measured a case with the same binary, flags and library. Without the hash of
 * the binary, its version must do.
 */
function isUnchanged({ old: { arm: before }, new: { arm: after } }: Both): boolean {
  const sameRuntime = before.sha256 !== undefined && after.sha256 !== undefined
    ? before.sha256 === after.sha256
    : before.version === after.version;
  return sameRuntime && before.library?.sha256 === after.library?.sha256 &&
    before.flags.join(' ') === after.flags.join(' ');
}

function changesOf(measured: readonly Shifted[], floor: number): Change[] {
  const tested = measured.filter(({ pair }) => whyNotTested(pair) === null);
  const adjusted = benjaminiHochberg(tested.map(({ shift }) => shift.p));
  const adjustedOf = new Map(tested.map((item, index) => [item, adjusted[index]!]));
  return measured.map((item): Change => {
    const { pair, shift } = item;
    const adjustedP = adjustedOf.get(item) ?? null;
    return {
      ...nameOf(pair.new),
      old_ns: rounded(median(pair.before)),
      new_ns: rounded(median(pair.after)),
      launches: { old: pair.before.length, new: pair.after.length },
      ratio: {
        value: rounded(Math.exp(shift.shift)),
        low: shift.interval && rounded(Math.exp(shift.interval.low)),
        high: shift.interval && rounded(Math.exp(shift.interval.high)),
        coverage: shift.interval && rounded(shift.interval.coverage),
      },
      p: rounded(shift.p),
      p_adjusted: adjustedP === null ? null : rounded(adjustedP),
      ...adjustedP === null
        ? { verdict: 'not_tested', because: whyNotTested(pair) }
        : judge(shift, adjustedP, floor),
    };
  });
}

function whyNotTested(pair: Both): ChangeReason | null {
  if (isUnchanged(pair)) return 'control';
  return canTellApart(pair.before.length, pair.after.length, falseDiscoveryRate)
    ? null
    : 'launches_too_few';
}

function judge(
  { shift, p }: Shift,
  adjustedP: number,
  floor: number,
): Pick<Change, 'verdict' | 'because'> {
  if (p > falseDiscoveryRate) return { verdict: 'not_resolved', because: 'launches_overlap' };
  if (adjustedP > falseDiscoveryRate) {
    return { verdict: 'not_resolved', because: 'not_after_correction' };
  }
  if (Math.abs(shift) <= Math.log(floor)) {
    return { verdict: 'not_resolved', because: 'within_noise_floor' };
  }
  return { verdict: shift < 0 ? 'faster' : 'slower', because: null };
}

function casesOf(document: Document): Map<string, CaseLaunches> {
  return new Map(
    rowsOf(document).flatMap((row) => row.cases).map((own) => [keyOf(own.case), own]),
  );
}

/** Costs of a case in ns that have a logarithm. */
function positiveCosts({ method }: Document, own: CaseLaunches): number[] {
  return costsOf(own, costEstimators[method]).filter((cost) => cost > 0);
}

function namesMissing(
  from: ReadonlyMap<string, CaseLaunches>,
  other: ReadonlyMap<string, CaseLaunches>,
): CaseName[] {
  return [...from].filter(([key]) => !other.has(key)).map(([, own]) => nameOf(own));
}

function nameOf({ case: { case: name, arm } }: CaseLaunches): CaseName {
  return { case: name, arm };
}
