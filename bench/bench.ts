/**
 * What the benchmarks of this project share: cases prepared as `run` prepares them, launch by
 * launch.
 */
import { root } from '../src/boot/versions.mjs';
import type { Budget } from '../src/measure/clock.ts';
import { summarize } from '../src/launching/summarize.ts';
import type { Measured } from '../src/results/schema.ts';
import { launchWorker } from '../src/launching/launch.ts';
import type { PlannedCase } from '../src/planning/plan.ts';
import { orderOf, workerCommand } from '../src/session/rounds.ts';
import { type Selection, unnarrowed } from '../src/planning/select.ts';
import { prepareSession } from '../src/session/prepare.ts';
import { launchTimeoutMs } from '../src/planning/settings.ts';
import { toolVersion } from '../src/cli/version.ts';

/**
 * Cases that can run here, and how to launch them one by one. Nothing else should run meanwhile.
 */
export async function openBench(wanted: Partial<Selection>) {
  const session = await prepareSession({ ...unnarrowed, ...wanted }, {
    checkout: root,
    version: toolVersion(),
    seed: 1,
    command: [],
  });
  const launch = async (
    planned: PlannedCase,
    mode: 'pilot' | 'measure',
    calls: number,
    budget?: Budget,
  ) => {
    const order = orderOf(planned, mode, calls);
    const result = await launchWorker(
      workerCommand(root, session.workers, planned),
      { ...order, budget: budget ?? order.budget },
      { timeoutMs: launchTimeoutMs },
    );
    if (result.outcome !== 'done') {
      throw new Error(`${planned.entry.name} in ${planned.arm.label}: ${result.reason}`);
    }
    return result;
  };
  const measure = async (planned: PlannedCase, calls: number): Promise<Measured> =>
    summarize((await launch(planned, 'measure', calls)).measured!, planned.entry.task.timing);
  const pilot = async (planned: PlannedCase): Promise<number> => {
    const { messages } = await launch(planned, 'pilot', 1);
    const said = messages.find((message) => message.type === 'piloted');
    return said?.type === 'piloted' ? said.calls_per_batch : 1;
  };
  return {
    session,
    cases: session.cases.filter(({ reason }) => reason === null),
    /** Calls per batch, by a pilot. */
    pilot,
    measure,
    /** Every batch of one launch with a budget of its own. */
    batches: async (planned: PlannedCase, budget: Budget) =>
      (await launch(planned, 'measure', await pilot(planned), budget)).measured!,
    /** The cost of one launch, in ns. */
    cost: async (planned: PlannedCase, calls: number) =>
      (await measure(planned, calls)).quantiles_ns[2]!,
  };
}
