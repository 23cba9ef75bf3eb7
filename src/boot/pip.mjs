// Installs one PyPI package into a folder of its own below .tools/, by the machine's own Python.
import { renameSync, rmSync } from 'node:fs';
import process from 'node:process';
import { runQuietly, tailOf } from './child.mjs';
import { makeFolder } from './folders.mjs';

/** What was missing or said, for an error sentence. */
export class PipError extends Error {}

/**
 * Installs exactly this version, without dependencies; the folder appears whole or not at all. Hold
 * a lock on the folder. Throws PipError with lines of what was said.
 * @param {string} name of the package
 * @param {string} version
 * @param {string} folder
 */
export async function pipInstall(name, version, folder) {
  const python = await findPython();
  const staging = `${folder}.staging`;
  rmSync(staging, { recursive: true, force: true });
  makeFolder(staging);
  const args = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', staging];
  const outcome = await runQuietly(python, [...args, `${name}==${version}`], { env: quietly() });
  if (outcome.code !== 0) throw new PipError(tailOf(outcome, 3));
  rmSync(folder, { recursive: true, force: true });
  renameSync(staging, folder);
}

/** Options as variables: a pip too old to know one ignores it instead of failing. */
function quietly() {
  return {
    ...process.env,
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    PIP_ROOT_USER_ACTION: 'ignore',
    PIP_NO_WARN_SCRIPT_LOCATION: '1',
    PIP_NO_COMPILE: '1',
    PIP_NO_INPUT: '1',
    PIP_RETRIES: '1',
  };
}

/** A Python that has pip, by name. */
export async function findPython() {
  for (const python of ['python3', 'python']) {
    if ((await runQuietly(python, ['-m', 'pip', '--version'])).code === 0) return python;
  }
  throw new PipError('  neither python3 nor python was found with pip.');
}
