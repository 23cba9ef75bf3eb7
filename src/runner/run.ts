/**
 * A run: launches what the plan says, writes every finished launch to the journal at once, and
 * makes the document of it at the end.
 */
import { availableParallelism } from 'node:os';
import { flagsOf, hosts, type LaneRow } from '../../runtimes/registry.ts';
import { launchFaults, schemaFaults } from '../results/check.ts';
import type { Task } from '../catalogue/task.ts';
import type { Journal } from '../results/journal.ts';
import { rounded } from '../results/rounded.ts';
import { LaunchLine } from '../results/schema.ts';
import { type Message, protocolVersion, type WorkOrder } from '../worker/protocol.ts';
import { partOf, pathOfWorker, type WantedWorker, type Workers } from './bundle.ts';
import type { Counters } from './counters.ts';
import { clockMarks, type Clocks, startStretch, type Stretch } from './clocks.ts';
import { workerEnvironment } from './environment.ts';
import { findEvidence } from './evidence.ts';
import type { FileWatch } from './files.ts';
import {
  type LaunchLimits,
  type LaunchResult,
  launchWorker,
  unlaunched,
  type WorkerCommand,
} from './launch.ts';
import type { Probe, Probed } from './machine.ts';
import { type PlannedCase, type PlannedLaunch, planRound } from './plan.ts';
import { batchNs, budgetOf, failuresInARow } from './settings.ts';
import { shownText } from './shown_paths.ts';
import { summarize } from './summarize.ts';

/** What a run works with. Everything that touches the world is handed in. */
export interface RunContext {
  readonly checkout: string;
  readonly seed: number;
  readonly workers: Workers;
  readonly probe: Probe;
  readonly counters: Counters | null;
  readonly journal: Journal;
  readonly abort: AbortSignal;
  readonly limits: LaunchLimits;
  readonly clocks: Clocks;
  /** The runtimes, libraries and workers of the run. */
  readonly files: FileWatch;
  /** Starts a worker; tests put their own here. */
  readonly launch: typeof launchWorker;
  readonly onLaunch: (line: LaunchLine) => void;
}

/** What a run knows of its cases so far; rebuilt from the journal when it resumes. */
export interface Progress {
  sequence: number;
  /** Time of the launches that were made before the run was resumed, in ms. */
  spentMs: number;
  /** `case arm pass round` of every launch that is over. */
  readonly over: Set<string>;
  /** Failures since the last launch that was done, by case and arm. */
  readonly failures: Map<string, number>;
  /** By case and binary: twins share one, so that only chance parts them. */
  readonly pilots: Map<string, Pilot>;
}

export function newProgress(): Progress {
  return { sequence: 0, spentMs: 0, over: new Set(), failures: new Map(), pilots: new Map() };
}

/** The worker that runs a case; none where the lane's host is a program, which is one itself. */
export function workerOf({ arm, entry }: Pick<PlannedCase, 'arm' | 'entry'>): WantedWorker[] {
  const { module } = arm.row;
  return module === null ? [] : [{ module, part: partOf(entry.task) }];
}

/** The script that a case's host runs, where it runs one. */
function scriptOf(workers: Workers, planned: PlannedCase): string[] {
  return workerOf(planned).map((wanted) => pathOfWorker(workers, wanted));
}

/** How a worker of a case is started. */
export function workerCommand(
  checkout: string,
  workers: Workers,
  planned: PlannedCase,
  more: Readonly<Record<string, string>> = {},
): WorkerCommand {
  const { arm } = planned;
  const { env } = hosts[arm.row.runtime];
  return {
    path: arm.runtime.path,
    args: [
      ...flagsOf(arm.row).map((flag) => flag.replace('{checkout}', checkout)),
      ...scriptOf(workers, planned),
    ],
    env: workerEnvironment({ ...env, ...more }),
    cwd: checkout,
  };
}

/** What a pilot found out for the launches of its case, in the words of the protocol. */
export type Pilot = Omit<Extract<Message, { type: 'piloted' }>, 'type'>;

const noPilot: Pilot = { calls_per_batch: 1 };

/** What a message or a line of a journal keeps of a pilot. */
export function pilotOf({ calls_per_batch: calls, calls_before: before }: Pilot): Pilot {
  return { calls_per_batch: calls, ...(before === undefined ? {} : { calls_before: before }) };
}

/** Takes a launch of the journal into account, whether made now or before a resumption. */
export function account(progress: Progress, planned: PlannedCase, line: LaunchLine): void {
  const key = caseKey(planned);
  progress.over.add(launchKey(line));
  progress.sequence = Math.max(progress.sequence, line.sequence + 1);
  const failed = line.outcome !== 'done' && line.outcome !== 'unsupported';
  progress.failures.set(key, failed ? (progress.failures.get(key) ?? 0) + 1 : 0);
}

/** Takes what a pilot found into account. */
export function accountPilot(progress: Progress, planned: PlannedCase, found: Pilot): void {
  progress.pilots.set(binaryKey(planned), found);
}

/** Whether a case has been given up after too many failures in a row. */
export function givenUp(progress: Progress, planned: PlannedCase): boolean {
  return (progress.failures.get(caseKey(planned)) ?? 0) >= failuresInARow;
}

