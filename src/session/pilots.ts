/**
 * Pilots: launches that count for nothing and find out what the launches of a case are told. The
 * first guesses how many calls make a batch. The others run as launches do, in the same loop and
 * with the same clock, until the case has settled, and show how long that takes.
 */
import { availableParallelism } from 'node:os';
import { judge } from '../analysis/recording.ts';
import type { LaunchResult } from '../launching/launch.ts';
import { batchFor } from '../measure/batch.ts';
import type { PlannedCase } from '../planning/plan.ts';
import { batchNs, measureNs, mostPilotTries, pilotNs } from '../planning/settings.ts';
import { median } from '../stats/quantiles.ts';
import type { MeasuredMessage } from '../worker/protocol.ts';
import { type RunContext, start, whyReplaced } from './context.ts';
import { standardOf } from '../launching/summarize.ts';
import { type KeptPilots } from './kept_pilots.ts';
import { binaryKey, type FailedPilot, type Pilot, type RunState } from './state.ts';

/**
 * Pilots the cases that were not yet, one binary once: as many at a time as there are cores, since
 * what they find need not be exact and nothing is measured meanwhile.
 */
export async function pilotAll(
  context: RunContext,
  state: RunState,
  kept: KeptPilots,
  cases: readonly PlannedCase[],
): Promise<void> {
  const unknown = cases.filter((one) =>
    one.entry.task.timing !== 'one_shot' && state.pilotOf(one) === undefined &&
    whyReplaced(context, one) === null
  );
  const waiting = new Map(unknown.map((one) => [binaryKey(one), one])).values();
  const pilotInTurn = async () => {
    for (const planned of waiting) {
      if (context.abort.aborted) return;
      const known = kept.find(planned);
      const pilot = known ?? await pilotCase(context, planned);
      if (context.abort.aborted) return;
      state.takePilot(planned, pilot);
      if ('failed' in pilot) continue;
      if (known === undefined) kept.add(planned, pilot);
      context.journal.append(lineOf(planned, pilot));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, pilotInTurn));
}

/** What the journal keeps of a pilot, so that a resumed run goes on with it. */
function lineOf({ entry, arm }: PlannedCase, pilot: Pilot) {
  const { callsPerBatch, callsBefore, settleNs, batchNs: ns } = pilot;
  return {
    kind: 'case',
    case: entry.name,
    arm: arm.label,
    calls_per_batch: callsPerBatch,
    ...(callsBefore === undefined ? {} : { calls_before: callsBefore }),
    settle_ns: Math.round(settleNs),
    batch_ns: Math.round(ns),
  } as const;
}

/** Finds out what every launch of a case must be told, so that all are made alike. */
export async function pilotCase(
  context: Omit<RunContext, 'journal'>,
  planned: PlannedCase,
): Promise<Pilot | FailedPilot> {
  const guess = await start(context, planned, {
    mode: 'pilot',
    callsPerBatch: 1,
    durationNs: 0,
  });
  const said = guess.messages.find((message) => message.type === 'piloted');
  if (guess.outcome !== 'done' || said?.type !== 'piloted') return failedBy(guess);
  let callsPerBatch = said.calls_per_batch;
  const before = said.calls_before === undefined ? {} : { callsBefore: said.calls_before };
  for (let tries = 1;; tries++) {
    const result = await start(context, planned, {
      mode: 'measure',
      callsPerBatch,
      durationNs: pilotNs,
      ...before,
    });
    if (result.outcome !== 'done' || result.measured === null) return failedBy(result);
    const found = settledIn(context, planned, result.measured);
    const better = betterBatch(callsPerBatch, found.batchNs);
    if (better === callsPerBatch || tries === mostPilotTries) {
      return { callsPerBatch, ...before, ...found };
    }
    callsPerBatch = better;
  }
}

function failedBy(result: LaunchResult): FailedPilot {
  return {
    failed: result.outcome === 'done'
      ? { ...result, outcome: 'protocol_error', reason: 'The pilot ended without a result.' }
      : result,
  };
}

/** When a pilot had settled, and how long its settled batches last. */
function settledIn(
  { scale }: Pick<RunContext, 'scale'>,
  { entry }: PlannedCase,
  measured: MeasuredMessage,
): Pick<Pilot, 'settleNs' | 'batchNs'> {
  const standard = standardOf(measured.probes, entry.task.timing, scale, measureNs);
  const { from } = judge(measured, standard);
  const last = measured.batches_ns.length - 1;
  return {
    settleNs: from === null
      ? measured.begins_ns[last]! + measured.batches_ns[last]!
      : measured.begins_ns[from]!,
    batchNs: median(measured.batches_ns.slice(from ?? 0)),
  };
}

/** The number of calls that brings a batch to its target, where it is not near enough already. */
function betterBatch(callsPerBatch: number, ns: number): number {
  if (ns >= batchNs.least && ns <= batchNs.most) return callsPerBatch;
  return batchFor(ns / callsPerBatch, batchNs.target);
}
