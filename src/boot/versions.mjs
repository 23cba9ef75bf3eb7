// The version table (versions.json). It is the one place that names a version; raising a runtime is
// an edit there and nowhere else.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export { root, toolFolder } from './places.mjs';

/**
 * @typedef {'deno' | 'bun' | 'node'} RuntimeName
 * @typedef {object} RuntimeRow one runtime: its default version and its npm binary packages
 * @property {string} version
 * @property {string} executable path inside the package, without `.exe`
 * @property {Record<string, string[]>} packages per platform, tried in order until one runs here
 * @typedef {object} Versions
 * @property {Record<RuntimeName, RuntimeRow>} runtimes
 * @property {{ version: string, executable: string, package: string }} zig the PyPI package
 * @property {Record<'numpy' | 'cffi' | 'pycparser' | 'cython', string>} python PyPI packages
 * @property {Record<'node-addon-api' | 'node-api-headers', string>} napi_cpp npm packages
 * @property {{ version: string, package: string }} pyperf for a test: the PyPI package
 */

// Read rather than imported: Node 20 warns on stderr about JSON modules.
/** @type {Versions} */
export const versions = JSON.parse(
  readFileSync(fileURLToPath(new URL('./versions.json', import.meta.url)), 'utf8'),
);

/** @type {readonly RuntimeName[]} */
export const runtimeNames = ['deno', 'bun', 'node'];

/** This machine's key into the version table, such as `linux-x64`. */
export const platform = `${process.platform}-${process.arch}`;

/**
 * The file name of an executable on this platform.
 * @param {string} path
 */
export function executableName(path) {
  return process.platform === 'win32' ? `${path}.exe` : path;
}
