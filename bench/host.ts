/**
 * Does the runtime that runs the tool change the numbers? The same cases with Deno, Bun and Node as
 * the tool's host, in turn, and the costs beside each other. Goal: they agree within the spread.
 *
 *     npm run self -- bench/host.ts [LAUNCHES]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { readTools } from '../src/boot/tools.mjs';
import { root } from '../src/boot/versions.mjs';
import { formatNs } from '../src/report/words/numbers.ts';
import { openDocument } from '../src/analysis/open.ts';

const launches = process.argv[2] ?? '8';
const tasks = ['call.noop', 'call.i32_args[2]', 'buffer.touch[64]', 'string_in.encode_into[36]'];
const boot = join(root, 'src', 'boot', 'boot.mjs');
const { runtimes } = readTools();
const hosts = { node: [], bun: [], deno: ['run', '-A'] } as const;
const folder = mkdtempSync(join(root, '.ffi-bench', 'host-'));

/** Runs the tool under a host, and returns the costs with their intervals by case and arm. */
function runUnder(host: keyof typeof hosts) {
  const tool = runtimes[host];
  if (tool.state === 'missing') throw new Error(tool.reason);
  const file = join(folder, `${host}.json`);
  const args = [
    ...hosts[host],
    boot,
    'run',
    '--out',
    file,
    '--lane',
    'ffi',
    '--launches',
    launches,
  ];
  const ended = spawnSync(tool.path, [...args, ...tasks.flatMap((task) => ['--task', task])], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (ended.status !== 0) throw new Error(`Under ${host} the tool ended with ${ended.status}.`);
  const document = openDocument(file);
  process.stdout.write(`${host}: the document says ${document.provenance.host.runtime}\n`);
  return new Map(document.derived.cases.map((one) => [`${one.case} ${one.arm}`, one.cost_ns!]));
}

try {
  const found = (Object.keys(hosts) as (keyof typeof hosts)[]).map((host) => ({
    host,
    costs: runUnder(host),
  }));
  for (const key of found[0]!.costs.keys()) {
    const cells = found.map(({ host, costs }) => ({ host, cost: costs.get(key)! }));
    const low = Math.max(...cells.map(({ cost }) => cost.low ?? cost.min));
    const high = Math.min(...cells.map(({ cost }) => cost.high ?? cost.max));
    process.stdout.write(
      `${key.padEnd(36)} ${
        cells.map(({ host, cost }) =>
          `${host} ${formatNs(cost.value)} [${formatNs(cost.low ?? cost.min)}, ${
            formatNs(cost.high ?? cost.max)
          }]`
        ).join('  ')
      }  ${low <= high ? 'intervals meet' : 'INTERVALS PART'}\n`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
