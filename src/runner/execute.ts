/** Executes a prepared session: walks the plan, from the start or from where a journal left off. */
import { assembleDocument, type JournalContent } from '../results/assemble.ts';
import { type Journal, openJournal, readJournal } from '../results/journal.ts';
import { type Row, rowsOf } from '../results/rows.ts';
import type { Document, LaunchLine } from '../results/schema.ts';
import { launchWorker } from './launch.ts';
import { machineState } from './machine.ts';
import { median } from '../stats/quantiles.ts';
import { planBlocks, type PlannedCase } from './plan.ts';
import { preciseEnough } from './precision.ts';
import {
  account,
  accountPilot,
  givenUp,
  newProgress,
  type Progress,
  type RunContext,
  runEvidence,
  runRound,
} from './run.ts';
import type { Session } from './session.ts';

/** What a session tells while it runs. */
export interface Listener {
  /** A launch is over; so many are planned. */
  onLaunch(line: LaunchLine, planned: number): void;
  /** All rounds of a task × params are over, in every arm. */
  onRow(row: Row): void;
}

/** How far a session goes. */
export interface Extent {
  /** Half width of a cost's interval to reach, as a share of it; null for all rounds. */
  readonly precision: number | null;
  /** Time for launches, in ms; null for as long as it takes. */
  readonly timeMs: number | null;
}

/** Where a session writes, and what may end it. */
export interface Execution {
  readonly checkout: string;
  readonly journalPath: string;
  /** Go on with the journal instead of beginning one. */
  readonly resume: boolean;
  readonly extent: Extent;
  readonly listener: Listener;
  readonly abort: AbortSignal;
  /** Starts a worker; a test puts its own here. */
  readonly launch?: typeof launchWorker;
}

/** Launches everything that is not in the journal yet. Null where it was interrupted. */
export async function execute(session: Session, execution: Execution): Promise<Document | null> {
  const { journalPath, resume } = execution;
  const earlier = resume ? readJournal(journalPath) : null;
  const journal = openJournal(journalPath, { resume });
  try {
    if (!resume) journal.append(session.line);
    const lines: LaunchLine[] = [];
    const progress = newProgress();
    const context = contextOf(session, execution, journal, lines);
    if (earlier !== null) recallAll(session, progress, earlier, lines, execution.listener);
    await walk(session, execution, context, progress, lines);
    if (execution.abort.aborted) return null;
    finish(session, journal, progress);
  } finally {
    journal.close();
  }
  return assembleDocument(readJournal(journalPath));
}

function contextOf(
  session: Session,
  { checkout, listener, abort, launch = launchWorker }: Execution,
  journal: Journal,
  lines: LaunchLine[],
): RunContext {
  return {
    checkout,
    seed: session.line.provenance.seed,
    bundles: session.bundles,
    probe: session.probe,
    journal,
    abort,
    launch,
    onLaunch(line) {
      lines.push(line);
      listener.onLaunch(line, session.line.plan.launches);
    },
  };
}

/** Takes what an earlier part of the run wrote into account. */
function recallAll(
  session: Session,
  progress: Progress,
  earlier: JournalContent,
  lines: LaunchLine[],
  listener: Listener,
): void {
  const cases = new Map(session.cases.map((one) => [`${one.entry.name} ${one.arm.label}`, one]));
  const find = (line: { case: string; arm: string }) => cases.get(`${line.case} ${line.arm}`);
  for (const line of earlier.cases) {
    const planned = find(line);
    if (planned && line.calls_per_batch) accountPilot(progress, planned, line.calls_per_batch);
  }
  for (const line of earlier.launches) {
    const planned = find(line);
    if (planned) account(progress, planned, line);
    lines.push(line);
    listener.onLaunch(line, session.line.plan.launches);
  }
}

/** Goes through the blocks of the plan until they, the time or the patience of somebody is over. */
async function walk(
  session: Session,
  { extent, listener, abort }: Execution,
  context: RunContext,
  progress: Progress,
  lines: readonly LaunchLine[],
): Promise<void> {
  const deadline = extent.timeMs === null ? Infinity : performance.now() + extent.timeMs;
  for (const block of planBlocks(session.cases, session.passes)) {
    const { cases } = block;
    const own = () => lines.filter((line) => line.case === block.name);
    for (let round = block.from; round < block.to; round++) {
      if (abort.aborted || performance.now() > deadline) break;
      if (extent.precision !== null && preciseEnough(own(), extent.precision)) break;
      await runRound(context, progress, cases, block.pass, round);
    }
    if (abort.aborted) return;
    if (block.pass < session.passes - 1) continue;
    if (session.evidence) await findPaths(context, progress, cases, own());
    if (abort.aborted) return;
    listener.onRow(rowOf(session, block.name, own()));
  }
}

/** Looks for evidence of the paths of some cases, where they were measured. */
async function findPaths(
  context: RunContext,
  progress: Progress,
  cases: readonly PlannedCase[],
  lines: readonly LaunchLine[],
): Promise<void> {
  for (const planned of cases) {
    const costs = lines.filter(({ arm }) => arm === planned.arm.label)
      .flatMap(({ measured }) => measured === null ? [] : [measured.quantiles_ns[2]!]);
    if (costs.length > 0) await runEvidence(context, progress, planned, median(costs));
  }
}

function rowOf(session: Session, name: string, lines: readonly LaunchLine[]): Row {
  const cases = session.line.cases.filter((one) => one.case === name);
  const launches = lines.map(({ kind: _, ...launch }) => launch);
  return rowsOf({ arms: session.line.arms, cases, raw: { launches, notes: [] } })[0]!;
}

/** Writes the last lines of a journal: what was given up, and how the machine is now. */
function finish(session: Session, journal: Journal, progress: Progress): void {
  const at = new Date().toISOString();
  for (const planned of session.cases.filter((one) => givenUp(progress, one))) {
    const { entry, arm } = planned;
    const text = `${entry.name} in ${arm.label} was given up after several failures in a row.`;
    journal.append({ kind: 'note', at, text });
  }
  journal.append({ kind: 'end', finished_at: at, after: machineState(session.probe()) });
}
