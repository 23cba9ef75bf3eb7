// Keeps the native library in step with its sources: built when it is missing or when a source, the
// Zig version or the processor differs from what the stamp beside it says.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { runQuietly } from './child.mjs';
import { withLock } from './lock.mjs';
import { isPackage } from './places.mjs';
import { ProvisionError } from './provision_error.mjs';
import { shippedPart, shippedRecord } from './shipped.mjs';
import { zigEnvironment } from './zig.mjs';
import { versions } from './versions.mjs';

/** Where `zig build` puts the library, relative to the checkout. */
const relativePaths = {
  darwin: ['lib', 'libffibench.dylib'],
  linux: ['lib', 'libffibench.so'],
  win32: ['bin', 'ffibench.dll'],
};

/**
 * The library's path in the checkout, whether built or not.
 * @param {string} folder the checkout
 * @param {string} [os]
 */
export function libraryPath(folder, os = process.platform) {
  const parts = os === 'darwin' || os === 'win32' ? relativePaths[os] : relativePaths.linux;
  return join(folder, 'zig-out', ...parts);
}

/**
 * What else `zig build` makes of the kernels, relative to zig-out.
 * @typedef {'addon' | 'addon_cpp' | 'addon_rs' | 'module' | 'module_rs' | 'native'} ArtifactName
 * @type {Record<ArtifactName, string>}
 */
const otherPaths = {
  addon: 'lib/ffibench.node',
  addon_cpp: 'lib/ffibench_cpp.node',
  addon_rs: 'lib/ffibench_rs.node',
  module: 'lib/ffibench.wasm',
  module_rs: 'lib/ffibench_bindgen_bg.wasm',
  native: process.platform === 'win32' ? 'bin/ffibench-native.exe' : 'bin/ffibench-native',
};

/** What every platform has: Windows has no addon, whose symbols it would look for elsewhere. */
const everywhere = /** @type {readonly ArtifactName[]} */ (['module', 'native']);

/**
 * The path of another build of the kernels, whether built or not.
 * @param {string} folder the checkout
 * @param {ArtifactName} name
 */
export function artifactPath(folder, name) {
  // What binding generators make is shipped with nothing: a run that names their lane builds it.
  const isGenerated = name === 'addon_cpp' || name === 'addon_rs' || name === 'module_rs';
  if (isPackage && !isGenerated) return shippedPart(name);
  return join(folder, 'zig-out', ...otherPaths[name].split('/'));
}

/** @param {string} folder */
function firstMissing(folder) {
  const wanted = [libraryPath(folder), ...everywhere.map((name) => artifactPath(folder, name))];
  return wanted.find((path) => !existsSync(path));
}

/**
 * The hash by which library and sources know each other: SHA-256 over build.zig and every file
 * below zig/, sorted by relative path; each as path, 0 byte, content, 0 byte. The package keeps
 * that of the sources it was made from.
 * @param {string} folder the checkout
 */
export function sourceHash(folder) {
  if (isPackage) return shippedRecord().source_hash;
  const hash = createHash('sha256');
  for (const path of sourcePaths(folder)) {
    hash.update(path).update('\0').update(readFileSync(join(folder, path))).update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} folder */
function sourcePaths(folder) {
  const below = readdirSync(join(folder, 'zig'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((path) => path.replaceAll('\\', '/'));
  return ['build.zig', ...below].sort();
}

/** @param {string} folder */
function stampPath(folder) {
  return join(folder, 'zig-out', '.ffi-bench-stamp');
}

/**
 * What the library depends on. The processor belongs to it because the library is built for this
 * very one, and a checkout may move to another machine.
 * @param {string} folder
 */
function wantedStamp(folder) {
  const processor = cpus()[0]?.model ?? 'unknown';
  return [sourceHash(folder), versions.zig.version, process.arch, processor].join('\n');
}

/**
 * Whether the library is built from the sources as they are.
 * @param {string} folder the checkout
 */
export function libraryIsCurrent(folder) {
  if (isPackage) return true;
  if (!existsSync(join(folder, 'build.zig')) || !existsSync(join(folder, 'zig'))) return false;
  const stamp = stampPath(folder);
  return firstMissing(folder) === undefined && existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === wantedStamp(folder);
}

/**
 * Builds the library in release mode, or fails with a sentence and what the compiler said.
 * @param {string} folder the checkout
 * @param {string} zig the compiler's path
 */
export function buildLibrary(folder, zig) {
  return withLock(join(folder, '.tools', 'library.lock'), async () => {
    if (libraryIsCurrent(folder)) return;
    rmSync(stampPath(folder), { force: true });
    const stamp = wantedStamp(folder);
    const outcome = await runQuietly(zig, ['build'], { cwd: folder, env: zigEnvironment() });
    if (outcome.code !== 0) {
      throw new ProvisionError(
        `The native library could not be built: "zig build" failed.\n${errorsOf(outcome.stderr)}`,
      );
    }
    const missing = firstMissing(folder);
    if (missing !== undefined) throw new ProvisionError(`"zig build" did not make ${missing}.`);
    writeFileSync(stampPath(folder), stamp);
  });
}

/**
 * The first lines of what the compiler said; what follows them repeats command lines.
 * @param {string} said
 */
function errorsOf(said) {
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  const first = Math.max(0, lines.findIndex((line) => line.includes('error:')));
  return lines.slice(first, first + 20).map((line) => `  ${line}`).join('\n');
}
