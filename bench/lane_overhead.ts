/**
 * Does a lane add anything to a call? Each case against a hand-written script that makes the same
 * call with mitata, in paired launches. Goal: within 2 % or 0.15 ns.
 *
 *     npm run self -- bench/lane_overhead.ts [ROUNDS]
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { type RuntimeName, runtimes } from '../runtimes/registry.ts';
import { root } from '../src/boot/versions.mjs';
import { formatNs } from '../src/report/words/numbers.ts';
import { median } from '../src/stats/quantiles.ts';
import { signTest } from '../src/stats/order_interval.ts';
import { workerEnvironment } from '../src/machine/environment.ts';
import type { PlannedCase } from '../src/planning/plan.ts';
import { launchCost } from '../src/analysis/launch_cost.ts';
import type { RecordedBatches } from '../src/analysis/recording.ts';
import { summarize } from '../src/launching/summarize.ts';
import { measureNs } from '../src/planning/settings.ts';
import { durationNs } from '../src/session/rounds.ts';
import type { Pilot } from '../src/session/state.ts';
import { costEstimators } from '../src/stats/estimators.ts';
import type { MeasuredMessage } from '../src/worker/protocol.ts';
import { inTurn, openBench, tierOf } from './bench.ts';

const names = [
  'call.noop',
  'call.i32_args[2]',
  'call.f64_args[2]',
  'call.u64_bigint[consumed]',
  'buffer.touch[64]',
];
const rounds = Number(process.argv[2] ?? 20);

/** Launches of which one should have met a free core. */
const mostTries = 4;

/** The cost of a launch of the hand-written script that met a free core, in ns; else null. */
async function costByHand(planned: PlannedCase, pilot: Pilot): Promise<number | null> {
  for (let tries = 0; tries < mostTries; tries++) {
    const message: MeasuredMessage = {
      type: 'measured',
      calls_per_batch: pilot.callsPerBatch,
      crossings_per_call: 1,
      allocated_bytes_per_call: null,
      involuntary_switches: null,
      ...await recordByHand(planned, pilot),
    };
    const measured = summarize(message, 'batched', bench.scale, measureNs, tierOf(pilot));
    const cost = launchCost(measured, costEstimators.free_median);
    if (typeof cost === 'number') return cost;
  }
  return null;
}

/** The recording of one launch of the hand-written script. */
function recordByHand({ entry, arm }: PlannedCase, pilot: Pilot): Promise<RecordedBatches> {
  const runtime = arm.row.runtime as RuntimeName;
  const { flags, env } = runtimes[runtime];
  const args = [
    ...flags.map((flag) => flag.replace('{checkout}', root)),
    join(root, 'bench', 'hand', `${runtime}.mjs`),
    arm.library!.path,
    entry.name,
    String(pilot.callsPerBatch),
    String(durationNs(pilot)),
    bench.session.instrumentOf({ entry, arm, rounds: 1, reason: null }),
  ];
  const options = { env: workerEnvironment(env), maxBuffer: 2 ** 28 };
  return new Promise((settle, refuse) => {
    execFile(arm.runtime.path, args, options, (error, stdout) => {
      if (error !== null) return refuse(error);
      settle(JSON.parse(stdout.split('\n')[0]!));
    });
  });
}

const bench = await openBench({ tasks: names, lanes: ['ffi'] });
process.stdout.write(
  `${rounds} paired launches each on a free core; ratio: lane over hand-written script\n`,
);
for (const planned of bench.cases) {
  const pilot = await bench.pilot(planned);
  const { a: lane, b: hand } = await inTurn(
    rounds,
    () => bench.cost(planned, pilot),
    () => costByHand(planned, pilot),
  );
  const logs = lane.map((ns, i) => Math.log(ns / hand[i]!));
  const { interval } = signTest(logs);
  const share = (log: number) => `${((Math.exp(log) - 1) * 100).toFixed(1)} %`;
  const differenceNs = median(lane.map((ns, i) => ns - hand[i]!));
  const within = Math.abs(Math.exp(median(logs)) - 1) <= 0.02 || Math.abs(differenceNs) <= 0.15;
  process.stdout.write(
    `${planned.entry.name.padEnd(26)} ${planned.arm.label.padEnd(9)} lane ${
      formatNs(median(lane)).padStart(8)
    }  hand ${formatNs(median(hand)).padStart(8)}  ${share(median(logs)).padStart(7)} [${
      interval ? `${share(interval.low)}, ${share(interval.high)}` : 'no interval'
    }]  ${differenceNs.toFixed(3)} ns  ${within ? 'within' : 'OUTSIDE'} 2 % or 0.15 ns\n`,
  );
}
