// Tells the tool where its tools are: the boot file records the paths it resolved in
// .tools/tools.json at each start, and everything else reads them here, typed.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { platform, root, toolFolder } from './versions.mjs';
import { makeFolder } from './folders.mjs';

/**
 * @typedef {import('./versions.mjs').RuntimeName} RuntimeName
 * @typedef {{ state: 'ready', version: string, path: string }} ReadyTool
 * @typedef {{ state: 'missing', version: string, reason: string }} MissingTool
 * @typedef {ReadyTool | MissingTool} Tool `reason` is a sentence fit for a report
 *
 * @typedef {object} Tools
 * @property {string} root the checkout that the paths belong to
 * @property {string} platform such as `linux-x64`
 * @property {Record<RuntimeName, Tool>} runtimes the default runtimes, at the pinned versions
 * @property {Tool} zig missing, too, when the library needed no building and nobody looked for it
 * @property {string} library where the native library lies
 */

const recordPath = join(toolFolder, 'tools.json');

/**
 * The tools as the last start resolved them. Throws a sentence when there was none here.
 * @returns {Tools}
 */
export function readTools() {
  if (existsSync(recordPath)) {
    /** @type {Tools} */
    const tools = JSON.parse(readFileSync(recordPath, 'utf8'));
    if (tools.root === root && tools.platform === platform) return tools;
  }
  throw new Error('The tools are not provisioned yet: run "npm run bench" or "npm test" once.');
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
