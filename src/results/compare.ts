/**
 * Compares two documents of different runs, case by case and unpaired: what changed, by how much,
 * how certain that is, and what cannot be compared and why.
 */
import { pickQuantile } from '../stats/estimators.ts';
import { benjaminiHochberg } from '../stats/false_discovery.ts';
import { median } from '../stats/quantiles.ts';
import { rankSum, type Shift } from '../stats/rank_sum.ts';
import { falseDiscoveryRate } from './pairs.ts';
import { rounded } from './rounded.ts';
import { type CaseLaunches, keyOf, rowsOf } from './rows.ts';
import type { Arm, Document } from './schema.ts';
import type { Verdict } from './schema_derived.ts';

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
  readonly p_adjusted: number;
  readonly verdict: Verdict;
  readonly because: string | null;
}

/** What two documents say of each other. */
export interface Comparison {
  readonly old_id: string;
  readonly new_id: string;
  /** What differs between the runs and may explain changes, in sentences. */
  readonly differs: readonly string[];
  readonly changes: readonly Change[];
  readonly added: readonly CaseName[];
  readonly gone: readonly CaseName[];
  readonly not_comparable: readonly (CaseName & { readonly reason: string })[];
  /** Changes smaller than this ratio get no verdict; 1 where there is no measured floor. */
  readonly noise_floor: number;
  /** What cases moved by whose binaries are the same in both runs; null of too few of them. */
  readonly noise_between: { readonly ratio: number; readonly cases: number } | null;
}

/** A case that both documents list. */
interface Both {
  readonly old: CaseLaunches;
  readonly new: CaseLaunches;
}

/** What may differ without forbidding a comparison. */
export interface Allowance {
  /** Another build of the library: where the kernels are what is asked about. */
  readonly otherLibrary: boolean;
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
  const both = [...newCases].flatMap(([key, own]) => {
    const before = oldCases.get(key);
    return before ? [{ old: before, new: own }] : [];
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

/** A case of both documents, its costs, and how they moved. */
interface Shifted {
  readonly pair: Both;
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly shift: Shift;
}

function shiftOf(pair: Both): Shifted {
  const [before, after] = [costsOf(pair.old), costsOf(pair.new)];
  return { pair, before, after, shift: rankSum(after.map(Math.log), before.map(Math.log)) };
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

/** Whether both runs measured a case with the same runtime, flags and library. */
function isUnchanged({ old: { arm: before }, new: { arm: after } }: Both): boolean {
  return before.version === after.version && before.library?.sha256 === after.library?.sha256 &&
    before.flags.join(' ') === after.flags.join(' ');
}

function changesOf(measured: readonly Shifted[], floor: number): Change[] {
  const adjusted = benjaminiHochberg(measured.map(({ shift }) => shift.p));
  return measured.map(({ pair, before, after, shift }, index): Change => ({
    ...nameOf(pair.new),
    old_ns: rounded(median(before)),
    new_ns: rounded(median(after)),
    launches: { old: before.length, new: after.length },
    ratio: {
      value: rounded(Math.exp(shift.shift)),
      low: shift.interval && rounded(Math.exp(shift.interval.low)),
      high: shift.interval && rounded(Math.exp(shift.interval.high)),
      coverage: shift.interval && rounded(shift.interval.coverage),
    },
    p: rounded(shift.p),
    p_adjusted: rounded(adjusted[index]!),
    ...judge(shift, adjusted[index]!, floor),
  }));
}

function judge(
  { shift, interval }: Shift,
  adjustedP: number,
  floor: number,
): Pick<Change, 'verdict' | 'because'> {
  if (interval === null) {
    return { verdict: 'not_resolved', because: 'Fewer than four launches on a side.' };
  }
  if (adjustedP > falseDiscoveryRate) {
    return {
      verdict: 'not_resolved',
      because: `The launches overlap (p ${adjustedP.toFixed(2)}).`,
    };
  }
  if (Math.abs(shift) <= Math.log(floor)) {
    const percent = ((floor - 1) * 100).toFixed(1);
    return { verdict: 'not_resolved', because: `Within the noise floor of ${percent} %.` };
  }
  return { verdict: shift < 0 ? 'faster' : 'slower', because: null };
}

/** Why nothing of two documents can be compared; null where it can. */
function machineReason(old: Document, fresh: Document): string | null {
  const [before, after] = [old.provenance.machine, fresh.provenance.machine];
  for (const field of ['cpu_model', 'arch', 'os', 'cores'] as const) {
    if (before[field] !== after[field]) {
      return `Other machine: ${field} was ${before[field]}, is ${after[field]}.`;
    }
  }
  return null;
}

/** Why one case cannot be compared; null where it can. */
function caseReason({ old, new: fresh }: Both, { otherLibrary }: Allowance): string | null {
  if (old.case.lane !== fresh.case.lane) {
    return `Other lane: was ${old.case.lane}, is ${fresh.case.lane}.`;
  }
  if (old.case.timing !== fresh.case.timing) {
    return `Timed in another way: was ${old.case.timing}, is ${fresh.case.timing}.`;
  }
  if (old.case.folded || fresh.case.folded) return 'Folded: the engine computed the answer ahead.';
  const [before, after] = [old.arm.library, fresh.arm.library];
  if (!otherLibrary && before?.sha256 !== after?.sha256) {
    return `Other library: sha256 was ${shortHash(before)}, is ${shortHash(after)}.`;
  }
  if (costsOf(old).length === 0) return `Not measured in the old run: ${old.case.status}.`;
  if (costsOf(fresh).length === 0) return `Not measured in the new run: ${fresh.case.status}.`;
  return null;
}

function shortHash(library: Arm['library'] | undefined): string {
  return library?.sha256.slice(0, 12) ?? 'none';
}

/** What differs between the runs without forbidding a comparison. */
function differencesOf(
  old: Document,
  fresh: Document,
  { otherLibrary }: Allowance,
): string[] {
  const told = (what: string, before: unknown, after: unknown) =>
    before === after ? [] : [`${what}: was ${before ?? 'unknown'}, is ${after ?? 'unknown'}.`];
  const armsBefore = new Map(old.arms.map((arm) => [arm.label, arm]));
  return [
    ...fresh.arms.flatMap((arm) => {
      const before = armsBefore.get(arm.label);
      return before === undefined ? [] : [
        ...told(`${arm.label} version`, before.version, arm.version),
        ...told(`${arm.label} flags`, before.flags.join(' '), arm.flags.join(' ')),
        ...otherLibrary
          ? told(`${arm.label} library`, shortHash(before.library), shortHash(arm.library))
          : [],
      ];
    }),
    ...told('Kernel', old.provenance.machine.kernel, fresh.provenance.machine.kernel),
    ...told('Governor', old.provenance.machine.governor, fresh.provenance.machine.governor),
    ...told('Profile', old.provenance.profile, fresh.provenance.profile),
    ...told('Tool', old.provenance.tool.commit, fresh.provenance.tool.commit),
  ];
}

function casesOf(document: Document): Map<string, CaseLaunches> {
  return new Map(
    rowsOf(document).flatMap((row) => row.cases).map((own) => [keyOf(own.case), own]),
  );
}

function costsOf(own: CaseLaunches): number[] {
  return pickQuantile(own.done.map(({ measured }) => measured), 'p10').filter((cost) => cost > 0);
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
