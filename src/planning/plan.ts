/** The plan of a run: which launches are made and in which order. Pure, and the same for a seed. */
import { createHash } from 'node:crypto';
import type { CatalogueEntry } from '../catalogue/catalogue.ts';
import { hosts, type LaneRow } from '../../runtimes/registry.ts';
import type { Case } from '../results/schema.ts';
import type { RunArm } from './arm.ts';
import { roundOrder } from './order.ts';
import { whyUnable } from './unable.ts';

/** A case of the plan, and why it will not be launched where that is known. */
export interface PlannedCase {
  readonly entry: CatalogueEntry;
  readonly arm: RunArm;
  /** Launches that it is given. */
  readonly rounds: number;
  readonly reason: string | null;
}

/** One launch to be made. */
export interface PlannedLaunch {
  readonly planned: PlannedCase;
  readonly pass: number;
  readonly round: number;
  readonly position: number;
}

/** Every selected task × params in every arm that is given rounds for it. */
export function planCases(
  entries: readonly CatalogueEntry[],
  arms: readonly RunArm[],
  roundsOf: (entry: CatalogueEntry, arm: RunArm) => number,
): PlannedCase[] {
  return entries.flatMap((entry) =>
    arms.map((arm) => ({
      entry,
      arm,
      rounds: roundsOf(entry, arm),
      reason: whyNotPlanned(entry, arm),
    }))
  ).filter(({ rounds }) => rounds > 0);
}

function whyNotPlanned({ task, params }: CatalogueEntry, { runtime, row }: RunArm): string | null {
  if (runtime.state === 'missing') return runtime.reason;
  return whyUnable(row, task, params);
}

/** Whether a lane's host makes the work of a twin disappear. */
export function isFolded({ mechanism, runtime }: LaneRow, { task, params }: CatalogueEntry) {
  return mechanism === 'plain' && hosts[runtime].folds && task.folded(params);
}

/** A case as the document's table of cases has it before any launch. */
export function describeCase({ entry, arm, rounds, reason }: PlannedCase): Case {
  const { task, params, name } = entry;
  return {
    case: name,
    task: task.id,
    params: { ...params },
    arm: arm.label,
    lane: arm.row.lane,
    timing: task.timing,
    ...(task.sweep ? { sweep: task.sweep } : {}),
    rounds_planned: reason === null ? rounds : 0,
    folded: isFolded(arm.row, entry),
    status: reason === null ? 'not_run' : 'unsupported',
    reason,
    evidence: null,
    instructions: null,
  };
}

/** One round of one task × params: every arm that can, in balanced order. */
export function planRound(
  cases: readonly PlannedCase[],
  seed: number,
  pass: number,
  round: number,
): PlannedLaunch[] {
  const able = new Map(
    cases.filter((one) => one.reason === null && round < one.rounds)
      .map((one) => [one.arm.label, one]),
  );
  const name = cases[0]!.entry.name;
  return roundOrder(seed, name, [...able.keys()].sort(), round).map((label, position) => ({
    planned: able.get(label)!,
    pass,
    round,
    position,
  }));
}

/** What is said of the order in a document. */
export const orderName = 'williams';

/**
 * The rounds of a run as blocks: all rounds of a case together, so that rows appear early, or in
 * `passes` over the whole suite, so that no case depends on one hour.
 */
export function planBlocks(cases: readonly PlannedCase[], passes: number) {
  const byName = Map.groupBy(cases, ({ entry }) => entry.name);
  return Array.from({ length: passes }, (_, pass) => pass).flatMap((pass) =>
    [...byName].map(([name, own]) => {
      const rounds = Math.max(...own.map((one) => one.rounds));
      return {
        name,
        cases: own,
        pass,
        from: Math.floor((rounds * pass) / passes),
        to: Math.floor((rounds * (pass + 1)) / passes),
      };
    })
  );
}

/** Hash of everything that decides what is measured: a journal resumes only under the same. */
export function planHash(cases: readonly PlannedCase[], settings: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(settings));
  for (const { entry, arm, rounds } of cases) {
    const { runtime } = arm;
    hash.update(JSON.stringify([
      entry.name,
      rounds,
      arm.label,
      arm.row.lane,
      runtime.path,
      runtime.state === 'ready' ? runtime.version : null,
      arm.library?.sha256 ?? null,
    ]));
  }
  return hash.digest('hex').slice(0, 16);
}
