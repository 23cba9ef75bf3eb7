// Brings a checkout to the state in which the tool can run, doing only what is not done yet: npm
// packages, runtimes, Zig, the native library. When all is there it asks nothing of the network.
import process from 'node:process';
import { buildLibrary, libraryIsCurrent, libraryPath } from './library.mjs';
import { installPackages, packagesAreCurrent } from './packages.mjs';
import { messageOf } from './provision_error.mjs';
import { installedRuntime, provisionRuntime } from './runtimes.mjs';
import { recordTools } from './tools.mjs';
import { platform, root, runtimeNames, versions } from './versions.mjs';
import { findZig, installedZig, installZig } from './zig.mjs';

/**
 * @typedef {import('./host.mjs').Host} Host
 * @typedef {import('./tools.mjs').Tools} Tools
 * @typedef {import('./tools.mjs').Tool} Tool
 * @typedef {import('./versions.mjs').RuntimeName} RuntimeName
 */

/**
 * Provisions what is missing and says so in a line. A runtime that cannot be had is recorded with
 * its reason; packages, Zig and library are needed, and fail with a sentence.
 * @param {Host} host
 * @param {{ zig: boolean }} wanted `zig: true` asks for Zig even when the library is current
 * @returns {Promise<Tools>}
 */
export async function provision(host, wanted) {
  const libraryIsReady = libraryIsCurrent(root);
  const zigFound = wanted.zig || !libraryIsReady ? await findZig() : installedZig() ?? 'not needed';
  const packagesAreReady = packagesAreCurrent(root);
  const absent = runtimeNames.filter((name) => !existingRuntime(name, host));
  announce([
    packagesAreReady ? '' : 'the npm packages',
    ...absent.filter(hasPackage).map((name) => `${name} ${versions.runtimes[name].version}`),
    zigFound ? '' : `Zig ${versions.zig.version}`,
  ]);
  const [deno, bun, node, zig] = await allOrFirstError([
    runtimeTool('deno', host),
    runtimeTool('bun', host),
    runtimeTool('node', host),
    zigTool(zigFound),
    packagesAreReady ? undefined : installPackages(root, host),
  ]);
  const tools = recordTools({ runtimes: { deno, bun, node }, zig, library: libraryPath(root) });
  if (!libraryIsReady && zig.state === 'ready') {
    talk('building the native library (a minute the first time, half of that later on)');
    await buildLibrary(root, zig.path);
  }
  return tools;
}

/**
 * A runtime that is here already: in .tools, or the host itself where it has the pinned version.
 * @param {RuntimeName} name
 * @param {Host} host
 */
function existingRuntime(name, host) {
  const isHost = host.name === name && host.version === versions.runtimes[name].version;
  return installedRuntime(name) ?? (isHost ? host.path : undefined);
}

/** @param {RuntimeName} name */
function hasPackage(name) {
  return versions.runtimes[name].packages[platform] !== undefined;
}

/**
 * @param {RuntimeName} name
 * @param {Host} host
 * @returns {Promise<Tool>}
 */
async function runtimeTool(name, host) {
  const { version } = versions.runtimes[name];
  try {
    const path = existingRuntime(name, host) ?? await provisionRuntime(name, version, host);
    return { state: 'ready', version, path };
  } catch (error) {
    const reason = messageOf(error);
    talk(reason);
    return { state: 'missing', version, reason };
  }
}

/**
 * @param {import('./zig.mjs').Zig | 'not needed' | undefined} found
 * @returns {Promise<Tool>}
 */
async function zigTool(found) {
  if (found === 'not needed') {
    const reason = 'The native library is up to date, so that no Zig was looked for.';
    return { state: 'missing', version: versions.zig.version, reason };
  }
  return { state: 'ready', ...(found ?? await installZig()) };
}

/**
 * Like Promise.all, but lets every installation come to its end before the first error is thrown.
 * @template {readonly unknown[]} T
 * @param {T} promises
 */
async function allOrFirstError(promises) {
  await Promise.allSettled(promises);
  return await Promise.all(promises);
}

/** @param {string[]} labels empty ones are left out */
function announce(labels) {
  const named = labels.filter((label) => label !== '');
  if (named.length === 0) return;
  talk(`installing ${named.join(', ')} into this folder (once, a few minutes at most)`);
}

/** @param {string} sentence */
function talk(sentence) {
  process.stderr.write(`ffi-bench: ${sentence}\n`);
}
