/**
 * What the benchmarks of this project share: cases prepared as `run` prepares them, launch by
 * launch.
 */
import { root } from '../src/boot/versions.mjs';
import { profiles } from '../src/catalogue/profiles.ts';
import { launchCost } from '../src/analysis/launch_cost.ts';
import { toolVersion } from '../src/cli/version.ts';
import type { ForeignWork } from '../src/session/prepare.ts';
import { launchWorker } from '../src/launching/launch.ts';
import { summarize } from '../src/launching/summarize.ts';
import { systemClocks } from '../src/machine/clocks.ts';
import type { PlannedCase } from '../src/planning/plan.ts';
import { type Selection, unnarrowed } from '../src/planning/select.ts';
import { launchLimits, measureNs } from '../src/planning/settings.ts';
import type { Instructions, Measured } from '../src/results/schema.ts';
import { type RunContext, start } from '../src/session/context.ts';
import { pilotCase } from '../src/session/pilots.ts';
import { prepareSession } from '../src/session/prepare.ts';
import { durationNs } from '../src/session/rounds.ts';
import type { Pilot } from '../src/session/state.ts';
import { stepCase } from '../src/session/stepping.ts';
import { costEstimators } from '../src/stats/estimators.ts';
import type { MeasuredMessage, WorkOrder } from '../src/worker/protocol.ts';

/** Launches of which one should have met a free core. */
const mostTries = 4;

/** What a call took in the tier that its pilot reached, in ns. */
export function tierOf({ batchNs, callsPerBatch }: Pilot): number {
  return batchNs / callsPerBatch;
}

/**
 * Cases that can run here, and how to launch them one by one. Nothing else should run meanwhile.
 */
export async function openBench(wanted: Partial<Selection>, foreign: ForeignWork | null = null) {
  const invocation = { checkout: root, version: toolVersion(), seed: 1, command: [] };
  const session = await prepareSession({ ...unnarrowed, ...wanted }, invocation, foreign);
  const context: Omit<RunContext, 'journal'> = {
    ...session,
    checkout: root,
    seed: 1,
    scale: session.line.provenance.machine.probe,
    abort: new AbortController().signal,
    limits: launchLimits,
    clocks: systemClocks,
    launch: launchWorker,
    onLaunch: () => {},
  };
  const pilot = async (planned: PlannedCase): Promise<Pilot> => {
    const found = await pilotCase(context, planned);
    if ('failed' in found) throw new Error(sentence(planned, found.failed.reason));
    return found;
  };
  const record = async (
    planned: PlannedCase,
    { callsPerBatch }: Pick<Pilot, 'callsPerBatch'>,
    lastingNs: number,
    more: Pick<WorkOrder, 'withoutProbe'> = {},
  ): Promise<MeasuredMessage> => {
    const result = await start(context, planned, {
      mode: 'measure',
      callsPerBatch,
      takesCore: true,
      durationNs: lastingNs,
      ...more,
    });
    if (result.measured === null) throw new Error(sentence(planned, result.reason));
    return result.measured;
  };
  const measure = async (planned: PlannedCase, found: Pilot): Promise<Measured> => {
    const { timing } = planned.entry.task;
    const message = await record(planned, found, durationNs(found));
    return summarize(message, timing, context.scale, measureNs, tierOf(found));
  };
  return {
    session,
    scale: context.scale,
    cases: session.cases.filter(({ reason }) => reason === null),
    pilot,
    /** The figures of one launch. */
    measure,
    /** The whole recording of one launch. */
    record,
    /** Instructions per call, counted in two launches of their own, as a run does. */
    count: (planned: PlannedCase, found: Pilot): Promise<Instructions> =>
      stepCase(context, planned, found, profiles.default.steppings),
    /** The cost of a launch that met a free core, in ns; null where several met none. */
    cost: async (planned: PlannedCase, found: Pilot): Promise<number | null> => {
      for (let tries = 0; tries < mostTries; tries++) {
        const cost = launchCost(await measure(planned, found), costEstimators.free_median);
        if (typeof cost === 'number') return cost;
      }
      return null;
    },
  };
}

/**
 * Costs of two ways in rounds of one launch each, in an order that alternates; rounds in which
 * either met no free core are left out.
 */
export async function inTurn(
  rounds: number,
  a: () => Promise<number | null>,
  b: () => Promise<number | null>,
): Promise<{ a: number[]; b: number[] }> {
  const costs = { a: [] as number[], b: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    const inOrder = round % 2 === 0;
    const first = await (inOrder ? a() : b());
    const second = await (inOrder ? b() : a());
    if (first === null || second === null) continue;
    costs.a.push(inOrder ? first : second);
    costs.b.push(inOrder ? second : first);
  }
  return costs;
}

function sentence({ entry, arm }: PlannedCase, reason: string | null): string {
  return `${entry.name} in ${arm.label}: ${reason}`;
}
