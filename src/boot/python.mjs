// Finds Python, and builds what its lanes need beyond the standard library: packages from PyPI, and
// extensions of generated sources by the pinned Zig. Only a run that asks for such a lane does.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { runQuietly, tailOf } from './child.mjs';
import { makeFolder } from './folders.mjs';
import { withLock } from './lock.mjs';
import { buildCffi, buildCython, buildPyo3, counter, provideCounter } from './python_build.mjs';
import { toolFolder, versions } from './versions.mjs';

/**
 * @typedef {'ctypes' | 'cffi_abi' | 'cffi_api' | 'cython' | 'pyo3' | 'numpy' | 'plain'} Way
 *
 * @typedef {import('./python_build.mjs').Python} Python
 *
 * @typedef {import('./python_build.mjs').Sources} Sources
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
  if (todo.length === 0 && existsSync(join(folder, counter))) return { folder, reasons: {} };
  return await withLock(`${folder}.lock`, async () => {
    makeFolder(folder);
    const left = todo.filter((way) => !isReady(folder, python, way));
    if (left.length > 0) announce(python, left);
    writeSources(folder, sources);
    // Without it no lane is missing: what a call allocates is not told then.
    await provideCounter(folder, python).catch(() => {});
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
      'this folder (once, about a minute on two cores, three at most, and 80 MB)\n',
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
