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
import { workerEnvironment } from '../src/launching/environment.ts';
import type { PlannedCase } from '../src/planning/plan.ts';
import { openBench } from './bench.ts';

const names = [
  'call.noop',
  'call.i32_args[2]',
  'call.f64_args[2]',
  'call.u64_bigint[consumed]',
  'buffer.touch[64]',
];
const rounds = Number(process.argv[2] ?? 20);

/** The 10th percentile of one launch of the hand-written script, in ns per call. */
function launchByHand({ entry, arm }: PlannedCase, callsPerBatch: number): Promise<number> {
  const runtime = arm.row.runtime as RuntimeName;
  const { flags, env } = runtimes[runtime];
  const args = [
    ...flags.map((flag) => flag.replace('{checkout}', root)),
    join(root, 'bench', 'hand', `${runtime}.mjs`),
    arm.library!.path,
    entry.name,
    String(callsPerBatch),
  ];
  return new Promise((settle, refuse) => {
    execFile(arm.runtime.path, args, { env: workerEnvironment(env) }, (error, stdout) => {
      if (error !== null) return refuse(error);
      settle(JSON.parse(stdout.split('\n')[0]!).p10_ns);
    });
  });
}

const bench = await openBench({ tasks: names, lanes: ['ffi'] });
process.stdout.write(`${rounds} paired launches each; ratio: lane over hand-written script\n`);
for (const planned of bench.cases) {
  const calls = await bench.pilot(planned);
  const lane: number[] = [];
  const hand: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const launch = [
      async () => lane.push(await bench.cost(planned, calls)),
      async () => hand.push(await launchByHand(planned, calls)),
    ];
    if (round % 2 === 1) launch.reverse();
    for (const one of launch) await one();
  }
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
