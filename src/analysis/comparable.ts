/** What forbids comparing two runs or their cases, and what differs without forbidding it. */
import type { Arm, Document } from '../results/schema.ts';
import type { CaseLaunches } from './rows.ts';

/** Something that was one way in the old run and is another in the new one. */
export interface Difference {
  /** What it is, as `lane` or `cpu_model`. */
  readonly what: string;
  /** The arm that it is of; null where it is of the whole run. */
  readonly arm: string | null;
  readonly old: string | null;
  readonly new: string | null;
}

/** Why a case is not compared. */
export interface Refusal {
  readonly code:
    | 'other_machine'
    | 'other_method'
    | 'other_lane'
    | 'other_timing'
    | 'folded'
    | 'other_library'
    | 'not_measured_before'
    | 'not_measured_now';
  readonly what: string;
  readonly old: string;
  readonly new: string;
}

/** A case that both documents list. */
export interface Both {
  readonly old: CaseLaunches;
  readonly new: CaseLaunches;
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** What may differ without forbidding a comparison. */
export interface Allowance {
  /** Another build of the library: where the kernels are what is asked about. */
  readonly otherLibrary: boolean;
}

/** Why nothing of two documents can be compared; null where it can. */
export function machineReason(old: Document, fresh: Document): Refusal | null {
  const [before, after] = [old.provenance.machine, fresh.provenance.machine];
  for (const field of ['cpu_model', 'arch', 'os', 'cores'] as const) {
    if (before[field] !== after[field]) {
      return refusal('other_machine', field, before[field], after[field]);
    }
  }
  return old.method === fresh.method
    ? null
    : refusal('other_method', 'method', old.method, fresh.method);
}

/** Why one case cannot be compared; null where it can. */
export function caseReason(pair: Both, allowance: Allowance): Refusal | null {
  const other = whyOtherCase(pair, allowance);
  if (other !== null) return other;
  const states = [stateOf(pair.old, pair.before), stateOf(pair.new, pair.after)] as const;
  if (pair.before.length === 0) return refusal('not_measured_before', 'status', ...states);
  return pair.after.length === 0 ? refusal('not_measured_now', 'status', ...states) : null;
}

/** Why the two are not the same case by what they are; null where they are. */
export function whyOtherCase(
  { old, new: fresh }: Both,
  { otherLibrary }: Allowance,
): Refusal | null {
  for (const field of ['lane', 'timing'] as const) {
    if (old.case[field] !== fresh.case[field]) {
      return refusal(`other_${field}`, field, old.case[field], fresh.case[field]);
    }
  }
  if (old.case.folded || fresh.case.folded) {
    return refusal('folded', 'folded', old.case.folded, fresh.case.folded);
  }
  const [before, after] = [old.arm.library, fresh.arm.library];
  if (!otherLibrary && before?.sha256 !== after?.sha256) {
    return refusal('other_library', 'library', shortHash(before), shortHash(after));
  }
  return null;
}

function refusal(code: Refusal['code'], what: string, old: unknown, fresh: unknown): Refusal {
  return { code, what, old: String(old), new: String(fresh) };
}

/** The status of a case; `no_cost` where it was measured and no launch of it has a cost. */
function stateOf({ case: { status } }: CaseLaunches, costs: readonly number[]): string {
  return status === 'measured' && costs.length === 0 ? 'no_cost' : status;
}

function shortHash(library: Arm['library'] | undefined): string {
  return library?.sha256.slice(0, 12) ?? 'none';
}

/** What differs between the runs without forbidding a comparison. */
export function differencesOf(
  old: Document,
  fresh: Document,
  { otherLibrary }: Allowance,
): Difference[] {
  const told = (
    what: string,
    before: string | null,
    after: string | null,
    arm: string | null = null,
  ) => before === after ? [] : [{ what, arm, old: before, new: after }];
  const armsBefore = new Map(old.arms.map((arm) => [arm.label, arm]));
  const [machineBefore, machine] = [old.provenance.machine, fresh.provenance.machine];
  return [
    ...fresh.arms.flatMap((arm) => {
      const before = armsBefore.get(arm.label);
      return before === undefined ? [] : [
        ...told('version', before.version, arm.version, arm.label),
        ...told('flags', before.flags.join(' '), arm.flags.join(' '), arm.label),
        ...otherLibrary
          ? told('library', shortHash(before.library), shortHash(arm.library), arm.label)
          : [],
      ];
    }),
    ...told('kernel', machineBefore.kernel, machine.kernel),
    ...told('governor', machineBefore.governor, machine.governor),
    ...told('profile', old.provenance.profile, fresh.provenance.profile),
    ...told('tool', old.provenance.tool.commit, fresh.provenance.tool.commit),
  ];
}
