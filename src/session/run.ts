/** Runs a prepared session: walks its plan, from the start or from where a journal left off. */
import { stateFolder } from '../boot/places.mjs';
import { join } from 'node:path';
import { type Row, rowsOf } from '../analysis/rows.ts';
import { launchWorker } from '../launching/launch.ts';
import type { LaunchLimits } from '../launching/launch.ts';
import { type Clocks, systemClocks } from '../machine/clocks.ts';
import { machineState } from '../machine/machine.ts';
import { planBlocks, type PlannedCase } from '../planning/plan.ts';
import { preciseEnough } from '../planning/precision.ts';
import { launchLimits, mostAttempts } from '../planning/settings.ts';
import { withFigures } from '../analysis/derive.ts';
import { assembleRaw } from '../results/assemble.ts';
import { schemaFaults } from '../results/check.ts';
import { type Journal, openJournal, readJournal, visitJournal } from '../results/journal.ts';
import {
  type CaseLine,
  type Document,
  type LaunchLine,
  type NoteLine,
  RunLine,
} from '../results/schema.ts';
import { usageError } from '../usage/errors.ts';
import type { RunContext } from './context.ts';
import { KeptLines } from './kept.ts';
import { keepPilots, type KeptPilots } from './kept_pilots.ts';
import type { Session } from './prepare.ts';
import { runRound } from './rounds.ts';
import { type Counted, stepAll } from './stepping.ts';
import { type Pilot, RunState } from './state.ts';

/** What a session tells while it runs. */
export interface Listener {
  /** A launch is over; so many are planned. */
  onLaunch(line: LaunchLine, planned: number): void;
  /** All rounds of a task × params are over, in every arm. */
  onRow(row: Row): void;
  /** The instructions of a case are counted: so many cases of those that are to be. */
  onCounted?(planned: PlannedCase, done: number, total: number): void;
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
  /** Pilots of earlier runs, where others than those of this checkout. */
  readonly kept?: KeptPilots;
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
  const state = new RunState(session.line.provenance.machine.probe);
  const ended = resume && recallAll(session, execution, state, lines);
  if (ended) return true;
  const journal = openJournal(journalPath, { resume });
  const kept = pilotsOf(session, execution);
  try {
    if (!resume) journal.append(session.line);
    else journal.append(noteOf('The run was interrupted before, and went on here.'));
    for (const text of execution.notes ?? []) journal.append(noteOf(text));
    const context = contextOf(session, execution, journal, lines);
    await walk(session, execution, context, state, kept, lines);
    if (execution.abort.aborted) return false;
    finish(session, journal, state);
    return true;
  } finally {
    journal.close();
    kept.save();
  }
}

function pilotsOf({ files, workers }: Session, { kept }: Execution): KeptPilots {
  return kept ?? keepPilots(join(stateFolder, 'pilots.json'), files.hashes, workers);
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
    emulatedOn: session.emulatedOn,
    scale: session.line.provenance.machine.probe,
    instrumentOf: session.instrumentOf,
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

/** Takes what an earlier part of the run wrote into account; tells whether it reached its end. */
function recallAll(
  session: Session,
  { journalPath, listener }: Execution,
  state: RunState,
  lines: KeptLines,
): boolean {
  const cases = new Map(session.cases.map((one) => [`${one.entry.name} ${one.arm.label}`, one]));
  const find = (line: { case: string; arm: string }) => cases.get(`${line.case} ${line.arm}`);
  let ended = false;
  visitJournal(journalPath, (line) => {
    if (line.kind === 'end') ended = true;
    const planned = line.kind === 'case' || line.kind === 'launch' ? find(line) : undefined;
    if (line.kind === 'case' && planned) {
      const pilot = recalledPilot(line);
      if (pilot !== null) state.takePilot(planned, pilot);
      if (line.instructions !== undefined) state.takeStepped(planned);
    }
    if (line.kind !== 'launch') return;
    state.spentMs += line.wall_ms;
    if (planned) state.take(planned, line);
    lines.add(line);
    listener.onLaunch(line, session.line.plan.launches);
  });
  return ended;
}

/** What a line of the journal says of a pilot, or null. */
function recalledPilot(line: CaseLine): Pilot | null {
  const { calls_per_batch: callsPerBatch, calls_before: before, settle_ns, batch_ns } = line;
  if (callsPerBatch === undefined || settle_ns === undefined || batch_ns === undefined) return null;
  return {
    callsPerBatch,
    settleNs: settle_ns,
    batchNs: batch_ns,
    ...(before === undefined ? {} : { callsBefore: before }),
  };
}

/**
 * Goes through the blocks of the plan until they or the time is over, or the run is aborted. What
 * is stepped comes last: a count needs no quiet machine, the rounds before it do.
 */
async function walk(
  session: Session,
  { extent, listener, abort }: Execution,
  context: RunContext,
  state: RunState,
  kept: KeptPilots,
  lines: KeptLines,
): Promise<void> {
  const { steadyMs } = context.clocks;
  const deadline = steadyMs() + (extent.timeMs ?? Infinity) - state.spentMs;
  for (const block of planBlocks(session.cases, session.passes)) {
    const { cases } = block;
    const own = () => lines.of(block.name);
    for (let round = block.from; round < block.to; round++) {
      if (abort.aborted || steadyMs() > deadline) break;
      if (extent.precision !== null && preciseEnough(own(), extent.precision)) break;
      await runRound(context, state, kept, cases, block.pass, round);
    }
    if (abort.aborted) return;
    if (block.pass < session.passes - 1) continue;
    listener.onRow(rowOf(session, block.name, own()));
    lines.forget(block.name);
  }
  await walkAgain(session, context, state, kept, deadline);
  if (abort.aborted) return;
  const told = (...counted: Counted) => listener.onCounted?.(...counted);
  await stepAll(context, state, session.cases, session.steppings, told);
}

/**
 * Goes through the rounds again for launches whose core was not free: a neighbour may be busy for a
 * minute, so that a launch that is made again at once would meet it again.
 */
async function walkAgain(
  session: Session,
  context: RunContext,
  state: RunState,
  kept: KeptPilots,
  deadline: number,
): Promise<void> {
  for (state.attemptLimit = 2; state.attemptLimit <= mostAttempts; state.attemptLimit++) {
    for (const { cases, pass, from, to } of planBlocks(session.cases, session.passes)) {
      for (let round = from; round < to; round++) {
        if (context.abort.aborted || context.clocks.steadyMs() > deadline) return;
        await runRound(context, state, kept, cases, pass, round);
      }
    }
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
function finish(session: Session, journal: Journal, state: RunState): void {
  for (const planned of session.cases.filter((one) => state.isGivenUp(one))) {
    const { entry, arm } = planned;
    const pilot = state.pilotOf(planned);
    const why = pilot !== undefined && 'failed' in pilot
      ? ': its pilot failed'
      : ' after several failures in a row';
    journal.append(noteOf(`${entry.name} in ${arm.label} was given up${why}.`));
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
