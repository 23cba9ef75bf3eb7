// Installs one runtime at one version, from its npm binary package, into a folder of its own below
// .tools/, or below the user's cache where this is the package. The default versions and those
// named by `--runtime old=deno@2.8.0` take the same way. The package manager checks what it fetches
// against the registry's hash; each later start checks that the file is still the same.
import { chmodSync, existsSync, readFileSync, realpathSync } from 'node:fs';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import { runQuietly, tailOf } from './child.mjs';
import { fingerprintOf, isStill } from './fingerprint.mjs';
import { currentHost, installCommand, packageManager } from './host.mjs';
import { withLock } from './lock.mjs';
import { claimCache } from './places.mjs';
import { messageOf, ProvisionError } from './provision_error.mjs';
import { executableName, platform, toolFolder, versions } from './versions.mjs';
import { makeFolder } from './folders.mjs';

/**
 * @typedef {import('./versions.mjs').RuntimeName} RuntimeName
 * @typedef {import('./host.mjs').Host} Host
 */

/**
 * The executable of a runtime that was installed before, or undefined. One that was changed since
 * is not taken, so that it is installed anew.
 * @param {RuntimeName} name
 * @param {string} [version] the version table's, unless given
 * @returns {string | undefined}
 */
export function installedRuntime(name, version = versions.runtimes[name].version) {
  const folder = join(toolFolder, `${name}@${version}`);
  const record = join(folder, 'installed.json');
  if (!existsSync(record)) return undefined;
  const installed = JSON.parse(readFileSync(record, 'utf8'));
  const path = join(folder, installed.executable);
  return existsSync(path) && isStill(path, installed) ? path : undefined;
}

/**
 * The path of a runtime's executable at an exact version, such as `2.8.0`: installed now unless it
 * already is. Fails with a sentence that says which versions exist.
 * @param {RuntimeName} name
 * @param {string} [version] the version table's, unless given
 * @param {Host} [host] whose package manager installs it
 * @returns {Promise<string>}
 */
export async function provisionRuntime(
  name,
  version = versions.runtimes[name].version,
  host = currentHost(),
) {
  const found = installedRuntime(name, version);
  if (found) return found;
  refuseOddVersion(name, version);
  claimCache();
  return await withLock(join(toolFolder, `${name}@${version}.lock`), async () => {
    return installedRuntime(name, version) ?? await install(name, version, host);
  });
}

/**
 * Says that a folder of a runtime is not what an installation left.
 * @param {string} folder
 */
function tellOfDamage(folder) {
  if (!existsSync(folder)) return;
  process.stderr.write(
    `ffi-bench: ${folder} was changed since it was installed: it is replaced.\n`,
  );
}

/**
 * A version becomes a folder name and an argument of a package manager: nothing else may pass.
 * @param {RuntimeName} name
 * @param {string} version
 */
function refuseOddVersion(name, version) {
  if (/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) return;
  const example = versions.runtimes[name].version;
  throw new ProvisionError(`"${version}" is not a version of ${name}: write it like ${example}.`);
}

/**
 * Tries the platform's packages in order; the first whose executable runs here wins, so that a
 * processor without AVX2, or a system without glibc, ends at the build made for it.
 * @param {RuntimeName} name
 * @param {string} version
 * @param {Host} host
 */
async function install(name, version, host) {
  const packages = versions.runtimes[name].packages[platform];
  if (!packages) throw new ProvisionError(`${name} has no npm binary package for ${platform}.`);
  let first;
  for (const packageName of packages) {
    try {
      return await installPackage({ name, version, packageName, host });
    } catch (error) {
      first ??= error;
      if (!(error instanceof DoesNotRunHere)) break;
    }
  }
  throw first instanceof ProvisionError ? first : new ProvisionError(messageOf(first));
}

/** The package is for another processor or C library: the platform's next one may do. */
class DoesNotRunHere extends ProvisionError {}

/**
 * @typedef {object} Wanted
 * @property {RuntimeName} name
 * @property {string} version
 * @property {string} packageName
 * @property {Host} host
 */

/**
 * Installs into a staging folder and renames it when the executable has run: what bears the final
 * name is whole.
 * @param {Wanted} wanted
 */
