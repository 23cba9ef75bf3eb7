// The root node_modules folder: installed by the package manager of the user, and
// stamped with what was asked for, so that the next start only compares two hashes.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runQuietly, tailOf } from './child.mjs';
import { installCommand } from './host.mjs';
import { withLock } from './lock.mjs';
import { ProvisionError } from './provision_error.mjs';

/** @typedef {import('./host.mjs').Host} Host */

/**
 * What the dependencies are, as a hash: the dependency tables of package.json and the lock file,
 * but not scripts or descriptions, which need no new installation.
 * @param {string} packageJson content of package.json
 * @param {string} lockFile content of package-lock.json
 */
export function dependencyHash(packageJson, lockFile) {
  const { dependencies, devDependencies, overrides } = JSON.parse(packageJson);
  const asked = JSON.stringify({ dependencies, devDependencies, overrides });
  return createHash('sha256').update(asked).update('\0').update(lockFile).digest('hex');
}

/**
 * Whether a node_modules made by npm holds every package of the lock file at its version; packages
 * for other platforms may be absent.
 * @param {string} lockFile content of package-lock.json
 * @param {string} installedLock content of node_modules/.package-lock.json
 */
export function holdsAllPackages(lockFile, installedLock) {
  const wanted = Object.entries(JSON.parse(lockFile).packages).filter(([path]) => path !== '');
  const installed = JSON.parse(installedLock).packages;
  return wanted.every(([path, entry]) =>
    installed[path] ? installed[path].version === entry.version : entry.optional === true
  );
}

/** @param {string} folder the checkout */
function stampPath(folder) {
  return join(folder, 'node_modules', '.ffi-bench-stamp');
}

/** @param {string} folder */
function hashOf(folder) {
  return dependencyHash(
    readFileSync(join(folder, 'package.json'), 'utf8'),
    readFileSync(join(folder, 'package-lock.json'), 'utf8'),
  );
}

/**
 * Whether node_modules is what package.json and the lock file ask for.
 * @param {string} folder the checkout
 */
export function packagesAreCurrent(folder) {
  const stamp = stampPath(folder);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hashOf(folder)) return true;
  return adopt(folder);
}

/**
 * Accepts a node_modules that someone installed by hand with npm, when it is whole.
 * @param {string} folder
 */
function adopt(folder) {
  const installedLock = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(installedLock) || existsSync(unfinishedPath(folder))) return false;
  const lockFile = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  if (!holdsAllPackages(lockFile, readFileSync(installedLock, 'utf8'))) return false;
  writeFileSync(stampPath(folder), hashOf(folder));
  return true;
}

/** @param {string} folder lies outside node_modules, which package managers empty */
function unfinishedPath(folder) {
  return join(folder, '.tools', 'packages-unfinished');
}

/**
 * Installs node_modules, or fails with a sentence.
 * @param {string} folder the checkout
 * @param {Host} host
 */
export function installPackages(folder, host) {
  return withLock(join(folder, '.tools', 'packages.lock'), async () => {
    if (packagesAreCurrent(folder)) return;
    writeFileSync(unfinishedPath(folder), '');
    // What another package manager laid out is not mended but replaced.
    rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
    const { command, args } = installCommand(host, { locked: true });
    const outcome = await runQuietly(command, args, { cwd: folder });
    if (outcome.code !== 0) throw new ProvisionError(notInstalled(command, outcome));
    writeFileSync(stampPath(folder), hashOf(folder));
    rmSync(unfinishedPath(folder), { force: true });
  });
}

/**
 * @param {string} command
 * @param {import('./child.mjs').Outcome} outcome
 */
function notInstalled(command, outcome) {
  return `The npm packages of package.json could not be installed with ${command}. ` +
    `Check the network and start again. It said:\n${tailOf(outcome)}`;
}