/** Makes the launches of one round that are not over yet. Stops early when the run is aborted. */
export async function runRound(
  context: RunContext,
  progress: Progress,
  cases: readonly PlannedCase[],
  pass: number,
  round: number,
): Promise<void> {
  const isDue = (launch: PlannedLaunch) =>
    !progress.over.has(launchKey(describe(launch))) && !givenUp(progress, launch.planned);
  const launches = planRound(cases, context.seed, pass, round).filter(isDue);
  await pilotAll(context, progress, launches.map(({ planned }) => planned));
  for (const planned of launches) {
    if (context.abort.aborted) return;
    await runLaunch(context, progress, planned);
  }
}

async function runLaunch(context: RunContext, progress: Progress, planned: PlannedLaunch) {
  const { entry } = planned.planned;
  const replaced = whyReplaced(context, planned.planned);
  const found = progress.pilots.get(binaryKey(planned.planned)) ?? noPilot;
  const before = context.probe();
  const startedAt = context.clocks.wallMs();
  const endStretch = startStretch(context.clocks);
  const result = replaced === null
    ? await start(context, planned.planned, {
      ...orderOf(planned.planned, 'measure', found.calls_per_batch),
      ...(found.calls_before === undefined ? {} : { callsBefore: found.calls_before }),
      countsAllocations: countsAllocations(planned),
    })
    : unlaunched(replaced);
  // What an interrupt cut short is launched again by whoever resumes; what was done is kept.
  if (context.abort.aborted && result.outcome !== 'done') return;
  const stretch = endStretch();
  const marks = [
    ...clockMarks(stretch),
    ...(replaced === null && whyReplaced(context, planned.planned) !== null ? ['replaced'] : []),
  ];
  const line = recordable({
    kind: 'launch',
    ...describe(planned),
    position: planned.position,
    sequence: progress.sequence,
    started_at: new Date(startedAt).toISOString(),
    wall_ms: Math.max(0, Math.round(stretch.steadyMs * 10) / 10),
    ...describeResult(shown(context, result), entry.task.timing),
    ...describeContext(before, context.probe(), result, stretch, marks),
  });
  context.journal.append(line);
  account(progress, planned.planned, line);
  context.onLaunch(line);
}

/**
 * The line as it may be written: one that no document could hold, whatever a worker said to bring
 * it about, becomes a broken protocol, so that it costs itself and not the run.
 */
function recordable(line: LaunchLine): LaunchLine {
  const faults = [...schemaFaults(LaunchLine, line), ...launchFaults(line)];
  if (faults.length === 0) return line;
  const reason = `What it said cannot be recorded. ${faults.join(' ')}`.slice(0, mostReasonChars);
  const { stderr_tail: _, ...rest } = line;
  return {
    ...rest,
    outcome: 'protocol_error',
    reason,
    signal: null,
    exit_code: null,
    measured: null,
  };
}

/** Why a case cannot be launched any more as the run began it, or null. */
function whyReplaced({ files, workers }: RunContext, planned: PlannedCase): string | null {
  const { arm } = planned;
  return files.whyReplaced(arm.runtime.path) ??
    (arm.library === null ? null : files.whyReplaced(arm.library.path)) ??
    scriptOf(workers, planned).map(files.whyReplaced).find((why) => why !== null) ?? null;
}

/** What a worker of a case is told. */
export function orderOf(
  { entry, arm }: PlannedCase,
  mode: WorkOrder['mode'],
  callsPerBatch: number,
): WorkOrder {
  return {
    protocol: protocolVersion,
    mode,
    lane: arm.row.lane,
    library: arm.library?.path ?? '',
    task: entry.task.id,
    ...foreignOf(entry.task),
    params: entry.params,
    budget: budgetOf(arm.row.runtime, isLoop(entry.task, arm.row) ? 'loops' : 'others'),
    batchNs,
    callsPerBatch,
    askedAtMs: performance.timeOrigin + performance.now(),
  };
}

/** Whether a case loops in JavaScript: the twins do, and tasks that say so. */
export function isLoop({ loops }: Task, { mechanism }: LaneRow): boolean {
  return loops || mechanism === 'plain';
}

/** What a worker must know of a task that is none of the catalogue's. */
function foreignOf({ foreign }: PlannedCase['entry']['task']): Pick<WorkOrder, 'foreign'> {
  if (foreign === undefined) return {};
  const { library, functions, description } = foreign;
  return { foreign: description ?? { library, functions } };
}

/**
 * Whether a launch counts what is allocated: the first of its case, since what a call allocates
 * does not vary from launch to launch, and loading the engine's counter costs tens of milliseconds.
 */
function countsAllocations({ pass, round }: PlannedLaunch): boolean {
  return pass === 0 && round === 0;
}

/** Starts a worker for a case. */
function start(
  context: RunContext,
  planned: PlannedCase,
  order: WorkOrder,
  env: Readonly<Record<string, string>> = {},
): Promise<LaunchResult> {
  const command = workerCommand(context.checkout, context.workers, planned, env);
  const counters = order.mode === 'measure' ? context.counters : null;
  return context.launch(command, order, context.limits, context.abort, counters);
}

