/**
 * Does every body that loops in plain JavaScript run in its fastest code from the start? Follows
 * the plain lanes' cases of 1,000 steps and more over time, and `list_sum.handler`, which is called
 * directly and therefore does not.
 *
 *     npm run self -- bench/loops.ts [TASK …]
 *
 * Set RUNTIMES for others than deno,node and MS for another duration than 1500.
 */
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { type RuntimeName, runtimes } from '../runtimes/registry.ts';
import plainLane from '../runtimes/plain.ts';
import { readTools } from '../src/boot/tools.mjs';
import { root } from '../src/boot/versions.mjs';
import { type CatalogueEntry, entries } from '../src/catalogue/catalogue.ts';
import { whyUnsupported } from '../src/catalogue/task.ts';
import { formatNs } from '../src/report/words/numbers.ts';
import { quantile } from '../src/stats/quantiles.ts';

const durationMs = Number(process.env['MS'] ?? 1500);
const names = (process.env['RUNTIMES'] ?? 'deno,node').split(',') as RuntimeName[];
const wanted = process.argv.slice(2);
/** The first compilations are over by then, in ms. */
const startMs = 150;
/** A window over this times the last ones is in slower code. */
const slower = 1.3;

const worker = join(root, '.ffi-bench', 'build', 'bench_loops.mjs');
await build({
  entryPoints: [join(root, 'bench', 'loops', 'worker.ts')],
  outfile: worker,
  bundle: true,
  format: 'esm',
  platform: 'node',
  external: ['node:*'],
  logLevel: 'silent',
});

/** What a launch says; 0 calls ask for the calls of a batch. */
function launch(runtime: RuntimeName, { task, params }: CatalogueEntry, calls: number): unknown {
  const tool = readTools().runtimes[runtime];
  if (tool.state !== 'ready') throw new Error(`${runtime} is not here: ${tool.reason}`);
  const stdout = execFileSync(tool.path, [
    ...runtimes[runtime].flags.map((flag) => flag.replace('{checkout}', root)),
    worker,
    task.id,
    JSON.stringify(params),
    String(calls),
    String(durationMs),
  ], { encoding: 'utf8' });
  return JSON.parse(stdout);
}

/** A line on how long a case stayed in slower code, with its course. */
function describe(runtime: RuntimeName, entry: CatalogueEntry): string {
  const calls = launch(runtime, entry, 0) as number;
  // A window in which no batch began is null.
  const windows = launch(runtime, entry, calls) as (number | null)[];
  const known = windows.map((ns, i) => ({ ns, ms: i * 10 })).filter(({ ns }) => ns !== null) as {
    ns: number;
    ms: number;
  }[];
  const level = quantile(known.slice(-40).map(({ ns }) => ns), 0.25);
  const late = known.filter(({ ns, ms }) => ms >= startMs && ns > level * slower);
  const least = Math.min(...known.map(({ ns }) => ns));
  const course = known.filter((_, i) => i % Math.ceil(known.length / 16) === 0)
    .map(({ ns }) => (ns / level).toFixed(2)).join(' ');
  const share = (late.length / known.length * 100).toFixed(0);
  return `${entry.name.padEnd(30)} ${runtime.padEnd(5)} ${formatNs(level).padStart(9)}, least ${
    formatNs(least).padStart(9)
  }, ${share.padStart(3)} % of windows slower after ${startMs} ms: ${course}\n`;
}

const steps = ({ task, params }: CatalogueEntry) =>
  task.sweep === null ? 1000 : Number(params[task.sweep]);
const isLoop = (entry: CatalogueEntry) =>
  entry.task.timing === 'batched' && steps(entry) >= 1000 &&
  whyUnsupported(plainLane.capabilities, entry.task, entry.params) === null &&
  !entry.task.folded(entry.params);
const chosen = entries.filter((entry) =>
  isLoop(entry) &&
  (wanted.length === 0 || wanted.includes(entry.name) || wanted.includes(entry.task.id))
);
for (const entry of chosen) {
  for (const runtime of names) process.stdout.write(describe(runtime, entry));
}
