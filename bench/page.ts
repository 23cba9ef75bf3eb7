/**
 * What the page of a large run takes: seconds and memory to write it, its size, how long Chromium
 * needs until it can be used, here and on a processor of a sixth of the speed, its sheets in print
 * and its stops for the keyboard. Goals for 17,000 launches: 5 s, 500 MB, 3 MB, 0.5 s, 1.5 s, 12
 * sheets, 300 stops.
 *
 *     npm run self -- bench/page.ts [DOCUMENT...]
 *
 * Without documents a large one is made up. FFI_BENCH_CHROMIUM names the browser; without it the
 * last figures are left out.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { root } from '../src/boot/versions.mjs';
import { entries } from '../src/catalogue/catalogue.ts';
import { casesOf } from '../src/catalogue/profiles.ts';
import { chromiumVariable } from '../src/check/chromium.ts';
import { derive } from '../src/analysis/derive.ts';
import { writeDocument } from '../src/results/document.ts';
import type { Measured } from '../src/results/schema.ts';
import { buildArm, buildRun, type BuiltCase, type BuiltRow } from '../test/golden/build_run.ts';
import { demandsOf } from '../test/browser/browser.ts';

const wantedLaunches = 17_000;

/** A seeded generator of numbers from 0 to 1 (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = seeded(1);

/** Multiplies by noise of the given share, and sometimes by much more: a disturbed launch. */
const noisy = (value: number, share: number): number =>
  Number((value * (1 + share * (random() + random() - 1))).toPrecision(6));

/** A cost that grows with the size, another base for each lane. */
function costOf(size: number, lane: number): number {
  const native = lane % 2 === 0;
  return native ? 3 + lane * 2.3 + size * 0.31 : 0.4 + lane + size * 0.77;
}

function measured(cost: number): Partial<Measured> {
  const factors = [0.97, 0.99, 1, 1.006, 1.013, 1.03, 1.06, 1.12, 2.4];
  return {
    settled: {
      after_ns: 1.2e8,
      after_calls: 400_000,
      batches: 500 + Math.round(random() * 90),
    },
    quantiles_ns: factors.map((factor) => noisy(cost * factor, 0.004)).sort((a, b) => a - b),
    sustained_ns: noisy(cost * 1.04, 0.02),
    trace_ns: Array.from({ length: 48 }, () => noisy(cost * 1.02, 0.03)),
  };
}

function buildCase(size: number, lane: number, launches: number): BuiltCase {
  if (random() < 0.12) return { unsupported: 'there is no such work in JavaScript alone' };
  const base = costOf(size, lane);
  const costs = Array.from(
    { length: launches },
    () => noisy(random() < 0.06 ? base * (2 + 9 * random()) : base, 0.02),
  );
  return { costs };
}

/** A document of about that many launches: the catalogue in six lanes, twenty cases in twelve. */
function largeDocument() {
  const arms = ['deno', 'bun', 'node'].flatMap((runtime) =>
    ['ffi', 'plain', 'koffi', 'napi'].map((mechanism) =>
      buildArm(`${runtime}.${mechanism}`, { lane: `${runtime}.${mechanism}` })
    )
  );
  const standard = new Set<string>(casesOf('publish'));
  const fits = (name: string, mechanism: string) =>
    standard.has(name) || mechanism === 'ffi' || mechanism === 'plain';
  const rest = entries.filter(({ name }) => !standard.has(name)).length;
  const perCase = Math.round((wantedLaunches - 20 * 12 * 40) / (rest * 6) / 0.88) || 1;
  const rows = entries.map(({ name, task, params }): BuiltRow => {
    const size = task.sweep === null ? 1 : Number(params[task.sweep]);
    const launches = standard.has(name) ? 40 : perCase;
    return {
      task: task.id,
      params,
      ...(task.sweep === null ? {} : { sweep: task.sweep }),
      cases: Object.fromEntries(
        arms.flatMap((arm, lane) =>
          fits(name, arm.mechanism) ? [[arm.label, buildCase(size, lane, launches)]] : []
        ),
      ),
    };
  });
  const document = buildRun(arms, rows, 'publish');
  for (const launch of document.raw.launches) {
    if (launch.measured) {
      Object.assign(launch.measured, measured(launch.measured.quantiles_ns[2]!));
      launch.wall_ms = noisy(400, 0.2);
    }
  }
  return { ...document, derived: derive(document) };
}

/** Says the greatest memory and the processor time of a process when it ends. */
const watch = `process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  console.error('used', maxRSS, userCPUTime + systemCPUTime);
})`;

/** Seconds by the clock and of processors, and greatest memory in MB, in a process of its own. */
function renderTimed(document: string, page: string) {
  const startedAt = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [
    ...process.execArgv,
    ...['--import', `data:text/javascript,${encodeURIComponent(watch)}`],
    ...[join(root, 'src', 'cli', 'main.ts'), 'report', document, '--html', page],
  ], { encoding: 'utf8' });
  const seconds = (performance.now() - startedAt) / 1000;
  const used = /used (\d+) (\d+)/.exec(stderr);
  if (status !== 0 || used === null) throw new Error(`report --html failed:\n${stderr}`);
  return { seconds, mb: Number(used[1]) / 1024, cpuSeconds: Number(used[2]) / 1e6 };
}

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Times for a reader at a processor that is slower by a factor, ascending. */
async function usableAt(path: string, slowdown: number): Promise<string> {
  const times: number[] = [];
  for (let launch = 0; launch < launches; launch++) {
    times.push((await demandsOf(path, slowdown)).usableAfterMs);
  }
  return times.sort((a, b) => a - b).map((ms) => `${ms.toFixed(0)} ms`).join(', ');
}

/** Launches of the browser at each speed. */
const launches = 5;
/** A phone of some years ago is about that many times slower. */
const slowSixfold = 6;

async function measurePage(documentPath: string, pagePath: string): Promise<void> {
  say(`${basename(documentPath)}, ${(statSync(documentPath).size / 1e6).toFixed(1)} MB`);
  const { seconds, cpuSeconds, mb } = renderTimed(documentPath, pagePath);
  say(
    `  report --html   ${seconds.toFixed(1)} s (${cpuSeconds.toFixed(1)} s of processor), ` +
      `${mb.toFixed(0)} MB at the most (goal 5 s, 500 MB)`,
  );
  say(`  page            ${(statSync(pagePath).size / 1e6).toFixed(2)} MB (goal 3 MB)`);
  if (process.env[chromiumVariable] === undefined) {
    say(`  usable after    not measured: ${chromiumVariable} names no browser`);
    return;
  }
  say(`  usable after    ${await usableAt(pagePath, 1)} (goal 500 ms)`);
  say(`  six times slower ${await usableAt(pagePath, slowSixfold)} (goal 1500 ms)`);
  const { stops, sheets } = await demandsOf(pagePath);
  say(`  sheets          ${sheets} (goal 12), stops for the keyboard ${stops} (goal 300)`);
}

const folder = mkdtempSync(join(tmpdir(), 'ffi-bench-page-'));
try {
  const named = process.argv.slice(2).filter((word) => word !== '--');
  if (named.length === 0) {
    const large = largeDocument();
    writeDocument(join(folder, 'large.json'), large, { force: true });
    say(`${large.raw.launches.length} launches, ${large.cases.length} cases`);
    named.push(join(folder, 'large.json'));
  }
  for (const path of named) {
    await measurePage(path, join(folder, `${basename(path, '.json')}.html`));
  }
} finally {
  rmSync(folder, { recursive: true });
}
