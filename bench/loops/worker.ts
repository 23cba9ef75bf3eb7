/**
 * Follows one case of a plain lane from its first call: the medians of windows of 10 ms, in ns per
 * call. The arguments are a task, its params as JSON, calls per batch, and a duration in ms; 0
 * calls ask how many last about 100 µs.
 */
import process from 'node:process';
import lane from '../../runtimes/plain.ts';
import { tasks } from '../../src/catalogue/catalogue.ts';
import { loopLimitNs } from '../../src/measure/clock.ts';
import { measure, now } from '../../src/measure/mitata.ts';
import { quantile } from '../../src/stats/quantiles.ts';

const windowNs = 10e6;
/** Room for the readings of two seconds of batches of 10 µs. */
const mostReadings = 1 << 19;

const [id, params, calls, durationMs] = process.argv.slice(2);
const task = tasks.find((one) => one.id === id)!;
const given = JSON.parse(params!);
const host = { open: lane.open, offload: () => never() };
const prepared = typeof task.plain === 'function'
  ? task.plain(given)
  : task.prepare(lane.open('', task.binds(given)), given, host as never);
const batch = Number(calls) || pilot();

function never(): never {
  throw new Error('A plain case starts no Worker.');
}

/** Calls of a batch of 100 µs, once the body has been called for 200 ms. */
function pilot(): never {
  const start = now();
  let perCallNs = Infinity;
  for (let calls = 1; now() - start < 200e6; calls *= 2) {
    const from = now();
    for (let i = 0; i < calls; i++) prepared.body();
    perCallNs = (now() - from) / calls;
  }
  process.stdout.write(`${2 ** Math.max(0, Math.round(Math.log2(100_000 / perCallNs)))}\n`);
  process.exit();
}

const readings = new Float64Array(mostReadings);
let count = 0;
const start = now();
const end = start + Number(durationMs) * 1e6;
// One path, so that no engine throws its code away in the middle.
const clock = () => {
  const t = now();
  readings[count] = t;
  count = count + 1;
  return t > end ? t * 1e200 : t;
};
await measure(prepared.body, {
  now: clock,
  gc: false,
  min_samples: 1,
  min_cpu_time: loopLimitNs,
  max_samples: Number.MAX_SAFE_INTEGER,
  batch_samples: batch,
  batch_unroll: Math.min(4, batch),
  warmup_samples: 1,
  warmup_threshold: Infinity,
  batch_threshold: Infinity,
  samples_threshold: Infinity,
});

const windows: number[][] = [];
for (let i = 0; i + 1 < Math.min(count, mostReadings); i += 2) {
  const window = windows[Math.floor((readings[i]! - start) / windowNs)] ??= [];
  window.push((readings[i + 1]! - readings[i]!) / batch);
}
const medians = windows.map((window) => window === undefined ? null : quantile(window, 0.5));
process.stdout.write(`${JSON.stringify(medians)}\n`);
