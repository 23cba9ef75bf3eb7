/**
 * The whole recording of one launch, as JSON: what `judge` is given, of a launch as `run` makes
 * them. From it come the recorded launches of test/fixtures/recordings.json.
 *
 *     npm run self -- bench/recording.ts LANE CASE MS [CALLS]
 *
 * The loop lasts MS, and CALLS make a batch, as many as in a run unless given. An outline goes to
 * stderr: the cost in each fortieth part, and how many of the batches met a free core.
 */
import process from 'node:process';
import { judge } from '../src/analysis/recording.ts';
import { standardOf } from '../src/launching/summarize.ts';
import { measureNs } from '../src/planning/settings.ts';
import { formatNs } from '../src/report/words/numbers.ts';
import { median } from '../src/stats/quantiles.ts';
import { openBench } from './bench.ts';

const [lane = 'deno.ffi', task = 'call.noop', lastingMs = '200', calls] = process.argv.slice(2);
const parts = 40;

const bench = await openBench({ tasks: [task], lanes: [lane] });
const [planned] = bench.cases;
if (planned === undefined) throw new Error(`${task} cannot be measured in ${lane} here.`);
const pilot = await bench.pilot(planned);
const { calls_per_batch, begins_ns, batches_ns, probes } = await bench.record(
  planned,
  calls === undefined ? pilot : { callsPerBatch: Number(calls) },
  Number(lastingMs) * 1e6,
);
const standard = standardOf(probes, planned.entry.task.timing, bench.scale, measureNs);
const { from, free } = judge({ begins_ns, batches_ns, probes }, standard);

const endNs = begins_ns.at(-1)! + batches_ns.at(-1)!;
const outline = Array.from({ length: parts }, (_, part) => {
  const within = batches_ns.filter((_, i) =>
    Math.min(parts - 1, Math.floor(begins_ns[i]! / endNs * parts)) === part
  );
  return within.length === 0 ? '-' : formatNs(median(within) / calls_per_batch);
});
process.stderr.write(
  `${planned.arm.label} ${task}: ${outline.join(', ')}\n` +
    `settled from ${from === null ? 'never' : `${(begins_ns[from]! / 1e6).toFixed(1)} ms`}; ` +
    `${free?.filter(Boolean).length ?? 'unknown'} of ${batches_ns.length} batches free\n`,
);
process.stdout.write(`${
  JSON.stringify({
    lane: planned.arm.label,
    case: task,
    free_level: standard.freeLevel,
    calls_per_batch,
    begins_ns: begins_ns.map(Math.round),
    batches_ns: batches_ns.map(Math.round),
    probes: probes.map(Math.round),
  })
}\n`);
