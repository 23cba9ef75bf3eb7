// The runtimes of the user of the package: those on PATH.
import { existsSync, realpathSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import process from 'node:process';
import { executableName, runtimeNames, versions } from './versions.mjs';

/** @typedef {import('./versions.mjs').RuntimeName} RuntimeName */

/**
 * The path of a runtime on PATH, or undefined.
 * @param {RuntimeName} name
 * @param {NodeJS.ProcessEnv} [env]
 */
export function runtimeOnPath(name, env = process.env) {
  return pathFolders(env).map((folder) => join(folder, executableName(name)))
    .find((one) => existsSync(one) && !isDouble(name, one));
}

/** @param {NodeJS.ProcessEnv} env */
function pathFolders(env) {
  return (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => folder !== '');
}

/**
 * Whether a program of this name is another runtime: Bun and Deno put themselves on PATH as "node"
 * for what they start.
 * @param {RuntimeName} name
 * @param {string} path
 */
function isDouble(name, path) {
  const real = basename(realpathSync(path));
  return runtimeNames.some((other) => other !== name && real.startsWith(other));
}

/**
 * How a runtime that is not there can be had.
 * @param {RuntimeName} name
 */
export function notOnPath(name) {
  return `${name} is not on PATH; --runtime ${name}@${versions.runtimes[name].version} fetches it`;
}
