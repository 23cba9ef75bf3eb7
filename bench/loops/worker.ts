/**
 * Follows one case of a plain lane from its first call: the medians of windows of 10 ms, in ns per
 * call. The arguments are a task, its params as JSON, calls per batch, and a duration in ms; 0
 * calls ask how many last about 100 µs.
 */
import process from 'node:process';
import lane from '../../runtimes/plain.ts';
import { tasks } from '../../src/catalogue/catalogue.ts';
import { measureBatches } from '../../src/measure/measure.ts';
import { now } from '../../src/measure/mitata.ts';
import { quantile } from '../../src/stats/quantiles.ts';

const windowNs = 10e6;

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

const { beginsNs, batchesNs } = await measureBatches(prepared.body, {
  callsPerBatch: batch,
  durationNs: Number(durationMs) * 1e6,
  probe: null,
});

const windows: number[][] = [];
for (const [i, ns] of batchesNs.entries()) {
  const window = windows[Math.floor(beginsNs[i]! / windowNs)] ??= [];
  window.push(ns / batch);
}
const medians = windows.map((window) => window === undefined ? null : quantile(window, 0.5));
process.stdout.write(`${JSON.stringify(medians)}\n`);
