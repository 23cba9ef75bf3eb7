// Finds the pinned Zig: the one that ZIG names, else a `zig` of that version on PATH, else the PyPI
// package, installed into .tools/ by the machine's own Python.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { runQuietly } from './child.mjs';
import { withLock } from './lock.mjs';
import { PipError, pipInstall } from './pip.mjs';
import { ProvisionError } from './provision_error.mjs';
import { executableName, toolFolder, versions } from './versions.mjs';

/** @typedef {{ version: string, path: string }} Zig */

const pinned = versions.zig.version;
const folder = join(toolFolder, `zig@${pinned}`);
const installedPath = join(folder, executableName(versions.zig.executable));

/**
 * The environment in which Zig builds. It compiles its build program when its cache has none, with
 * all optimizations unless it is told not to: four minutes of one core, for half a second of work.
 * @param {NodeJS.ProcessEnv} [env]
 */
export function zigEnvironment(env = process.env) {
  return { ...env, ZIG_DEBUG_CMD: '1' };
}

/**
 * A Zig that is there already, or undefined. Asks nothing of the network.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Zig | undefined>}
 */
export async function findZig(env = process.env) {
  if (env.ZIG) return await namedZig(env.ZIG);
  for (const path of candidatesOnPath(env)) {
    if (await versionOf(path) === pinned) return { version: pinned, path };
  }
  return installedZig();
}

/**
 * The Zig in .tools, or undefined.
 * @returns {Zig | undefined}
 */
export function installedZig() {
  return existsSync(installedPath) ? { version: pinned, path: installedPath } : undefined;
}

/**
 * @param {string} path the value of ZIG
 * @returns {Promise<Zig>}
 */
async function namedZig(path) {
  const version = await versionOf(path);
  if (version === pinned) return { version, path };
  const what = version ? `is Zig ${version}` : 'cannot be run';
  throw new ProvisionError(
    `ZIG names ${path}, which ${what}. Set ZIG to the path of Zig ${pinned}, ` +
      'or unset it to have that version installed.',
  );
}

/** @param {NodeJS.ProcessEnv} env */
function candidatesOnPath(env) {
  return (env.PATH ?? '').split(delimiter).filter((entry) => entry !== '')
    .map((entry) => join(entry, executableName('zig'))).filter((path) => existsSync(path));
}

/**
 * @param {string} path
 * @returns {Promise<string | undefined>} undefined when it does not run
 */
async function versionOf(path) {
  const outcome = await runQuietly(path, ['version']);
  return outcome.code === 0 ? outcome.stdout.trim() : undefined;
}

/**
 * Installs the pinned Zig into .tools/, or fails with a sentence.
 * @returns {Promise<Zig>}
 */
export function installZig() {
  return withLock(`${folder}.lock`, async () => {
    const found = installedZig();
    if (found) return found;
    try {
      await pipInstall(versions.zig.package, pinned, folder);
    } catch (error) {
      throw error instanceof PipError ? new ProvisionError(notInstalled(error.message)) : error;
    }
    return { version: pinned, path: installedPath };
  });
}

/** @param {string} said */
function notInstalled(said) {
  return `Zig ${pinned}, which builds the native library, could not be installed. Install ` +
    `Python 3 with pip and check the network, or install Zig ${pinned} and set ZIG to its path. ` +
    `It said:\n${said}`;
}
