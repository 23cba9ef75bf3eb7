// Finds Python, and builds what its lanes need beyond the standard library: packages from PyPI, and
// extensions of generated sources by the pinned Zig. Only a run that asks for such a lane does.
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { runQuietly, tailOf } from './child.mjs';
import { makeFolder } from './folders.mjs';
import { withLock } from './lock.mjs';
import { toolFolder, versions } from './versions.mjs';
import { findZig, installZig, zigEnvironment } from './zig.mjs';

/**
 * @typedef {'ctypes' | 'cffi_abi' | 'cffi_api' | 'cython' | 'pyo3' | 'numpy' | 'plain'} Way
 *
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
 *
 * @typedef {object} Provided
 * @property {string} folder where packages and extensions lie
 * @property {Readonly<Partial<Record<Way, string>>>} reasons why a way could not be had
 */

/** Names under which a machine has its Python, the first that answers counts. */
const names = ['python3', 'python'];

/**
 * The machine's own Python, past any launcher: the path that it tells of itself.
 * @returns {Promise<string>}
 */
export async function findMachinePython() {
  for (const name of names) {
    const script = 'import os, sys; print(os.path.realpath(sys.executable))';
    const outcome = await runQuietly(name, ['-I', '-S', '-c', script]);
    if (outcome.code === 0) return outcome.stdout.trim();
  }
  throw new Error(`There is no Python: none of ${names.join(', ')} is on PATH.`);
}

/** @typedef {keyof typeof versions.python} Package */

/**
 * The packages of each way.
 * @type {Record<Way, Package[]>}
 */
const packagesOf = {
  ctypes: [],
  plain: [],
  cffi_abi: ['cffi', 'pycparser'],
  cffi_api: ['cffi', 'pycparser'],
  cython: ['cython'],
  pyo3: [],
  numpy: ['numpy'],
};

/**
 * What Python calls each package when it imports it.
 * @type {Record<Package, string>}
 */
const modules = { cffi: 'cffi', pycparser: 'pycparser', cython: 'Cython', numpy: 'numpy' };

/**
 * Provides the ways that are asked for, as far as this machine can, and says so in a line where
 * that takes time. What cannot be had is told with its reason; the rest is there.
 * @param {Python} python
 * @param {readonly Way[]} ways
 * @param {Sources} sources
 * @returns {Promise<Provided>}
 */
export async function providePython(python, ways, sources) {
  const folder = join(toolFolder, 'python', keyOf(python, sources));
  const todo = ways.filter((way) => !isReady(folder, python, way));
  if (todo.length === 0) return { folder, reasons: {} };
  return await withLock(`${folder}.lock`, async () => {
    makeFolder(folder);
    const left = todo.filter((way) => !isReady(folder, python, way));
    if (left.length > 0) announce(python, left);
    writeSources(folder, sources);
    /** @type {Partial<Record<Way, string>>} */
    const reasons = {};
    for (const way of left) {
      const reason = await provideWay(folder, python, way).then(() => null, (error) => error);
      if (reason !== null) reasons[way] = `${way} could not be had: ${sentenceOf(reason)}`;
    }
    return { folder, reasons };
  });
}

/** @param {Error} error */
function sentenceOf(error) {
  return error.message.replace(/\.$/, '');
}

/**
 * What the build depends on: this very Python, the compilers, the packages and the sources.
 * @param {Python} python
 * @param {Sources} sources
 */
function keyOf(python, { texts, folder }) {
  const hash = createHash('sha256');
  const { zig, python: packages } = versions;
  const { version, executable, suffix, include } = python;
  hash.update(JSON.stringify([version, executable, suffix, include]));
  hash.update(JSON.stringify([zig.version, packages, process.arch, texts]));
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, name)));
  return `${python.version}-${hash.digest('hex').slice(0, 12)}`;
}

/**
 * The file that shows that a way is provided whole; the packages lie beside it.
 * @param {string} folder
 * @param {Python} python
 * @param {Way} way
 */
function isReady(folder, python, way) {
  const isInstalled = packagesOf[way].every((name) =>
    existsSync(join(folder, 'packages', modules[name]))
  );
  return isInstalled && filesOf(python, way).every((file) => existsSync(join(folder, file)));
}

