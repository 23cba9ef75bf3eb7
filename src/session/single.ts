/** One case at a time, outside of a run: piloted, and counted or measured launch by launch. */
import { launchCost } from '../analysis/launch_cost.ts';
import { launchWorker } from '../launching/launch.ts';
import { summarize } from '../launching/summarize.ts';
import { systemClocks } from '../machine/clocks.ts';
import type { PlannedCase } from '../planning/plan.ts';
import type { Selection } from '../planning/select.ts';
import { launchLimits, measureNs } from '../planning/settings.ts';
import type { Instructions } from '../results/schema.ts';
import { costEstimators } from '../stats/estimators.ts';
import { median } from '../stats/quantiles.ts';
import { type RunContext, start } from './context.ts';
import { pilotCase } from './pilots.ts';
import { type Invocation, prepareSession } from './prepare.ts';
import { durationNs } from './rounds.ts';
import { stepCase } from './stepping.ts';

/** What can be asked of a case. */
export interface SingleCase {
  readonly planned: PlannedCase;
  /** Instructions per call, or why there are none. */
  count(): Promise<Instructions>;
  /** Median over launches of the cost of a call, in ns; null where no launch has one. */
  cost(launches: number): Promise<number | null>;
}

/** The first case of a selection that runs here. Throws where none does. */
export async function openSingle(
  selection: Selection,
  invocation: Invocation,
): Promise<SingleCase> {
  const session = await prepareSession(selection, invocation);
  const planned = session.cases.find(({ reason }) => reason === null)!;
  const context: Omit<RunContext, 'journal'> = {
    ...session,
    checkout: invocation.checkout,
    seed: invocation.seed,
    scale: session.line.provenance.machine.probe,
    abort: invocation.abort ?? new AbortController().signal,
    limits: launchLimits,
    clocks: systemClocks,
    launch: launchWorker,
    onLaunch: () => {},
  };
  const pilot = await pilotCase(context, planned);
  return {
    planned,
    count: () => stepCase(context, planned, pilot, 1),
    async cost(launches) {
      if ('failed' in pilot) return null;
      const costs: number[] = [];
      for (let i = 0; i < launches; i++) {
        const { measured } = await start(context, planned, {
          mode: 'measure',
          callsPerBatch: pilot.callsPerBatch,
          durationNs: durationNs(pilot),
        });
        if (measured === null) continue;
        const { timing } = planned.entry.task;
        const cost = launchCost(
          summarize(measured, timing, context.scale, measureNs),
          costEstimators.free_median,
        );
        if (typeof cost === 'number') costs.push(cost);
      }
      return costs.length === 0 ? null : median(costs);
    },
  };
}
