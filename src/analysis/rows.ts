/**
 * The launches of a run, arranged as they are read: by task and params (a row of the report), then
 * by arm, then by round.
 */
import { isSetAside, keyOf } from '../results/keys.ts';
import type { Arm, Case, Launch, Measured, RawDocument } from '../results/schema.ts';
import type { Estimator } from '../stats/estimators.ts';
import { launchCost } from './launch_cost.ts';

/** A launch that was done, and so has figures. */
export type DoneLaunch = Launch & { readonly measured: Measured };

/** One case with all launches that were made for it, in the order they were made. */
export interface CaseLaunches {
  readonly case: Case;
  readonly arm: Arm;
  /** Done, and the last attempt of their round. */
  readonly done: readonly DoneLaunch[];
  /** Done, but while something happened that forbids to average them in; see `setAsideMarks`. */
  readonly setAside: readonly DoneLaunch[];
  readonly notDone: readonly Launch[];
  /** Attempts that a later one of the same round replaced. */
  readonly repeated: readonly Launch[];
}

/** All arms of one task and params, in the order of the arms of the run. */
export interface Row {
  /** As `call.i32_args[2]`. */
  readonly name: string;
  readonly cases: readonly CaseLaunches[];
}

/** The parts of a document, or of a run under way, that rows are made from. */
export type RowSource = Pick<RawDocument, 'arms' | 'cases' | 'raw'>;

/**
 * All rows of a document in the order of its case table. Throws Error where a case names an arm, or
 * a launch a case, that the document does not list.
 */
export function rowsOf(source: RowSource): Row[] {
  const arms = new Map(source.arms.map((arm, index) => [arm.label, { arm, index }]));
  const launches = Map.groupBy(source.raw.launches, keyOf);
  const rows = new Map<string, (CaseLaunches & { index: number })[]>();
  for (const item of source.cases) {
    const found = arms.get(item.arm);
    if (!found) {
      throw new Error(`Case ${item.case} names the arm ${item.arm}, which is not listed.`);
    }
    const own = caseLaunches(item, found.arm, launches.get(keyOf(item)) ?? []);
    launches.delete(keyOf(item));
    const row = rows.get(item.case) ?? [];
    rows.set(item.case, row);
    row.push({ ...own, index: found.index });
  }
  const stray = [...launches.values()][0]?.[0];
  if (stray) throw new Error(`A launch names the case ${stray.case} on ${stray.arm}: not listed.`);
  return [...rows].map(([name, cases]) => ({
    name,
    cases: cases.toSorted((a, b) => a.index - b.index),
  }));
}

function caseLaunches(item: Case, arm: Arm, made: readonly Launch[]): CaseLaunches {
  const inOrder = made.toSorted((a, b) => a.sequence - b.sequence);
  const lastOfRound = new Map(inOrder.map((launch) => [roundKey(launch), launch]));
  const counting = [...lastOfRound.values()];
  const done = counting.filter(isDone);
  return {
    case: item,
    arm,
    done: done.filter((launch) => !isSetAside(launch)),
    setAside: done.filter(isSetAside),
    notDone: counting.filter((launch) => !isDone(launch)),
    repeated: inOrder.filter((launch) => lastOfRound.get(roundKey(launch)) !== launch),
  };
}

/** The costs of those launches that have one, in the order they were made, in ns. */
export function costsOf({ done }: CaseLaunches, estimator: Estimator): number[] {
  return done.map(({ measured }) => launchCost(measured, estimator))
    .filter((cost) => typeof cost === 'number');
}

/**
 * The costs of two cases in the rounds in which both have one, as pairs in the order of the rounds.
 */
export function pairedCosts(
  a: CaseLaunches,
  b: CaseLaunches,
  estimator: Estimator,
): (readonly [number, number])[] {
  const byRound = new Map(b.done.map((launch) => [roundKey(launch), launch]));
  return a.done.flatMap((launch) => {
    const other = byRound.get(roundKey(launch));
    if (other === undefined) return [];
    const costs = [launch, other].map(({ measured }) => launchCost(measured, estimator));
    const [own, base] = costs;
    return typeof own === 'number' && typeof base === 'number' ? [[own, base] as const] : [];
  });
}

function roundKey(launch: Launch): string {
  return `${launch.pass}:${launch.round}`;
}

function isDone(launch: Launch): launch is DoneLaunch {
  return launch.outcome === 'done' && launch.measured !== null;
}
