/**
 * The launches of a run, arranged as they are read: by task and params (a row of the report), then
 * by arm, then by round.
 */
import type { Arm, Case, Launch, Measured, RawDocument } from './schema.ts';

/** A launch that was done, and so has figures. */
export type DoneLaunch = Launch & { readonly measured: Measured };

/**
 * Marks of launches whose time means nothing: the clock stepped or the machine slept meanwhile, or
 * the binary was another. They stay in the raw part and count for no figure.
 */
export const setAsideMarks: readonly string[] = ['clock_step', 'suspended', 'replaced'];

/** One case with all launches that were made for it, in the order they were made. */
export interface CaseLaunches {
  readonly case: Case;
  readonly arm: Arm;
  readonly done: readonly DoneLaunch[];
  /** Done, but while something happened that forbids to average them in; see `setAsideMarks`. */
  readonly setAside: readonly DoneLaunch[];
  readonly notDone: readonly Launch[];
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
  const launches = launchesByCase(source.raw.launches);
  const rows = new Map<string, (CaseLaunches & { index: number })[]>();
  for (const item of source.cases) {
    const found = arms.get(item.arm);
    if (!found) {
      throw new Error(`Case ${item.case} names the arm ${item.arm}, which is not listed.`);
    }
    const own = launches.get(keyOf(item)) ?? [];
    launches.delete(keyOf(item));
    const row = rows.get(item.case) ?? [];
    rows.set(item.case, row);
    row.push({
      case: item,
      arm: found.arm,
      index: found.index,
      done: own.filter(isDone).filter((launch) => !isSetAside(launch)),
      setAside: own.filter(isDone).filter(isSetAside),
      notDone: own.filter((launch) => !isDone(launch)),
    });
  }
  const stray = [...launches.values()][0]?.[0];
  if (stray) throw new Error(`A launch names the case ${stray.case} on ${stray.arm}: not listed.`);
  return [...rows].map(([name, cases]) => ({
    name,
    cases: cases.toSorted((a, b) => a.index - b.index),
  }));
}

/**
 * The done launches of two cases that were made in the same pass and round, as pairs in time order.
 * Where a round was repeated, its last launch counts.
 */
export function sameRounds(
  a: readonly DoneLaunch[],
  b: readonly DoneLaunch[],
): (readonly [DoneLaunch, DoneLaunch])[] {
  const byRound = new Map(b.map((launch) => [roundKey(launch), launch]));
  const last = new Map(a.map((launch) => [roundKey(launch), launch]));
  return [...last].flatMap(([key, launch]) => {
    const other = byRound.get(key);
    return other ? [[launch, other] as const] : [];
  });
}

/** Key of the case that a launch or a case entry belongs to. */
export function keyOf(item: { readonly case: string; readonly arm: string }): string {
  return `${item.case}\n${item.arm}`;
}

function roundKey(launch: Launch): string {
  return `${launch.pass}:${launch.round}`;
}

/** Whether a launch was done at a bad time, and counts for nothing. */
export function isSetAside({ marks }: Pick<Launch, 'marks'>): boolean {
  return marks.some((mark) => setAsideMarks.includes(mark));
}

function isDone(launch: Launch): launch is DoneLaunch {
  return launch.outcome === 'done' && launch.measured !== null;
}

function launchesByCase(launches: readonly Launch[]): Map<string, Launch[]> {
  const byCase = new Map<string, Launch[]>();
  for (const launch of launches) {
    const key = keyOf(launch);
    const own = byCase.get(key);
    if (own) own.push(launch);
    else byCase.set(key, [launch]);
  }
  for (const own of byCase.values()) own.sort((a, b) => a.sequence - b.sequence);
  return byCase;
}
