// What the hand-written scripts share: one plain mitata measurement of one function, as a person
// would write it who knows that the regime must be forced.
import { gc, measure } from 'mitata/src/lib.mjs';
import { writeSync } from 'node:fs';

/** Time that mitata measures in all, the warm-up with it, in ns. */
const measureNs = 400e6;

/** Measures `body` and prints the 10th percentile of its batches, in ns per call. */
export async function report(body, callsPerBatch) {
  gc();
  const { samples } = await measure(body, {
    gc: false,
    min_cpu_time: measureNs,
    batch_samples: callsPerBatch,
    warmup_samples: 1,
    warmup_threshold: Infinity,
    batch_threshold: Infinity,
    samples_threshold: Infinity,
  });
  writeSync(1, `{"p10_ns":${samples[Math.floor(samples.length / 10)]}}\n`);
}
