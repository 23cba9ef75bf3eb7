/**
 * How long must a launch warm up? Follows cases of the scripted lanes for a second, and asks what
 * the rule that runs apply would have taken of it: how long that lasts, and how often its cost lies
 * over that of the second half. `src/measure/steady.ts`, `src/planning/settings.ts` and the registry
 * stand on what it prints.
 *
 *     npm run self -- bench/warm_up.ts [TASK …]
 *
 * Without a task, the default cases. Set ROUNDS for another number of launches than three.
 */
import process from 'node:process';
import { type Budget, recordingClock } from '../src/measure/clock.ts';
import { slowCallNs } from '../src/measure/steady.ts';
import type { PlannedCase } from '../src/planning/plan.ts';
import { isLoop } from '../src/session/rounds.ts';
import { budgetOf } from '../src/planning/settings.ts';
import { quantile } from '../src/stats/quantiles.ts';
import { openBench } from './bench.ts';

const rounds = Number(process.env['ROUNDS'] ?? 3);
const followed: Budget = {
  warmUp: { minNs: 0, minCalls: 0, slowNs: 0, maxNs: 1 },
  measureNs: 1000e6,
  minBatches: 12,
};

/** What the rule would have taken of one launch. */
interface Replayed {
  readonly name: string;
  readonly elapsedMs: number;
  /** Share by which the cost lies over that of the second half. */
  readonly over: number;
}

/** The batches that a launch with this budget would have kept of a longer one, and its time. */
function replay(batchesNs: readonly number[], calls: number, budget: Budget) {
  let now = 0;
  const { clock, recording } = recordingClock(() => now, calls, budget);
  for (const duration of batchesNs) {
    clock();
    now += duration;
    if (clock() === Infinity) break;
  }
  return { kept: [...recording().batchesNs], elapsedMs: now / 1e6 };
}

/** The second half of some batches, by time. */
function lateHalf(batchesNs: readonly number[]): readonly number[] {
  let left = batchesNs.reduce((sum, one) => sum + one, 0) / 2;
  return batchesNs.slice(batchesNs.findIndex((one) => (left -= one) < 0));
}

/** Follows one launch of a case; answers under which heading it counts, and what the rule took. */
async function follow(planned: PlannedCase): Promise<readonly [string, Replayed]> {
  const { arm, entry } = planned;
  const { calls_per_batch: calls, batches_ns: batches } = await bench.batches(planned, followed);
  const kind = isLoop(entry.task, arm.row) ? 'loops' : 'others';
  const { kept, elapsedMs } = replay(batches, calls, budgetOf(arm.row.runtime, kind));
  const over = quantile(kept, 0.1) / quantile(lateHalf(batches), 0.1) - 1;
  const isSlow = quantile(batches, 0.5) > slowCallNs * calls;
  const heading = `${arm.label}, ${isSlow ? `slow calls, ${kind}` : 'quick calls'}`;
  return [heading, { name: entry.name, elapsedMs, over }];
}

const tasks = process.argv.slice(2);
const bench = await openBench(
  tasks.length === 0 ? {} : { tasks, profile: 'publish', lanes: ['ffi', 'plain'] },
);
const cases = bench.cases.filter(({ arm, entry }) =>
  arm.row.runtime !== 'native' && entry.task.timing === 'batched'
);
const found: (readonly [string, Replayed])[] = [];
for (let round = 0; round < rounds; round++) {
  for (const planned of cases) found.push(await follow(planned));
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
for (const [heading, entries] of [...Map.groupBy(found, ([heading]) => heading)].sort()) {
  const own = entries.map(([, replayed]) => replayed);
  const meanMs = own.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0) / own.length;
  const overs = own.map(({ over }) => over);
  const worst = own.toSorted((a, b) => b.over - a.over).slice(0, 3)
    .map(({ name, over }) => `${name} ${percent(over)}`);
  process.stdout.write(
    `${heading}: ${own.length} launches, ${meanMs.toFixed(0)} ms; cost over that of their second ` +
      `half: median ${percent(quantile(overs, 0.5))}, 9 of 10 below ` +
      `${percent(quantile(overs, 0.9))}, over 10 % in ` +
      `${overs.filter((over) => over > 0.1).length}; worst ${worst.join(', ')}\n`,
  );
}
