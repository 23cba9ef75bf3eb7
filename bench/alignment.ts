/**
 * What does the place of a buffer cost? C sums 4,096 doubles by wide loads; where the buffer does
 * not begin with a cache line, each of them takes from two lines. An engine decides where.
 *
 *     npm run self -- bench/alignment.ts
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { readTools } from '../src/boot/tools.mjs';
import { root } from '../src/boot/versions.mjs';
import { formatNs } from '../src/report/words/numbers.ts';

/** What a worker prints: times are [bytes past a cache line, ns a call]. */
interface Found {
  readonly aligned: number;
  readonly buffers: number;
  readonly times: readonly (readonly [number, number])[];
}

const { library, runtimes } = readTools();
const flags = { deno: ['run', '--allow-all'], bun: ['run'], node: ['--experimental-ffi'] };

for (const name of ['bun', 'deno', 'node'] as const) {
  const tool = runtimes[name];
  if (tool.state !== 'ready') throw new Error(`${name} is not here: ${tool.reason}`);
  const worker = join(root, 'bench', 'alignment', 'worker.ts');
  const { aligned, buffers, times }: Found = JSON.parse(
    execFileSync(tool.path, [...flags[name], worker, library], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  const shown = times.map(([at, ns]) => `+${at}: ${formatNs(ns)}`).join(', ');
  process.stdout.write(
    `${name.padEnd(5)} ${aligned} of ${buffers} buffers begin with a cache line; ${shown}\n`,
  );
}
