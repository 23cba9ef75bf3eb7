// Tells the tool where its tools are: in a checkout the boot file records the paths it resolved in
// .tools/tools.json at each start, and everything else reads them here, typed. The package looks
// for them when they are asked for.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { makeFolder } from './folders.mjs';
import { notOnPath, runtimeOnPath } from './path_runtimes.mjs';
import { isPackage, root, toolFolder } from './places.mjs';
import { shippedPart } from './shipped.mjs';
import { platform, versions } from './versions.mjs';

/**
 * @typedef {import('./versions.mjs').RuntimeName} RuntimeName
 * @typedef {{ state: 'ready', version: string, path: string }} ReadyTool
 * @typedef {{ state: 'missing', version: string, reason: string }} MissingTool
 * @typedef {ReadyTool | MissingTool} Tool `reason` is a sentence fit for a report
 *
 * @typedef {object} Tools
 * @property {string} root the checkout or the package that the paths belong to
 * @property {string} platform such as `linux-x64`
 * @property {Record<RuntimeName, Tool>} runtimes the default ones: in a checkout at the pinned
 *   versions, in the package those on PATH
 * @property {Tool} zig missing, too, when the library needed no building
 * @property {string} library where the native library lies
 */

const recordPath = join(toolFolder, 'tools.json');

/**
 * The tools as the last start resolved them. Throws a sentence when there was none here.
 * @returns {Tools}
 */
export function readTools() {
  if (isPackage) return packagedTools();
  if (existsSync(recordPath)) {
    /** @type {Tools} */
    const tools = JSON.parse(readFileSync(recordPath, 'utf8'));
    if (tools.root === root && tools.platform === platform) return tools;
  }
  throw new Error('The tools are not provisioned yet: run "npm run bench" or "npm test" once.');
}

/** @type {Tools | undefined} */
let packaged;

/** @returns {Tools} */
function packagedTools() {
  packaged ??= {
    root,
    platform,
    runtimes: { deno: toolOnPath('deno'), bun: toolOnPath('bun'), node: toolOnPath('node') },
    zig: {
      state: 'missing',
      version: versions.zig.version,
      reason: 'The package has its libraries built: only a checkout takes a compiler.',
    },
    library: shippedPart('library'),
  };
  return packaged;
}

/**
 * A runtime of the user; its version is known once it is asked.
 * @param {RuntimeName} name
 * @returns {Tool}
 */
function toolOnPath(name) {
  const path = runtimeOnPath(name);
  return path === undefined
    ? { state: 'missing', version: '', reason: notOnPath(name) }
    : { state: 'ready', version: '', path };
}

/**
 * Records the tools unless the record says so already, in one step: no reader sees half of it.
 * @param {Omit<Tools, 'root' | 'platform'>} tools
 * @returns {Tools}
 */
export function recordTools(tools) {
  const complete = { root, platform, ...tools };
  const text = `${JSON.stringify(complete, null, 2)}\n`;
  if (existsSync(recordPath) && readFileSync(recordPath, 'utf8') === text) return complete;
  makeFolder(toolFolder);
  const draft = `${recordPath}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, recordPath);
  return complete;
}