/**
 * @param {Python} python
 * @param {Way} way
 */
function filesOf({ suffix }, way) {
  switch (way) {
    case 'cffi_abi':
      return ['declarations.h'];
    case 'cffi_api':
      return [`ffib_cffi${suffix}`];
    case 'cython':
      return [`ffib_cython${suffix}`, join('clang', `ffib_article${suffix}`)];
    case 'pyo3':
      return [`ffib_pyo3${suffix}`];
    default:
      return [];
  }
}

/** What each way takes when nothing is there yet, in words. */
const costs = { pyo3: 'PyO3 by cargo', cython: 'Cython', cffi_api: 'cffi', numpy: 'NumPy' };

/**
 * @param {Python} python
 * @param {readonly Way[]} ways
 */
function announce({ version, implementation }, ways) {
  const named = Object.entries(costs).filter(([way]) => ways.includes(/** @type {Way} */ (way)))
    .map(([, name]) => name);
  if (named.length === 0) return;
  process.stderr.write(
    `ffi-bench: building the lanes of ${implementation} ${version} (${named.join(', ')}) into ` +
      'this folder (once, three minutes at most)\n',
  );
}

/**
 * @param {string} folder
 * @param {Sources} sources
 */
function writeSources(folder, sources) {
  for (const [name, text] of Object.entries(sources.texts)) writeFileSync(join(folder, name), text);
  for (const name of readdirSync(sources.folder)) {
    copyFileSync(join(sources.folder, name), join(folder, name));
  }
}

/**
 * @param {string} folder
 * @param {Python} python
 * @param {Way} way
 */
async function provideWay(folder, python, way) {
  if (way === 'cffi_api' || way === 'cython') requireHeaders(python);
  for (const name of packagesOf[way]) await installPackage(folder, python, name);
  if (way === 'cffi_api') await buildCffi(folder, python);
  if (way === 'cython') await buildCython(folder, python);
  if (way === 'pyo3') await buildPyo3(folder, python);
}

/** @param {Python} python */
function requireHeaders({ version, include }) {
  if (include !== null) return;
  throw new Error(
    `Python ${version} has no headers (Python.h); install them, on Debian by "python3-dev".`,
  );
}

/**
 * @param {string} folder
 * @param {Python} python
 * @param {Package} name
 */
async function installPackage(folder, python, name) {
  const target = join(folder, 'packages');
  if (existsSync(join(target, modules[name]))) return;
  const args = [
    ...['-m', 'pip', 'install', '--quiet', '--no-deps', '--only-binary=:all:'],
    ...['--disable-pip-version-check', '--root-user-action=ignore', '--no-compile'],
    ...pipTarget(python),
    ...['--target', target, `${name}==${versions.python[name]}`],
  ];
  const outcome = await runQuietly(await pythonWithPip(python), args);
  if (outcome.code !== 0) {
    const reason = tailOf(outcome, 1).trim();
    throw new Error(`${name} ${versions.python[name]} was not installed: ${reason}`);
  }
}

/**
 * For whom pip installs: it need not run in the Python that is measured.
 * @param {Python} python
 */
function pipTarget({ version, implementation }) {
  if (implementation !== 'CPython') return [];
  const [major, minor] = version.split('.');
  return [
    ...['--python-version', `${major}.${minor}`, '--implementation', 'cp'],
    ...['--abi', `cp${major}${minor}`, '--abi', 'abi3', '--abi', 'none'],
  ];
}

/** @param {Python} python */
async function pythonWithPip({ executable, implementation }) {
  const others = implementation === 'CPython' ? names : [];
  for (const candidate of [executable, ...others]) {
    if ((await runQuietly(candidate, ['-m', 'pip', '--version'])).code === 0) return candidate;
  }
  throw new Error('no Python here has pip; install it, on Debian by "python3-pip".');
}

/**
 * @param {string} folder
 * @param {Python} python
 */
async function buildCffi(folder, python) {
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
async function buildCython(folder, python) {
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
async function buildPyo3(folder, { executable, suffix }) {
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
