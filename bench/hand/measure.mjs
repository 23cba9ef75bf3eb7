// What the hand-written scripts share: one plain mitata measurement of one function, as a person
// would write it who knows that the regime must be forced, and that a loop is slow at first.
import { gc, measure, now } from 'mitata/src/lib.mjs';
import { writeSync } from 'node:fs';

/** Time that mitata measures in all, and how much of its end counts, in ns. */
const measureNs = 250e6;
const countedNs = 80e6;

/** Measures `body` and prints the 10th percentile of its last batches, in ns per call. */
export async function report(body, callsPerBatch) {
  const batches = [];
  let start = null;
  gc();
  await measure(body, {
    now() {
      const t = now();
      if (start !== null) batches.push(t - start);
      start = start === null ? t : null;
      return t;
    },
    gc: false,
    min_cpu_time: measureNs,
    batch_samples: callsPerBatch,
    warmup_samples: 1,
    warmup_threshold: Infinity,
    batch_threshold: Infinity,
    samples_threshold: Infinity,
  });
  let left = countedNs;
  const first = batches.findLastIndex((batch) => (left -= batch) < 0);
  const counted = batches.slice(first).sort((a, b) => a - b);
  const p10 = counted[Math.floor(counted.length / 10)] / callsPerBatch;
  writeSync(1, `{"p10_ns":${p10}}\n`);
}
