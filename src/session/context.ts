/** What the parts of a session work with. Everything that touches the world is handed in. */
import type { LaunchLimits, LaunchResult, launchWorker } from '../launching/launch.ts';
import type { Workers } from '../launching/bundle.ts';
import { orderOf, type OrderPart, scriptOf, workerCommand } from '../launching/command.ts';
import type { Clocks } from '../machine/clocks.ts';
import type { Counters } from '../machine/counters.ts';
import type { Probe } from '../machine/machine.ts';
import type { ProbeScale } from '../machine/throughput.ts';
import type { PlannedCase } from '../planning/plan.ts';
import type { Journal } from '../results/journal.ts';
import type { LaunchLine } from '../results/schema.ts';
import type { FileWatch } from './files.ts';

/** What a session works with. */
export interface RunContext {
  readonly checkout: string;
  readonly seed: number;
  readonly workers: Workers;
  readonly probe: Probe;
  /** Null where the throughput probe cannot be had; then every core counts as free. */
  readonly scale: ProbeScale | null;
  /** The processor that an emulator runs all this on; null on a real one. */
  readonly emulatedOn: string | null;
  /** Path of the build that a runtime's instrument opens; empty where there is none. */
  readonly instrumentOf: (planned: PlannedCase) => string;
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

/** Starts a worker for a case, and waits for its end. */
export function start(
  context: Omit<RunContext, 'journal'>,
  planned: PlannedCase,
  part: Omit<OrderPart, 'instrument'> & Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string>> = {},
): Promise<LaunchResult> {
  const command = workerCommand(context.checkout, context.workers, planned, env);
  const order = orderOf(planned, { ...part, instrument: instrumentFor(context, planned) });
  const counters = order.mode === 'measure' ? context.counters : null;
  return context.launch(command, order, context.limits, context.abort, counters);
}

/** A task that keeps other cores busy itself would find its own core shared. */
function instrumentFor(
  { scale, instrumentOf }: Pick<RunContext, 'scale' | 'instrumentOf'>,
  planned: PlannedCase,
): string {
  const isBatched = planned.entry.task.timing === 'batched';
  return scale !== null && isBatched ? instrumentOf(planned) : '';
}

/** Why a case cannot be launched any more as the run began it, or null. */
export function whyReplaced({ files, workers }: RunContext, planned: PlannedCase): string | null {
  const { arm } = planned;
  return files.whyReplaced(arm.runtime.path) ??
    (arm.runtime.python?.files ?? []).map(files.whyReplaced).find((why) => why !== null) ??
    (arm.library === null ? null : files.whyReplaced(arm.library.path)) ??
    scriptOf(workers, planned).map(files.whyReplaced).find((why) => why !== null) ?? null;
}
