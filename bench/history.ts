/**
 * What a call cost in earlier versions: one run of the tool over versions of Deno, Bun and Node,
 * those that changed their foreign function interface among them, and its table.
 *
 *     npm run self -- bench/history.ts [FLAGS OF ffi-bench run]
 *
 * As `--launches 20 --out results/history-linux-x64.json.gz`. docs/results.md holds the table
 * between `<!-- history:start history-linux-x64.json.gz -->` and
 * `<!-- history:end -->`.
 */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { root } from '../src/boot/versions.mjs';
import { quoted } from '../src/cli/resume_command.ts';
import { renderHistory } from '../src/report/history.ts';
import { openDocument } from '../src/analysis/open.ts';

/** The oldest that can be had, the last, and those before and after a change that shows. */
const versions = {
  deno: ['2.0.0', '2.1.4', '2.2.0', '2.4.4', '2.6.8', '2.7.14', '2.8.3', '2.9.6'],
  bun: ['1.1.0', '1.2.0', '1.2.23', '1.3.5', '1.3.14', '1.4.0', '1.4.2', '1.4.5'],
  node: ['26.1.0', '26.3.1', '26.5.1', '26.7.0', '26.9.0', '26.10.0'],
} as const;

const tasks = [
  'call.noop',
  'call.u64_bigint[consumed]',
  'buffer.touch[64]',
  'string_in.encode_into[36]',
  'string_out.c_string[36]',
];

const given = process.argv.slice(2);
const out = given.includes('--out')
  ? given[given.indexOf('--out') + 1]!
  : join('.ffi-bench', 'runs', 'history.json');

const words = [
  'run',
  ...['--lane', 'ffi'],
  ...tasks.flatMap((task) => ['--task', task]),
  ...Object.entries(versions).flatMap(([runtime, list]) =>
    list.flatMap((version) => ['--runtime', `${runtime}-${version}=${runtime}@${version}`])
  ),
  ...(given.includes('--out') ? [] : ['--out', out]),
  ...given,
];

process.stdout.write(`npm run ffi-bench -- ${words.map(quoted).join(' ')}\n`);
const ended = spawnSync(process.execPath, [join(root, 'src', 'boot', 'boot.mjs'), ...words], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
});
if (ended.status === 0 || ended.status === 1) {
  process.stdout.write(`\n${renderHistory(openDocument(resolve(root, out)))}\n`);
}
process.exitCode = ended.status ?? 1;
