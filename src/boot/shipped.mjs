// The native parts that the package ships: finds those of this machine, and refuses one that is not
// the file that was packed. A checkout has none of this; it builds its own.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { distFolder } from './places.mjs';
import { messageOf, ProvisionError, ReplacedPartError } from './provision_error.mjs';
import { platform } from './versions.mjs';

/**
 * What lies beside the native parts, written when the package is made.
 * @typedef {object} Shipped
 * @property {string} source_hash of the sources that the parts were built from
 * @property {string | null} commit null where it was packed outside of git
 * @property {boolean | null} dirty whether the sources were other than the commit's
 * @property {Record<string, string>} sha256 of each part, by its path below dist/native
 *
 * @typedef {'library' | 'addon' | 'module' | 'native'} PartName
 */

/**
 * The file name of each part on a system; the module is the same everywhere.
 * @type {Record<string, Record<PartName, string>>}
 */
const fileNames = {
  linux: unixNames('so'),
  darwin: unixNames('dylib'),
  win32: {
    library: 'ffibench.dll',
    addon: 'ffibench.node',
    module: 'ffibench.wasm',
    native: 'ffibench-native.exe',
  },
};

/** @param {string} ending */
function unixNames(ending) {
  return {
    library: `libffibench.${ending}`,
    addon: 'ffibench.node',
    module: 'ffibench.wasm',
    native: 'ffibench-native',
  };
}

const nativeFolder = join(distFolder, 'native');

/**
 * What the package says of its parts. Throws a refusal where that file is gone.
 * @returns {Shipped}
 */
export function shippedRecord() {
  const path = join(nativeFolder, 'parts.json');
  if (!existsSync(path)) throw new ReplacedPartError(`${path} is missing. ${reinstall}`);
  return JSON.parse(readFileSync(path, 'utf8'));
}

const reinstall = 'Install the package ffi-bench again.';

/**
 * The name of a part on a system.
 * @param {PartName} part
 * @param {string} [os]
 */
export function partFile(part, os = process.platform) {
  return (fileNames[os] ?? unixNames('so'))[part];
}

/**
 * Where the parts of a machine lie, the better ones first, among those that were shipped: `level`
 * is that of its processor, as the floor answers it.
 * @param {readonly string[]} paths of the parts, relative
 * @param {string} folder the platform, and for Linux the C library
 * @param {string | null} level
 * @param {PartName} part
 * @returns {string | undefined} the path of the part among `paths`
 */
export function choosePart(paths, folder, level, part) {
  const file = part === 'module' ? partFile(part) : `${folder}/${partFile(part)}`;
  const better = `${folder}/${level}/${partFile(part)}`;
  return [better, file].find((path) => paths.includes(path));
}

/** @type {Map<PartName, string>} parts that were looked at in this process */
const seen = new Map();

/**
 * The path of a part for this machine, found to be what was shipped. Where the platform has no such
 * part, the path of a file that is not there.
 * @param {PartName} part
 * @returns {string}
 */
export function shippedPart(part) {
  const known = seen.get(part);
  if (known !== undefined) return known;
  const { sha256 } = shippedRecord();
  const folder = platformFolder(Object.keys(sha256));
  const level = part === 'library' || part === 'addon' ? levelHere() : null;
  const chosen = choosePart(Object.keys(sha256), folder, level, part);
  const path = join(nativeFolder, chosen ?? join(folder, partFile(part)));
  if (chosen !== undefined) refuseReplaced(path, sha256[chosen]);
  seen.set(part, path);
  return path;
}

/**
 * @param {string} path
 * @param {string | undefined} expected
 */
function refuseReplaced(path, expected) {
  if (!existsSync(path)) throw new ReplacedPartError(`${path} is missing. ${reinstall}`);
  const found = createHash('sha256').update(readFileSync(path)).digest('hex');
  if (found === expected) return;
  throw new ReplacedPartError(
    `${path} is not the file that was shipped: its SHA-256 begins with ${found.slice(0, 12)} ` +
      `instead of ${expected?.slice(0, 12)}. ${reinstall}`,
  );
}

/**
 * The folder of this platform's parts. Throws a sentence where the package has none.
 * @param {readonly string[]} paths
 */
function platformFolder(paths) {
  const folder = process.platform === 'linux'
    ? `${platform}-${libcOf(process.execPath)}`
    : platform;
  if (paths.some((path) => path.startsWith(`${folder}/`))) return folder;
  const folders = paths.filter((path) => path.includes('/')).map((path) => path.split('/')[0]);
  throw new ProvisionError(
    `The package has no native library for ${folder}; it has them for ` +
      `${[...new Set(folders)].sort().join(', ')}. A checkout builds its own with Zig: ` +
      '"npm run bench" there.',
  );
}

/** Bytes of a program in which its loader is named. */
const headBytes = 4096;

/**
 * The C library that a program of Linux is linked with, by the loader that its head names.
 * @param {string} program
 */
export function libcOf(program) {
  const head = Buffer.alloc(headBytes);
  const file = openSync(program, 'r');
  try {
    readSync(file, head, 0, headBytes, 0);
  } finally {
    closeSync(file);
  }
  return head.includes('/ld-musl-') ? 'musl' : 'glibc';
}

/** @returns {string | null} the best level of this processor that builds are shipped for */
function levelHere() {
  if (process.arch !== 'x64') return null;
  const floor = shippedPart('native');
  try {
    return JSON.parse(execFileSync(floor, ['--probe'], { encoding: 'utf8' })).level ?? null;
  } catch (error) {
    throw new ProvisionError(
      `${floor}, a program of the package, does not run on this machine: ` +
        `${messageOf(error).split('\n')[0]}.`,
    );
  }
}
