// Pythons that cannot be measured, or not by every lane, and what is said of them: too old ones,
// launchers, programs that are none, those without headers, and one that is replaced in mid-run.
import assert from 'node:assert/strict';
import { readdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openDocument } from '../../src/analysis/open.ts';
import { findMachinePython } from '../../src/boot/python.mjs';
import { root, toolFolder } from '../../src/boot/versions.mjs';
import { equipPythons } from '../../src/machine/python.ts';
import { findRuntimes } from '../../src/machine/runtimes.ts';
import { eventually, scratchFolder } from '../faults/launching.ts';
import { launchesSoFar, startTool } from '../faults/tool.ts';

const folder = realpathSync(scratchFolder());
const real = await findMachinePython();

/** A version that no Python has: what is built for it is removed at the end. */
const version = '3.99.0';
after(() => {
  const built = join(toolFolder, 'python');
  for (const name of readdirSync(built).filter((one) => one.startsWith(version))) {
    rmSync(join(built, name), { recursive: true, force: true });
  }
});

/** Writes a script in one step, so that no launch meets half of it. */
function writeScript(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(`${path}.new`, ['#!/bin/sh', ...lines, ''].join('\n'), { mode: 0o755 });
  renameSync(`${path}.new`, path);
  return path;
}

/** A program that says of itself what a Python says, and runs the real one else. */
function writePython(name: string, said: object, more = ''): string {
  const line = JSON.stringify({
    ffi_bench_probe: 1,
    runtime: 'cpython',
    version,
    engine: 'CPython by a test',
    executable: join(folder, name),
    implementation: 'CPython',
    suffix: '.test.so',
    include: null,
    ...said,
  });
  return writeScript(name, [
    `case "$*" in *describe.py*) echo '${line}'; exit;; esac`,
    `exec '${real}' "$@" ${more}`,
  ]);
}

async function find(path: string) {
  const [found] = await findRuntimes(root, [{ label: 'py', runtime: 'cpython', at: path }]);
  return found!;
}

/** The reason why a Python is not measured. */
async function reasonOf(path: string): Promise<string> {
  const found = await find(path);
  assert.ok(found.state === 'missing', path);
  return found.reason;
}

test('a Python that is too old is named with its version', async () => {
  const old = writePython('old', { version: '3.8.18' });
  assert.equal(
    await reasonOf(old),
    'CPython 3.8.18 is too old: this suite needs 3.9.0 or newer.',
  );
});

test('a launcher is refused with the file that it starts', async () => {
  const launcher = writeScript('launcher', [`exec '${real}' "$@"`]);
  assert.equal(
    await reasonOf(launcher),
    `${launcher} only starts ${real}: name that file, which is measured and watched.`,
  );
});

test('a program that is no Python is told apart from one', async () => {
  const mute = writeScript('mute', ['echo Python 3.12.0']);
  assert.match(await reasonOf(mute), /mute does not answer as CPython: it said something else\./);
  const broken = writeScript('broken', ['exit 3']);
  assert.match(await reasonOf(broken), /broken does not answer as CPython: Command failed/);
  assert.match(await reasonOf(join(folder, 'none')), /There is no file .*none\./);
});

test('a Python without headers is measured, but for the lanes that need them', async () => {
  const found = await find(writePython('headless', {}));
  assert.equal(found.state, 'ready');
  const needy = ['plain', 'ctypes', 'cffi_api', 'cython'];
  const [one] = await equipPythons(root, [found], ({ mechanism }) => needy.includes(mechanism));
  const { reasons, files } = one!.python!;
  assert.deepEqual(Object.keys(reasons), ['cffi_api', 'cython']);
  for (const reason of Object.values(reasons)) {
    assert.match(reason!, /Python 3\.99\.0 has no headers \(Python\.h\); install them/);
  }
  assert.ok(files.some((path) => path.endsWith(join('cpython', 'worker.py'))));
});

test('a Python that is replaced during a run is noticed, and its launches end there', async () => {
  const out = join(folder, 'replaced.json');
  const path = writePython('replaced', {});
  const { ended } = startTool([
    ...['run', '--runtime', `py=cpython@${path}`, '--lane', 'cpython.plain'],
    ...['--task', 'call.noop', '--launches', '40', '--out', out, '--beside', '--no-instructions'],
  ]);
  assert.ok(await eventually(() => launchesSoFar(out) >= 2));
  writePython('replaced', {}, '# again');
  const { code, stderr } = await ended;
  assert.equal(code, 1, stderr);
  assert.match(stderr, /replaced was replaced while the run went on: its SHA-256 began with/);
  const { raw } = openDocument(out);
  const refused = raw.launches.filter(({ outcome }) => outcome === 'failed');
  assert.match(refused[0]!.reason!, /was replaced while the run went on/);
  assert.ok(raw.launches.filter(({ outcome }) => outcome === 'done').length >= 2);
});
