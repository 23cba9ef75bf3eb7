// Builds the extensions of CPython's lanes: C by the pinned Zig, Rust by cargo with Zig as linker.
import { copyFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { runQuietly, tailOf } from './child.mjs';
import { makeFolder } from './folders.mjs';
import { findZig, installZig, zigEnvironment } from './zig.mjs';

/**
 * @typedef {object} Python what a Python says of itself (see runtimes/cpython/describe.py)
 * @property {string} version
 * @property {string} executable
 * @property {string} implementation
 * @property {string} suffix of extension modules
 * @property {string | null} include folder of its headers; null where it has none
 *
 * @typedef {object} Sources what the extensions are built of, by file name
 * @property {Readonly<Record<string, string>>} texts generated from the signature table
 * @property {string} folder of those that are written by hand
 */

/** What counts allocations; not a module of Python's, so that every Python loads it. */
export const counter = 'ffib_counter.so';

/**
 * @param {string} folder
 * @param {Python} python
 */
export async function provideCounter(folder, python) {
  if (existsSync(join(folder, counter))) return;
  await compile(await zigCc(), folder, python, join(folder, 'counting.c'), counter);
}

/**
 * @param {string} folder
 * @param {Python} python
 */
export async function buildCffi(folder, python) {
  const source = join(folder, 'ffib_cffi.c');
  await mustRun(python.executable, [
    ...['-I', '-B', join(folder, 'write_cffi.py'), join(folder, 'packages')],
    ...[join(folder, 'declarations.h'), source],
  ], folder);
  await compile(await zigCc(), folder, python, source, `ffib_cffi${python.suffix}`);
}

/**
 * The extension on the library, and the article's own functions by each compiler there is.
 * @param {string} folder
 * @param {Python} python
 */
export async function buildCython(folder, python) {
  const env = { ...process.env, PYTHONPATH: join(folder, 'packages') };
  for (const name of ['ffib_cython', 'ffib_article']) {
    const args = ['-m', 'cython', '-3', `${name}.pyx`, '-o', `${name}.c`];
    await mustRun(python.executable, args, folder, env);
  }
  const zig = await zigCc();
  const article = join(folder, 'ffib_article.c');
  await compile(zig, folder, python, article, join('clang', `ffib_article${python.suffix}`));
  if (await hasGcc()) {
    const gcc = ['gcc', '-march=native'];
    await compile(gcc, folder, python, article, join('gcc', `ffib_article${python.suffix}`));
  }
  const source = join(folder, 'ffib_cython.c');
  await compile(zig, folder, python, source, `ffib_cython${python.suffix}`);
}

/** Whether there is a gcc that is one: some systems have clang under its name. */
async function hasGcc() {
  const outcome = await runQuietly('gcc', ['--version']);
  return outcome.code === 0 && /Free Software Foundation/.test(outcome.stdout);
}

/** The pinned Zig as a compiler of C, installed where it is not there yet. */
async function zigCc() {
  const { path } = await findZig() ?? await installZig();
  return [path, 'cc'];
}

/**
 * Compiles one extension. The library's functions stay undefined: the worker loads the library
 * before, so that one build serves every library.
 * @param {readonly string[]} compiler
 * @param {string} folder
 * @param {Python} python
 * @param {string} source
 * @param {string} target relative to the folder
 */
async function compile([command = '', ...first], folder, { include }, source, target) {
  makeFolder(join(folder, target, '..'));
  const draft = join(folder, `${target}.draft`);
  const onMac = process.platform === 'darwin';
  const undefinedLater = onMac ? ['-undefined', 'dynamic_lookup'] : ['-Wl,-z,undefs'];
  const flags = ['-O3', '-DNDEBUG', '-shared', '-fPIC', '-w', `-I${folder}`, `-I${include}`];
  await mustRun(command, [...first, ...flags, ...undefinedLater, source, '-o', draft], folder);
  copyFileSync(draft, join(folder, target));
  rmSync(draft);
}

/**
 * @param {string} folder
 * @param {Python} python
 */
export async function buildPyo3(folder, { executable, suffix }) {
  if ((await runQuietly('cargo', ['--version'])).code !== 0) {
    throw new Error('there is no cargo on PATH; install Rust to have it.');
  }
  const linker = join(folder, 'linker.sh');
  const target = join(folder, 'target');
  const [zig] = await zigCc();
  writeFileSync(linker, `#!/bin/sh\nexec '${zig}' cc "$@"\n`, { mode: 0o755 });
  const env = {
    ...process.env,
    PYO3_PYTHON: executable,
    RUSTFLAGS: `-Clinker=${linker} -Ctarget-cpu=native`,
    CARGO_TARGET_DIR: target,
  };
  await mustRun('cargo', ['build', '--release', '--locked', '--quiet'], folder, env);
  const built = process.platform === 'darwin' ? 'libffib_pyo3.dylib' : 'libffib_pyo3.so';
  copyFileSync(join(target, 'release', built), join(folder, `ffib_pyo3${suffix}`));
  rmSync(target, { recursive: true, force: true });
}

/**
 * Runs a step to its end, or fails with the last that it said.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} [env]
 */
async function mustRun(command, args, cwd, env = process.env) {
  const outcome = await runQuietly(command, [...args], { cwd, env: zigEnvironment(env) });
  if (outcome.code === 0) return;
  throw new Error(`"${command.split('/').at(-1)}" failed:\n${tailOf(outcome, 12)}`);
}
