// What the hand-written scripts share: one plain mitata measurement of one function, as a person
// would write it who knows that the regime must be forced, that a loop is slow at first, and that a
// core may be shared. The recording is judged where those of the lanes are.
import { gc, measure, now } from 'mitata/src/lib.mjs';
import { writeSync } from 'node:fs';

/** Measures `body` for `durationNs` and prints the recording. */
export async function report(body, callsPerBatch, durationNs, throughput) {
  const [begins, batches, probes] = [[], [], []];
  const readNs = new Float64Array(1 << 18);
  const resumedNs = new Float64Array(1 << 18);
  const ticks = new Uint32Array(1 << 18);
  let count = 0;
  gc();
  const start = now();
  await measure(body, {
    now() {
      const t = now();
      readNs[count] = t;
      ticks[count] = throughput();
      resumedNs[count] = now();
      count = count + 1;
      return t;
    },
    gc: false,
    min_samples: 1,
    min_cpu_time: durationNs,
    max_samples: Number.MAX_SAFE_INTEGER,
    batch_samples: callsPerBatch,
    warmup_samples: 1,
    warmup_threshold: Infinity,
    batch_threshold: Infinity,
    samples_threshold: Infinity,
  });
  for (let i = 0; i + 1 < count; i += 2) {
    begins.push(Math.round(resumedNs[i] - start));
    batches.push(Math.round((readNs[i + 1] - resumedNs[i]) * 10) / 10);
    probes.push(ticks[i], ticks[i + 1]);
  }
  const text = JSON.stringify({ begins_ns: begins, batches_ns: batches, probes }) + '\n';
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length;) at += writeSync(1, bytes.subarray(at));
}
