// Which runtime runs the tool, and the package manager that comes with it: npm under Node, else the
// runtime itself. Nothing is looked up by the name "node": under Bun and Deno that may be a double.
import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';

/**
 * @typedef {import('./versions.mjs').RuntimeName} RuntimeName
 * @typedef {object} Host the runtime that runs the tool
 * @property {RuntimeName} name
 * @property {string} version
 * @property {string} path its executable
 *
 * @typedef {object} CommandLine
 * @property {string} command
 * @property {string[]} args
 */

/**
 * The runtime that a `process.versions` table belongs to.
 * @param {Record<string, string | undefined>} table
 * @returns {{ name: RuntimeName, version: string }}
 */
export function runtimeOf(table) {
  if (table.deno) return { name: 'deno', version: table.deno };
  if (table.bun) return { name: 'bun', version: table.bun };
  return { name: 'node', version: table.node ?? 'unknown' };
}

/** @returns {Host} */
export function currentHost() {
  return { ...runtimeOf(process.versions), path: realpathSync(process.execPath) };
}

/**
 * The host's package manager with `args`. npm is started through the very file that runs this
 * script where there is one, so that the npm used is the npm that the user called.
 * @param {Host} host
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {CommandLine}
 */
export function packageManager(host, args, env = process.env) {
  if (host.name !== 'node') return { command: host.path, args };
  const npm = env.npm_execpath;
  if (npm && basename(npm) === 'npm-cli.js') return { command: host.path, args: [npm, ...args] };
  // On Windows npm is a script for a shell, and no shell is ever asked; the program that it starts
  // lies beside Node.
  if (process.platform !== 'win32') return { command: 'npm', args };
  const script = join(dirname(host.path), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  return { command: host.path, args: [script, ...args] };
}

const npmQuiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
// npm waits for minutes before it believes that there is no network.
const npmPatience = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000'];

/**
 * Installs what the package.json in the working directory names, exactly as locked where
 * `locked` is set, without running any package's install script.
 * @param {Host} host
 * @param {{ locked: boolean }} options
 */
export function installCommand(host, { locked }) {
  switch (host.name) {
    case 'deno':
      return packageManager(host, ['install', '--quiet']);
    case 'bun':
      return packageManager(host, ['install', '--no-save', '--ignore-scripts', '--silent']);
    case 'node': {
      const verb = locked ? ['ci'] : ['install', '--no-package-lock'];
      const all = ['--include=dev', '--include=optional'];
      return packageManager(host, [...verb, ...all, ...npmQuiet, ...npmPatience]);
    }
  }
}
