/** The launches of a round: each arm once. */
import { clockMarks, startStretch } from '../machine/clocks.ts';
import { unlaunched } from '../launching/launch.ts';
import { type PlannedCase, type PlannedLaunch, planRound } from '../planning/plan.ts';
import { leastBatches, measureNs, settleMargin } from '../planning/settings.ts';
import type { LaunchLine } from '../results/schema.ts';
import { type RunContext, start, whyReplaced } from './context.ts';
import type { KeptPilots } from './kept_pilots.ts';
import { withoutTime } from './emulated.ts';
import { describeContext, describeResult, recordable } from './launch_line.ts';
import { pilotAll } from './pilots.ts';
import { describe, type FailedPilot, type Pilot, type RunState } from './state.ts';

/** Makes the launches of one round that are not over yet. Stops early when the run is aborted. */
export async function runRound(
  context: RunContext,
  state: RunState,
  kept: KeptPilots,
  cases: readonly PlannedCase[],
  pass: number,
  round: number,
): Promise<void> {
  const launches = planRound(cases, context.seed, pass, round)
    .filter((launch) => state.isDue(launch));
  await pilotAll(context, state, kept, launches.map(({ planned }) => planned));
  for (const launch of launches) {
    if (context.abort.aborted) return;
    await runLaunch(context, state, launch);
  }
}

async function runLaunch(
  context: RunContext,
  state: RunState,
  launch: PlannedLaunch,
): Promise<void> {
  const { planned } = launch;
  const { task } = planned.entry;
  const replaced = whyReplaced(context, planned);
  const pilot = state.pilotOf(planned);
  const perCallNs = pilot === undefined || 'failed' in pilot
    ? null
    : pilot.batchNs / pilot.callsPerBatch;
  const before = context.probe();
  const startedAt = context.clocks.wallMs();
  const endStretch = startStretch(context.clocks);
  const made = replaced === null ? await measure(context, launch, pilot) : unlaunched(replaced);
  const result = context.emulatedOn === null ? made : withoutTime(made, context.emulatedOn);
  // What an interrupt cut short is launched again by a resumed run; what was done is kept.
  if (context.abort.aborted && result.outcome !== 'done') return;
  const stretch = endStretch();
  state.takeProbes(result.measured?.probes ?? []);
  const wasReplaced = replaced === null && whyReplaced(context, planned) !== null;
  const marks = [...clockMarks(stretch), ...(wasReplaced ? ['replaced'] : [])];
  const line: LaunchLine = recordable({
    kind: 'launch',
    ...describe(launch),
    attempt: state.attemptOf(launch),
    position: launch.position,
    sequence: state.sequence,
    started_at: new Date(startedAt).toISOString(),
    wall_ms: Math.max(0, Math.round(stretch.steadyMs * 10) / 10),
    ...describeResult(result, task.timing, { ...context, scale: state.scale }, perCallNs),
    ...describeContext(result, { before, after: context.probe(), stretch, marks }),
  });
  context.journal.append(line);
  state.take(planned, line);
  context.onLaunch(line);
}

/** Measures a case in a launch of its own; a pilot that failed is the outcome of its case. */
function measure(
  context: RunContext,
  { planned, pass, round }: PlannedLaunch,
  pilot: Pilot | FailedPilot | undefined,
) {
  if (pilot !== undefined && 'failed' in pilot) return pilot.failed;
  return start(context, planned, {
    mode: 'measure',
    takesCore: true,
    callsPerBatch: pilot?.callsPerBatch ?? 1,
    durationNs: pilot === undefined
      ? 0
      : Math.max(durationNs(pilot), planned.entry.task.followedMs * 1e6),
    ...(pilot?.callsBefore === undefined ? {} : { callsBefore: pilot.callsBefore }),
    // What a call allocates does not vary from launch to launch, and loading the engine's counter
    // takes tens of milliseconds.
    countsAllocations: pass === 0 && round === 0,
  });
}

/** Time that batches of a launch take at the most beyond what measuring takes, in ns. */
const mostForBatchesNs = 1.5e9;

/** How long the loop of a launch goes on: the time to settle, and the time to measure. */
export function durationNs({ settleNs, batchNs }: Pilot): number {
  const forBatches = Math.min(leastBatches * batchNs, mostForBatchesNs);
  const settling = settleNs * settleMargin.factor + settleMargin.ns;
  return Math.round(settling + Math.max(measureNs, forBatches));
}
