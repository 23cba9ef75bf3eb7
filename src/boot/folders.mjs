// Makes folders level by level. Node's own recursive way never returns where a folder refuses new
// ones by ENOENT, as /proc does and file systems of other programs may.
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder with all that lie above it, unless it is there. Throws the file system's error.
 * @param {string} path
 */
export function makeFolder(path) {
  try {
    makeOne(path);
  } catch (error) {
    const above = dirname(path);
    if (codeOf(error) !== 'ENOENT' || above === path) throw error;
    makeFolder(above);
    makeOne(path);
  }
}

/** @param {string} path */
function makeOne(path) {
  try {
    mkdirSync(path);
  } catch (error) {
    // Where it is there already, systems complain in several ways before they say so.
    if (codeOf(error) === 'ENOENT' || !isFolder(path)) throw error;
  }
}

/** @param {string} path */
function isFolder(path) {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** @param {unknown} error */
function codeOf(error) {
  return /** @type {NodeJS.ErrnoException} */ (error).code;
}