async function installPackage(wanted) {
  const { name, version, packageName, host } = wanted;
  const folder = join(toolFolder, `${name}@${version}`);
  const staging = `${folder}.staging`;
  makeStaging(staging, { [packageName]: version });
  try {
    const { command, args } = installCommand(host, { locked: false });
    const outcome = await runQuietly(command, args, { cwd: staging });
    const path = executableOf(staging, wanted);
    if (outcome.code !== 0 || !existsSync(path)) throw await explain(wanted, staging, outcome);
    // Some versions were packed without the right to be run.
    chmodSync(path, 0o755);
    await refuseUnlessItRuns(wanted, path);
    const executable = relative(realpathSync(staging), realpathSync(path));
    const record = { packageName, executable, ...fingerprintOf(path) };
    writeFileSync(join(staging, 'installed.json'), JSON.stringify(record));
    tellOfDamage(folder);
    rmSync(folder, { recursive: true, force: true });
    renameSync(staging, folder);
    return join(folder, executable);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/**
 * @param {string} staging
 * @param {Record<string, string>} dependencies
 */
function makeStaging(staging, dependencies) {
  rmSync(staging, { recursive: true, force: true });
  makeFolder(staging);
  writeFileSync(join(staging, 'package.json'), JSON.stringify({ private: true, dependencies }));
  // Keeps Deno from taking the checkout's own deno.json for this folder.
  const denoJson = { workspace: [], nodeModulesDir: 'manual', lock: false };
  writeFileSync(join(staging, 'deno.json'), JSON.stringify(denoJson));
}

/**
 * @param {string} staging
 * @param {Wanted} wanted
 */
function executableOf(staging, { name, packageName }) {
  const { executable } = versions.runtimes[name];
  return join(staging, 'node_modules', packageName, executableName(executable));
}

/**
 * @param {Wanted} wanted
 * @param {string} path
 */
async function refuseUnlessItRuns({ name, version, packageName }, path) {
  const outcome = await runQuietly(path, ['--version']);
  if (outcome.code === 0 && outcome.stdout.includes(version)) return;
  const how = outcome.signal ? `ended by ${outcome.signal}` : `said:\n${tailOf(outcome)}`;
  throw new DoesNotRunHere(
    `${name} ${version} was installed from ${packageName} but does not run on this machine; ` +
      `"${name} --version" ${how}`,
  );
}

/**
 * Why an installation failed: an unknown version, with those that exist, or what was said.
 * @param {Wanted} wanted
 * @param {string} staging
 * @param {import('./child.mjs').Outcome} outcome
 */
async function explain(wanted, staging, outcome) {
  const { name, version, packageName } = wanted;
  // npm refuses a package made for another system; Bun and Deno leave it out without a word.
  if (outcome.code === 0 || outcome.stderr.includes('EBADPLATFORM')) {
    return new DoesNotRunHere(`The npm package ${packageName} is not made for this system.`);
  }
  const existing = await existingVersions(wanted, staging);
  if (existing.length > 0 && !existing.includes(version)) {
    const nearest = nearestVersions(existing, version).join(', ');
    return new ProvisionError(
      `${name} ${version} does not exist as the npm package ${packageName}. ` +
        `The nearest that exist: ${nearest}.`,
    );
  }
  return new ProvisionError(
    `${name} ${version} could not be installed from the npm package ${packageName}. ` +
      `Check the network and start again. It said:\n${tailOf(outcome)}`,
  );
}

/**
 * All versions of a package, by the `view` command of npm or Bun; Deno has none, so that under Deno
 * the Bun in .tools answers. Empty when there is no answer.
 * @param {Wanted} wanted
 * @param {string} staging
 * @returns {Promise<string[]>}
 */
export async function existingVersions({ packageName, host }, staging) {
  const question = ['view', packageName, 'versions', '--json'];
  const bun = host.name === 'bun' ? host.path : installedRuntime('bun');
  const asker = host.name === 'node'
    ? packageManager(host, [...question, '--fetch-retries=0'])
    : bun && { command: bun, args: ['pm', ...question] };
  if (!asker) return [];
  const { command, args } = asker;
  const outcome = await runQuietly(command, args, { cwd: staging });
  try {
    const answer = [JSON.parse(outcome.stdout)].flat();
    return answer.filter((version) => typeof version === 'string');
  } catch {
    return [];
  }
}

/**
 * The `count` versions that lie nearest to `wanted` in version order, newest first.
 * @param {string[]} existing
 * @param {string} wanted
 */
export function nearestVersions(existing, wanted, count = 5) {
  const releases = existing.filter((version) => /^\d+\.\d+\.\d+$/.test(version));
  const compare = new Intl.Collator('en', { numeric: true }).compare;
  const sorted = releases.sort(compare);
  const place = sorted.filter((version) => compare(version, wanted) < 0).length;
  const start = Math.max(0, Math.min(place - Math.ceil(count / 2), sorted.length - count));
  return sorted.slice(start, start + count).reverse();
}
