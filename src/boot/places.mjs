// Where things lie. In a checkout everything that is made lies below it. The installed package is
// never written to: what it fetches and keeps lies in a cache folder of the user.
import { rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { makeFolder } from './folders.mjs';
import { messageOf, ProvisionError } from './provision_error.mjs';

// This file lies three folders deep in both: src/boot/places.mjs, or bundled into dist/tool.
const here = fileURLToPath(import.meta.url);

/** The folder of the checkout, or of the installed package. */
export const root = dirname(dirname(dirname(here)));

/** What the package ships of what is built, and a checkout that was packed has as well. */
export const distFolder = join(root, 'dist');

/** Whether this is the installed package and no checkout. */
export const isPackage = dirname(dirname(here)) === distFolder;

/**
 * The cache folder of the user, by the custom of the system; `FFI_BENCH_CACHE` names another.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} os as process.platform has it
 * @param {string} home
 */
export function cacheFolder(env, os, home) {
  if (env.FFI_BENCH_CACHE) return env.FFI_BENCH_CACHE;
  if (os === 'darwin') return join(home, 'Library', 'Caches', 'ffi-bench');
  if (os === 'win32') {
    return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'ffi-bench', 'Cache');
  }
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), 'ffi-bench');
}

const cache = isPackage ? cacheFolder(process.env, process.platform, homedir()) : '';

/** Everything installed on the project's behalf, safe to delete. */
export const toolFolder = isPackage ? cache : join(root, '.tools');

/** What runs keep: locks, hashes, bundles. Safe to delete while none runs. */
export const stateFolder = isPackage ? cache : join(root, '.ffi-bench');

/** Where documents go without --out: beside the project that uses the package. */
export const documentFolder = isPackage ? process.cwd() : join(root, '.ffi-bench', 'runs');

/**
 * Refuses a cache folder that cannot be written, before anything depends on it.
 * @param {string} [folder]
 */
export function claimCache(folder = cache) {
  if (folder === '') return;
  const trial = join(folder, `trial-${process.pid}`);
  try {
    makeFolder(folder);
    // Asking for permission is not enough: a super-user has it where nothing can be written.
    writeFileSync(trial, '');
    rmSync(trial);
  } catch (error) {
    throw new ProvisionError(
      `The cache folder ${folder} cannot be written to (${messageOf(error).split(',')[0]}). ` +
        'Set FFI_BENCH_CACHE to a folder that can.',
    );
  }
}
