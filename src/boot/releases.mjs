// The published releases of a runtime's npm binary package, and how much room those take that were
// fetched for a comparison.
import { existsSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './folders.mjs';
import { currentHost } from './host.mjs';
import { ProvisionError } from './provision_error.mjs';
import { existingVersions } from './runtimes.mjs';
import { platform, toolFolder, versions } from './versions.mjs';

/** @typedef {import('./versions.mjs').RuntimeName} RuntimeName */

const inOrder = new Intl.Collator('en', { numeric: true }).compare;

/**
 * The releases from one version to another, both among them, in order. Fails with a sentence where
 * either is none, or no registry answers.
 * @param {RuntimeName} name
 * @param {string} from
 * @param {string} to
 * @returns {Promise<string[]>}
 */
export async function releasesBetween(name, from, to) {
  const packageName = versions.runtimes[name].packages[platform]?.[0];
  if (!packageName) throw new ProvisionError(`${name} has no npm binary package for ${platform}.`);
  const wanted = { name, version: from, packageName, host: currentHost() };
  // Nothing may have been fetched yet, and no program starts in a folder that is not there.
  makeFolder(toolFolder);
  const published = await existingVersions(wanted, toolFolder);
  if (published.length === 0) {
    throw new ProvisionError(
      `The versions of the npm package ${packageName} could not be had. Check the network.`,
    );
  }
  return sliceOf(published, name, from, to);
}

/**
 * @param {string[]} published
 * @param {RuntimeName} name
 * @param {string} from
 * @param {string} to
 */
export function sliceOf(published, name, from, to) {
  const releases = published.filter((version) => /^\d+\.\d+\.\d+$/.test(version)).sort(inOrder);
  for (const version of [from, to]) {
    if (releases.includes(version)) continue;
    throw new ProvisionError(`${name} ${version} was not published as a release.`);
  }
  if (inOrder(from, to) >= 0) {
    throw new ProvisionError(`${name} ${from} is not older than ${to}.`);
  }
  return releases.slice(releases.indexOf(from), releases.indexOf(to) + 1);
}

/** What the fetched versions may take together, in bytes. */
const mostBytes = 4 * 2 ** 30;

/**
 * Marks a version as used now, and removes those fetched versions that were used longest ago, as
 * long as all together take too much. Returns the names of what it removed.
 * @param {RuntimeName} name
 * @param {string} version
 * @param {string} [folder]
 * @param {number} [most]
 * @returns {string[]}
 */
export function keepRoom(name, version, folder = toolFolder, most = mostBytes) {
  const now = new Date();
  const used = join(folder, `${name}@${version}`);
  if (existsSync(used)) utimesSync(used, now, now);
  const fetched = readdirSync(folder).filter(isFetched).map((entry) => {
    const path = join(folder, entry);
    return { entry, path, usedMs: statSync(path).mtimeMs, bytes: bytesOf(path) };
  }).sort((a, b) => b.usedMs - a.usedMs);
  let total = 0;
  const removed = fetched.filter(({ path, bytes }) => {
    total += bytes;
    return total > most && path !== used;
  });
  for (const { path } of removed) rmSync(path, { recursive: true, force: true });
  return removed.map(({ entry }) => entry);
}

/**
 * Whether a folder is of a version that is not the pinned one.
 * @param {string} entry
 */
function isFetched(entry) {
  const [, name, version] = /^([a-z]+)@(\d+\.\d+\.\d+)$/.exec(entry) ?? [];
  if (name === undefined || !(name in versions.runtimes)) return false;
  return versions.runtimes[/** @type {RuntimeName} */ (name)].version !== version;
}

/** @param {string} path */
function bytesOf(path) {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
