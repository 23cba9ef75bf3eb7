/**
 * How long a user waits for the first row: from the start of `npx ffi-bench call … --quick` until
 * it is printed, with the package installed in an empty folder and the runtimes on PATH. Nothing
 * else should run meanwhile; the figure is one of time.
 *
 *     npm run self -- bench/first_row.ts [TARBALL]
 *
 * TARBALL is what `npm run package` made; without it, the package is made for this platform. The
 * first start finds no hash, no pilot and no worker of an earlier one; the second finds all.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { runtimeNames } from '../src/boot/versions.mjs';
import { environmentOf, newFolder, packProject, pathOf, run } from '../test/package/installed.ts';

const question = ['call', 'libm.so.6', 'double cos(double)', '--quick'];
const starts = ['first', 'second', 'third'] as const;

/** Nothing is asked of a registry: the package has no dependency. */
const noRegistry = 'http://127.0.0.1:9/';

/** When a start printed its first row and when it ended, in s since it began. */
function timeStart(npx: string, cwd: string, env: NodeJS.ProcessEnv) {
  const startedMs = performance.now();
  const sinceStart_s = () => (performance.now() - startedMs) / 1000;
  const child = spawn(npx, ['ffi-bench', ...question], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let [text, firstRow_s] = ['', Number.NaN];
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
    // What the function returns is printed before, in a sentence.
    if (Number.isNaN(firstRow_s) && /^foreign\.cos .*ns/m.test(text)) firstRow_s = sinceStart_s();
  });
  return new Promise<{ firstRow_s: number; end_s: number; code: number | null }>((settle) =>
    child.on('close', (code) => settle({ firstRow_s, end_s: sinceStart_s(), code }))
  );
}

const [given] = process.argv.slice(2).filter((word) => word !== '--');
const tarball = given === undefined
  ? packProject(newFolder('packed')).tarball
  : resolve(process.cwd(), given);
const folder = newFolder('first-row');
const path = pathOf(runtimeNames, { npm: true });
const env = environmentOf(path, noRegistry, newFolder('caches'));
writeFileSync(join(folder, 'package.json'), '{}');
const put = await run(join(path, 'npm'), ['install', '--no-audit', '--no-fund', tarball], {
  cwd: folder,
  env,
});
if (put.code !== 0) throw new Error(put.stderr);
for (const start of starts) {
  const { firstRow_s, end_s, code } = await timeStart(join(path, 'npx'), folder, env);
  process.stdout.write(
    `${start} start: first row after ${firstRow_s.toFixed(1)} s, end after ${end_s.toFixed(1)} s` +
      `${code === 0 ? '' : `, exit code ${code}`}\n`,
  );
}