/**
 * Pilots the cases that were not yet, one binary once: as many at a time as there are cores, since
 * what they find need not be exact and nothing is measured meanwhile.
 */
async function pilotAll(
  context: RunContext,
  progress: Progress,
  cases: readonly PlannedCase[],
): Promise<void> {
  const unknown = cases.filter((one) =>
    one.entry.task.timing !== 'one_shot' && !progress.pilots.has(binaryKey(one)) &&
    whyReplaced(context, one) === null
  );
  const waiting = new Map(unknown.map((one) => [binaryKey(one), one])).values();
  const pilotInTurn = async () => {
    for (const one of waiting) {
      if (!context.abort.aborted) await pilot(context, progress, one);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, pilotInTurn));
}

/**
 * Finds out in a launch of its own what every launch of a case that counts must be told, so that
 * all are made alike. Where the pilot fails, the launches that follow fail in the same way, and are
 * recorded.
 */
async function pilot(
  context: RunContext,
  progress: Progress,
  planned: PlannedCase,
): Promise<void> {
  const result = await start(context, planned, orderOf(planned, 'pilot', 1));
  const said = result.messages.find((message) => message.type === 'piloted');
  if (result.outcome !== 'done' || said?.type !== 'piloted') return;
  const found = pilotOf(said);
  accountPilot(progress, planned, found);
  context.journal.append({
    kind: 'case',
    case: planned.entry.name,
    arm: planned.arm.label,
    ...found,
  });
}

/** Looks for evidence of a case's path, and keeps it with the case. */
export async function runEvidence(
  context: RunContext,
  progress: Progress,
  planned: PlannedCase,
  costNs: number,
): Promise<void> {
  const { calls_per_batch: calls } = progress.pilots.get(binaryKey(planned)) ?? noPilot;
  const evidence = await findEvidence(
    planned,
    costNs,
    (one, mode, env) => start(context, one, orderOf(one, mode, calls), env),
  );
  if (evidence === null || context.abort.aborted) return;
  const { entry, arm } = planned;
  context.journal.append({ kind: 'case', case: entry.name, arm: arm.label, evidence });
}

function describe({ planned, pass, round }: PlannedLaunch) {
  return { case: planned.entry.name, arm: planned.arm.label, pass, round };
}

/** A reason is a sentence or two, not a log. */
const mostReasonChars = 2000;

/** A result whose texts say nothing of where the checkout lies. */
function shown({ checkout }: RunContext, result: LaunchResult): LaunchResult {
  const { reason, stderrTail } = result;
  return {
    ...result,
    reason: reason && shownText(checkout, reason),
    stderrTail: shownText(checkout, stderrTail),
  };
}

function describeResult(result: LaunchResult, timing: PlannedCase['entry']['task']['timing']) {
  const { outcome, reason, signal, exitCode, measured, stderrTail } = result;
  return {
    outcome,
    reason: reason?.slice(0, mostReasonChars) ?? null,
    signal,
    exit_code: exitCode,
    ...(outcome === 'done' ? {} : { stderr_tail: stderrTail }),
    measured: measured === null ? null : summarize(measured, timing),
  };
}

/** Share of a launch's time that the hypervisor took, above which the launch is marked. */
const stealShare = 0.02;
function describeContext(
  before: Probed,
  after: Probed,
  result: LaunchResult,
  { steadyMs }: Stretch,
  ofClocks: readonly string[],
): Pick<LaunchLine, 'marks' | 'context'> {
  const stolen = before.steal_ticks === null || after.steal_ticks === null
    ? null
    : after.steal_ticks - before.steal_ticks;
  const stolenMs = (stolen ?? 0) * 1000 / (after.ticks_per_s ?? 100);
  const marks = [
    ...(stolenMs > steadyMs * stealShare ? ['steal'] : []),
    ...ofClocks,
  ];
  return {
    marks,
    context: {
      steal_ticks: stolen,
      involuntary_switches: result.measured?.involuntary_switches ?? result.involuntarySwitches,
      load1: after.load1,
      counters: countersOf(result),
    },
  };
}

/** The counters of a launch per call, those of the warm-up among them. */
function countersOf(
  { counts, measured }: LaunchResult,
): NonNullable<LaunchLine['context']['counters']> | null {
  if (counts === null || measured === null) return null;
  const { warm_up: warmUp, batches_ns: batches, calls_per_batch: calls } = measured;
  const total = warmUp.calls + batches.length * calls;
  return {
    instructions_per_call: rounded(counts.instructions / total),
    cycles_per_call: rounded(counts.cycles / total),
  };
}

function launchKey(line: { case: string; arm: string; pass: number; round: number }): string {
  return `${line.case} ${line.arm} ${line.pass} ${line.round}`;
}

function caseKey({ entry, arm }: PlannedCase): string {
  return `${entry.name} ${arm.label}`;
}

function binaryKey({ entry, arm }: PlannedCase): string {
  return `${entry.name} ${arm.row.lane} ${arm.runtime.path} ${arm.library?.sha256 ?? ''}`;
}
