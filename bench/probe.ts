/**
 * Does the throughput probe change what it stands beside? Launches with and without it in turn, in
 * every lane that is named. Goal: within 0.5 %. Without the probe nothing tells whether the core
 * was free, so both ways are compared by the low quarter of their settled batches.
 *
 *     npm run self -- bench/probe.ts [PAIRS] [LANE …]
 */
import process from 'node:process';
import { judge } from '../src/analysis/recording.ts';
import type { PlannedCase } from '../src/planning/plan.ts';
import { measureNs } from '../src/planning/settings.ts';
import { formatNs } from '../src/report/words/numbers.ts';
import { durationNs } from '../src/session/rounds.ts';
import type { Pilot } from '../src/session/state.ts';
import { signTest } from '../src/stats/order_interval.ts';
import { median, quantile } from '../src/stats/quantiles.ts';
import { inTurn, openBench } from './bench.ts';

const tasks = [
  'call.noop',
  'call.i32_args[2]',
  'call.u64_bigint[consumed]',
  'buffer.touch[64]',
  'string_in.encode_into[36]',
];
const [pairs = '20', ...lanes] = process.argv.slice(2);

const bench = await openBench({ tasks, lanes: lanes.length > 0 ? lanes : ['ffi'] });

/** The low quarter of a launch's settled batches, in ns per call; null where it never settled. */
async function lowQuarter(planned: PlannedCase, pilot: Pilot, hasProbe: boolean) {
  const recorded = await bench.record(planned, pilot, durationNs(pilot), {
    withoutProbe: !hasProbe,
  });
  const { from } = judge(recorded, {
    freeLevel: null,
    wantedNs: measureNs / 2,
    tierNs: pilot.batchNs,
  });
  if (from === null) return null;
  return quantile(recorded.batches_ns.slice(from), 0.25) / recorded.calls_per_batch;
}

let within = 0;
process.stdout.write(`${pairs} pairs of launches each; ratio: with the probe over without\n`);
for (const planned of bench.cases) {
  const pilot = await bench.pilot(planned);
  const { a, b } = await inTurn(
    Number(pairs),
    () => lowQuarter(planned, pilot, true),
    () => lowQuarter(planned, pilot, false),
  );
  const logs = a.map((ns, i) => Math.log(ns / b[i]!));
  const { interval } = signTest(logs);
  const share = (log: number) => `${(Math.expm1(log) * 100).toFixed(2)} %`;
  const isWithin = Math.abs(Math.expm1(median(logs))) <= 0.005 ||
    (interval !== null && interval.low <= 0 && interval.high >= 0);
  if (isWithin) within++;
  process.stdout.write(
    `${planned.entry.name.padEnd(26)} ${planned.arm.label.padEnd(11)} ${
      formatNs(median(a)).padStart(8)
    } with, ${formatNs(median(b)).padStart(8)} without: ${share(median(logs)).padStart(8)} [${
      interval ? `${share(interval.low)}, ${share(interval.high)}` : 'no interval'
    }]${isWithin ? '' : '  CHANGED'}\n`,
  );
}
process.stdout.write(
  `${within} of ${bench.cases.length} within 0.5 %, or with an interval that holds 0\n`,
);
