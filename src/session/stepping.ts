/** Counts the instructions of each case, in launches of their own when all rounds are over. */
import { availableParallelism } from 'node:os';
import { instructionsOf, notCounted } from '../analysis/instructions.ts';
import { orderOf, workerCommand } from '../launching/command.ts';
import type { LaunchResult } from '../launching/launch.ts';
import type { PlannedCase } from '../planning/plan.ts';
import { stepping } from '../planning/settings.ts';
import type { Instructions } from '../results/schema.ts';
import type { SteppedMessage } from '../worker/protocol.ts';
import { hosts } from '../../runtimes/registry.ts';
import { type RunContext, whyReplaced } from './context.ts';
import type { Pilot, RunState } from './state.ts';

/** A case that was stepped, and how many of how many are. */
export type Counted = readonly [planned: PlannedCase, done: number, total: number];

/**
 * Steps the cases that were not yet, each in so many launches: as many at a time as there are
 * cores, since a count does not depend on what else runs. Those that were given the most rounds
 * come first, so that a run which is interrupted here has counted what it compares best.
 */
export async function stepAll(
  context: RunContext,
  state: RunState,
  cases: readonly PlannedCase[],
  launches: number,
  told: (...counted: Counted) => void,
): Promise<void> {
  if (launches === 0) return;
  const waiting = cases
    .filter((one) =>
      one.reason === null && !state.isStepped(one) && !state.isGivenUp(one) &&
      whyReplaced(context, one) === null
    )
    .toSorted((a, b) => b.rounds - a.rounds);
  const turns = waiting.values();
  let done = 0;
  const stepInTurn = async () => {
    for (const planned of turns) {
      if (context.abort.aborted) return;
      const instructions = await stepCase(context, planned, state.pilotOf(planned), launches);
      if (context.abort.aborted) return;
      const { entry, arm } = planned;
      state.takeStepped(planned);
      context.journal.append({ kind: 'case', case: entry.name, arm: arm.label, instructions });
      told(planned, ++done, waiting.length);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, stepInTurn));
}

/** Instructions per call of one case, or the reason why there is no count. */
export async function stepCase(
  context: Omit<RunContext, 'journal'>,
  planned: PlannedCase,
  pilot: ReturnType<RunState['pilotOf']>,
  launches: number,
  mostStepNs: number = stepping.mostStepNs,
): Promise<Instructions> {
  const { entry, arm } = planned;
  if (entry.task.timing !== 'batched') {
    return notCounted('tasks that are timed once, or run on several threads, are not stepped');
  }
  const instrument = context.instrumentOf(planned);
  if (instrument === '') return notCounted('this build has no library that steps');
  if (pilot === undefined || 'failed' in pilot) return notCounted('its pilot failed');
  const said: SteppedMessage[] = [];
  for (let i = 0; i < launches; i++) {
    const result = await launchTwice(() => launch(context, planned, pilot, instrument, mostStepNs));
    const stepped = steppedIn(result);
    if (stepped === null) return notCounted(whyNot(result));
    said.push(stepped);
    if (stepped.pairs.length === 0) break;
  }
  const { foreign } = entry.task;
  const measured = foreign?.library ?? arm.library?.path;
  return instructionsOf(said, measured === undefined ? [] : [measured]);
}

/** What a launch stepped; null where it failed. */
function steppedIn({ outcome, messages }: LaunchResult): SteppedMessage | null {
  const stepped = messages.find((message) => message.type === 'stepped');
  return outcome === 'done' ? stepped ?? null : null;
}

/**
 * A launch that hangs or crashes while it is stepped is made once more: a signal after each
 * instruction meets what engines seldom meet otherwise.
 */
export async function launchTwice(launch: () => Promise<LaunchResult>): Promise<LaunchResult> {
  const first = await launch();
  return first.outcome === 'timed_out' || first.outcome === 'crashed' ? await launch() : first;
}

function launch(
  context: Omit<RunContext, 'journal'>,
  planned: PlannedCase,
  pilot: Pilot,
  instrument: string,
  mostStepNs: number,
): Promise<LaunchResult> {
  const { flags, env } = hosts[planned.arm.row.runtime].stepping;
  const command = workerCommand(context.checkout, context.workers, planned, env);
  const { settleMargin, timeoutMs } = stepping;
  const part = {
    mode: 'instructions',
    callsPerBatch: pilot.callsPerBatch,
    durationNs: pilot.settleNs * settleMargin.factor + settleMargin.ns,
    batchNs: pilot.batchNs,
    instrument,
    mostStepNs,
  } as const;
  const steady = { ...command, args: [...flags, ...command.args], sameAddresses: true };
  const limits = { ...context.limits, timeoutMs: Math.min(timeoutMs, context.limits.timeoutMs) };
  return context.launch(steady, orderOf(planned, part), limits, context.abort, null);
}

/** Why a launch that was to step said nothing of it. */
function whyNot({ outcome, reason }: LaunchResult): string {
  const [said = ''] = (reason ?? '').slice(0, 300).split('\n');
  return `the launch that was to step it ended as ${outcome.replaceAll('_', ' ')}: ${said}`;
}
