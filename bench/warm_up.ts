/**
 * How long must a launch warm up? Follows every default case of the scripted lanes for 800 ms, and
 * asks what the rule that runs apply would have taken of it: how long that lasts, and how often its
 * cost lies over that of the second half. The settings of `src/measure/steady.ts` and the registry
 * stand on what it prints.
 *
 *     npm run self -- bench/warm_up.ts
 */
import process from 'node:process';
import { type Budget, recordingClock } from '../src/measure/clock.ts';
import { budgetOf } from '../src/runner/settings.ts';
import { quantile } from '../src/stats/quantiles.ts';
import { openBench } from './bench.ts';

const rounds = 3;
const followed: Budget = {
  warmUp: { minNs: 0, minCalls: 0, maxNs: 1 },
  measureNs: 800e6,
  minBatches: 12,
};

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

const bench = await openBench({});
const cases = bench.cases.filter(({ arm, entry }) =>
  arm.row.runtime !== 'native' && entry.task.timing === 'batched'
);
const found = new Map<string, { elapsedMs: number; over: number; name: string }[]>();
for (let round = 0; round < rounds; round++) {
  for (const planned of cases) {
    const { arm, entry } = planned;
    const { calls_per_batch: calls, batches_ns: batches } = await bench.batches(planned, followed);
    const { kept, elapsedMs } = replay(batches, calls, budgetOf(arm.row.runtime));
    const over = quantile(kept, 0.1) / quantile(lateHalf(batches), 0.1) - 1;
    const own = found.get(arm.label) ?? [];
    found.set(arm.label, [...own, { elapsedMs, over, name: entry.name }]);
  }
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
for (const [label, own] of found) {
  const meanMs = own.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0) / own.length;
  const overs = own.map(({ over }) => over);
  const worst = own.toSorted((a, b) => b.over - a.over).slice(0, 3)
    .map(({ name, over }) => `${name} ${percent(over)}`);
  process.stdout.write(
    `${label}: ${own.length} launches, ${meanMs.toFixed(0)} ms; cost over that of their second ` +
      `half: median ${percent(quantile(overs, 0.5))}, 9 of 10 below ` +
      `${percent(quantile(overs, 0.9))}; worst ${worst.join(', ')}\n`,
  );
}
