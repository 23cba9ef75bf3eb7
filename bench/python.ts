/**
 * Do CPython's lanes tell what Python's own tools tell? Each case against a statement that was
 * written by hand and timed by timeit, and an empty call against pyperf, in rounds that alternate.
 * The cost of the loop itself is taken off on both sides. Goals: within 2 % or 1 ns of timeit,
 * within 5 % or 1 ns of pyperf.
 *
 *     npm run self -- bench/python.ts [ROUNDS]
 */
import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { readTools } from '../src/boot/tools.mjs';
import { root } from '../src/boot/versions.mjs';
import { providePyperf, pyperfVariables } from '../src/check/pyperf.ts';
import { workerEnvironment } from '../src/machine/environment.ts';
import type { PlannedCase } from '../src/planning/plan.ts';
import { formatNs } from '../src/report/words/numbers.ts';
import { median } from '../src/stats/quantiles.ts';
import type { Pilot } from '../src/session/state.ts';
import { openBench } from './bench.ts';

const rounds = Number(process.argv[2] ?? 10);

const lanes = ['plain', 'ctypes', 'cython', 'pyo3'].map((mechanism) => `cpython.${mechanism}`);
const tasks = [
  ...['call.empty', 'call.noop', 'call.i32_args[2]', 'buffer.touch[64]', 'list_sum.from[1000]'],
];
/** The statement whose cost is that of the loop. */
const empty = 'cpython.plain call.empty';
/** Mechanisms whose empty call pyperf times. */
const byPyperf = ['plain', 'ctypes', 'cython'];

const bench = await openBench({ tasks, lanes });
const { path, python } = bench.cases[0]!.arm.runtime;
const folder = python!.folder;
const { library } = readTools();

/** Runs a script of bench/python in the Python that is measured. */
function runScript(name: string, args: string[], env: Record<string, string> = {}) {
  const script = join(root, 'bench', 'python', name);
  const options = { env: workerEnvironment(env), maxBuffer: 2 ** 26 };
  return new Promise<string>((settle, refuse) => {
    execFile(path, ['-I', script, ...args], options, (error, stdout, stderr) => {
      if (error !== null) refuse(new Error(`${name} failed:\n${stderr.slice(-2000)}`));
      else settle(stdout);
    });
  });
}

/** Costs by timeit, in ns, by `lane case`. */
async function byTimeit(): Promise<Record<string, number>> {
  return JSON.parse(await runScript('by_timeit.py', [library, folder]));
}

/** The mean of an empty call by pyperf, in ns. */
async function meanByPyperf(mechanism: string, pyperf: string): Promise<number> {
  const output = join(root, '.ffi-bench', `pyperf-${process.pid}.json`);
  await runScript('by_pyperf.py', ['--quiet', '--output', output], {
    FFI_BENCH_MECHANISM: mechanism,
    FFI_BENCH_LIBRARY: library,
    FFI_BENCH_FOLDER: folder,
    FFI_BENCH_PYPERF: pyperf,
  });
  const { benchmarks } = JSON.parse(readFileSync(output, 'utf8')) as {
    benchmarks: { runs: { values?: number[] }[] }[];
  };
  rmSync(output);
  return median(benchmarks[0]!.runs.flatMap(({ values = [] }) => values)) * 1e9;
}

const nameOf = ({ arm, entry }: PlannedCase) => `${arm.label} ${entry.name}`;
const handWritten = await byTimeit();
const measured = bench.cases.filter((one) =>
  nameOf(one) in handWritten || one.entry.name === 'call.noop'
);
const pilots = new Map<string, Pilot>();
for (const planned of measured) pilots.set(nameOf(planned), await bench.pilot(planned));

const ours = new Map<string, number[]>();
const timeit = new Map<string, number[]>();
const pyperf = new Map<string, number[]>();
const put = (into: Map<string, number[]>, name: string, ns: number) =>
  into.set(name, [...into.get(name) ?? [], ns]);

const pyperfFolder = (await providePyperf())[pyperfVariables.folder]!;
for (let round = 0; round < rounds; round++) {
  const turns = [
    async () => {
      for (const [name, ns] of Object.entries(await byTimeit())) put(timeit, name, ns);
    },
    async () => {
      for (const planned of measured) {
        const cost = await bench.cost(planned, pilots.get(nameOf(planned))!);
        if (cost !== null) put(ours, nameOf(planned), cost);
      }
    },
    async () => {
      for (const mechanism of byPyperf) {
        const ns = await meanByPyperf(mechanism, pyperfFolder);
        put(pyperf, `cpython.${mechanism} call.noop`, ns);
      }
    },
  ];
  for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn();
}

/** One line: both costs without their loops, and whether they agree. */
function compare(name: string, lane: number, other: number, tool: string, share: number): string {
  const differenceNs = lane - other;
  const isWithin = Math.abs(differenceNs) <= Math.max(1, share * other);
  return `${name.padEnd(36)} lane ${formatNs(lane).padStart(8)}  ${tool} ${
    formatNs(other).padStart(8)
  }  ${differenceNs.toFixed(2).padStart(8)} ns  ${isWithin ? 'within' : 'OUTSIDE'} ${
    share * 100
  } % or 1 ns\n`;
}

const loop = { ours: median(ours.get(empty)!), timeit: median(timeit.get(empty)!) };
process.stdout.write(
  `${rounds} rounds; the loop alone takes ${formatNs(loop.ours)} here, ${
    formatNs(loop.timeit)
  } in timeit, and is taken off\n`,
);
for (const [name, costs] of timeit) {
  const own = ours.get(name);
  if (name === empty || own === undefined) continue;
  const lane = median(own) - loop.ours;
  process.stdout.write(compare(name, lane, median(costs) - loop.timeit, 'timeit', 0.02));
}
// pyperf repeats its statement as often per turn as the script for timeit does.
for (const [name, costs] of pyperf) {
  const lane = median(ours.get(name)!) - loop.ours;
  process.stdout.write(compare(name, lane, median(costs) - loop.timeit, 'pyperf', 0.05));
}
