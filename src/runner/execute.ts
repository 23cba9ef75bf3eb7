/** Executes a prepared session: walks the plan, from the start or from where a journal left off. */
import { withFigures } from '../analysis/derive.ts';
import { assembleRaw } from '../results/assemble.ts';
import { type Journal, openJournal, readJournal, visitJournal } from '../results/journal.ts';
import { schemaFaults } from '../results/check.ts';
import { type Row, rowsOf } from '../analysis/rows.ts';
import { type Document, type LaunchLine, type NoteLine, RunLine } from '../results/schema.ts';
import { type Clocks, systemClocks } from './clocks.ts';
import { usageError } from './errors.ts';
import { KeptLines } from './kept.ts';
import { type LaunchLimits, launchWorker } from './launch.ts';
import { machineState } from './machine.ts';
import { median } from '../stats/quantiles.ts';
import { planBlocks, type PlannedCase } from './plan.ts';
import { preciseEnough } from './precision.ts';
import {
  account,
  accountPilot,
  givenUp,
  newProgress,
  pilotOf,
  type Progress,
  type RunContext,
  runEvidence,
  runRound,
} from './run.ts';
import type { Session } from './session.ts';
import { launchLimits } from './settings.ts';

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
  /** Time for launches, in ms, with those before a resumption; null for as long as it takes. */
  readonly timeMs: number | null;
}

/** Where a session writes, and what may end it. */
export interface Execution {
  readonly checkout: string;
  readonly journalPath: string;
  /** Go on with the journal instead of beginning one. */
  readonly resume: boolean;
  /** What is known of this run from the start and should be read with it. */
  readonly notes?: readonly string[];
  readonly extent: Extent;
  readonly listener: Listener;
  readonly abort: AbortSignal;
  /** Starts a worker; a test puts its own here. */
  readonly launch?: typeof launchWorker;
  /** Shorter limits and other clocks, for tests as well. */
  readonly limits?: LaunchLimits;
  readonly clocks?: Clocks;
}

/** Launches everything that is not in the journal yet. Null where it was interrupted. */
export async function execute(session: Session, execution: Execution): Promise<Document | null> {
  if (!await launchAll(session, execution)) return null;
  return withFigures(assembleRaw(readJournal(execution.journalPath)));
}

/**
 * Brings the journal to its end; false where that was interrupted. What it keeps of the launches is
 * gone when the document is made of the journal.
 */
async function launchAll(session: Session, execution: Execution): Promise<boolean> {
  const { journalPath, resume } = execution;
  refuseUnrecordable(session);
  const lines = new KeptLines();
  const progress = newProgress();
  const ended = resume && recallAll(session, execution, progress, lines);
  const journal = openJournal(journalPath, { resume });
  try {
    if (!resume) journal.append(session.line);
    else if (!ended) journal.append(noteOf('The run was interrupted before, and went on here.'));
    for (const text of execution.notes ?? []) journal.append(noteOf(text));
    const context = contextOf(session, execution, journal, lines);
    await walk(session, execution, context, progress, lines);
    if (execution.abort.aborted) return false;
    if (!ended) finish(session, journal, progress);
    return true;
  } finally {
    journal.close();
  }
}

function contextOf(
  session: Session,
  { checkout, listener, abort, ...injected }: Execution,
  journal: Journal,
  lines: KeptLines,
): RunContext {
  const { launch = launchWorker, limits = launchLimits, clocks = systemClocks } = injected;
  return {
    limits,
    clocks,
    files: session.files,
    checkout,
    seed: session.line.provenance.seed,
    workers: session.workers,
    probe: session.probe,
    counters: session.counters,
    journal,
    abort,
    launch,
    onLaunch(line) {
      lines.add(line);
      listener.onLaunch(line, session.line.plan.launches);
    },
  };
}

/** Takes what an earlier part of the run wrote into account; answers whether it came to its end. */
function recallAll(
  session: Session,
  { journalPath, listener }: Execution,
  progress: Progress,
  lines: KeptLines,
): boolean {
  const cases = new Map(session.cases.map((one) => [`${one.entry.name} ${one.arm.label}`, one]));
  const find = (line: { case: string; arm: string }) => cases.get(`${line.case} ${line.arm}`);
  let ended = false;
  visitJournal(journalPath, (line) => {
    if (line.kind === 'end') ended = true;
    if (line.kind === 'case') {
      const planned = find(line);
      const { calls_per_batch: calls } = line;
      if (planned && calls !== undefined) {
        accountPilot(progress, planned, pilotOf({ ...line, calls_per_batch: calls }));
      }
    }
    if (line.kind !== 'launch') return;
    progress.spentMs += line.wall_ms;
    const planned = find(line);
    if (planned) account(progress, planned, line);
    lines.add(line);
    listener.onLaunch(line, session.line.plan.launches);
  });
  return ended;
}

/** Goes through the blocks of the plan until they, the time or the patience of somebody is over. */
async function walk(
  session: Session,
  { extent, listener, abort }: Execution,
  context: RunContext,
  progress: Progress,
  lines: KeptLines,
): Promise<void> {
  const { steadyMs } = context.clocks;
  const deadline = steadyMs() + (extent.timeMs ?? Infinity) - progress.spentMs;
  for (const block of planBlocks(session.cases, session.passes)) {
    const { cases } = block;
    const own = () => lines.of(block.name);
    for (let round = block.from; round < block.to; round++) {
      if (abort.aborted || steadyMs() > deadline) break;
      if (extent.precision !== null && preciseEnough(own(), extent.precision)) break;
      await runRound(context, progress, cases, block.pass, round);
    }
    if (abort.aborted) return;
    if (block.pass < session.passes - 1) continue;
    const isLate = steadyMs() > deadline;
    if (session.evidence && !isLate) await findPaths(context, progress, cases, own());
    if (abort.aborted) return;
    listener.onRow(rowOf(session, block.name, own()));
    lines.forget(block.name);
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

/**
 * Writes the last lines of a journal: what was given up or replaced, and how the machine is now.
 */
function finish(session: Session, journal: Journal, progress: Progress): void {
  for (const planned of session.cases.filter((one) => givenUp(progress, one))) {
    const { entry, arm } = planned;
    const text = `${entry.name} in ${arm.label} was given up after several failures in a row.`;
    journal.append(noteOf(text));
  }
  for (const sentence of session.files.replaced()) {
    journal.append(noteOf(`${sentence} Launches after that were not made.`));
  }
  const at = new Date().toISOString();
  journal.append({ kind: 'end', finished_at: at, after: machineState(session.probe()) });
}

function noteOf(text: string): NoteLine {
  return { kind: 'note', at: new Date().toISOString(), text };
}

/** A run whose first line no reader would take is refused before it costs an hour. */
function refuseUnrecordable({ line }: Session): void {
  const faults = schemaFaults(RunLine, line);
  if (faults.length === 0) return;
  throw usageError(`This run could not be recorded. ${faults.join(' ')}`);
}
