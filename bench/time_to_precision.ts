/**
 * How long until a comparison can be believed? The time of `run --precision 2%` for one case in two
 * lanes, and how often its ratio is within 2 % of the reference; beside it mitata's own `run()` in
 * both runtimes, and how often its ratio is within 10 %.
 *
 *     npm run self -- bench/time_to_precision.ts [TRIES]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { runtimes } from '../runtimes/registry.ts';
import { readTools } from '../src/boot/tools.mjs';
import { root } from '../src/boot/versions.mjs';
import { openDocument } from '../src/analysis/open.ts';
import { median } from '../src/stats/quantiles.ts';

const tries = Number(process.argv[2] ?? 10);
const name = 'call.i32_args[2]';
const tools = readTools();
const folder = mkdtempSync(join(root, '.ffi-bench', 'precision-'));

function pathOf(runtime: 'deno' | 'bun'): string {
  const tool = tools.runtimes[runtime];
  if (tool.state === 'missing') throw new Error(tool.reason);
  return tool.path;
}

/** One comparison by this tool: its ratio bun over deno, and how long it took in s. */
function compareHere(label: string, ...more: string[]) {
  const file = join(folder, `${label}.json`);
  const started = performance.now();
  const args = ['run', '--task', name, '--lane', 'deno.ffi', '--lane', 'bun.ffi', '--out', file];
  execFileSync(process.execPath, [join(root, 'src', 'cli', 'main.ts'), ...args, ...more], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const elapsed_s = (performance.now() - started) / 1000;
  const { derived } = openDocument(file);
  const pair = derived.pairs.find(({ arm, base }) => arm === 'bun.ffi' && base === 'deno.ffi')!;
  return { ratio: pair.ratio.value, elapsed_s, launches: pair.rounds * 2 };
}

/** One comparison by mitata's `run()`: an average per runtime. */
function compareByMitata() {
  const started = performance.now();
  const [bun, deno] = (['bun', 'deno'] as const).map((runtime) => {
    const flags = runtimes[runtime].flags.map((flag) => flag.replace('{checkout}', root));
    // Its printer asks the environment whether it may use colours.
    if (runtime === 'deno') flags.push('--allow-env');
    const script = join(root, 'bench', 'hand', `${runtime}_mitata.mjs`);
    const said = execFileSync(pathOf(runtime), [...flags, script, tools.library], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    return Number(/"avg_ns":([\d.e+-]+)/.exec(said)![1]);
  });
  return { ratio: bun! / deno!, elapsed_s: (performance.now() - started) / 1000 };
}

function summarize(title: string, found: { ratio: number; elapsed_s: number }[], truth: number) {
  const off = found.map(({ ratio }) => Math.expm1(Math.abs(Math.log(ratio / truth))));
  const within = (limit: number) => off.filter((one) => one <= limit).length;
  process.stdout.write(
    `${title}: ${
      median(found.map((one) => one.elapsed_s)).toFixed(1)
    } s a comparison; within 2 % ` +
      `in ${within(0.02)}, within 10 % in ${within(0.1)} of ${found.length}; worst ${
        (Math.max(...off) * 100).toFixed(1)
      } %\n`,
  );
}

try {
  const truth = compareHere('reference', '--launches', '40').ratio;
  process.stdout.write(`${name}, bun.ffi over deno.ffi; reference of 40 rounds ×${truth}\n`);
  const here = Array.from({ length: tries }, (_, i) => compareHere(`${i}`, '--precision', '2%'));
  summarize('run --precision 2%', here, truth);
  const launches = here.map((one) => one.launches);
  process.stdout.write(`  ${Math.min(...launches)} to ${Math.max(...launches)} launches\n`);
  summarize("mitata's run()", Array.from({ length: tries }, compareByMitata), truth);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
