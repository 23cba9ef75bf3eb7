// What only a run that names its lane builds: the addons and the module by the binding generators
// that people use. Each is built once for its sources, and is left out with a reason where a
// toolchain is missing.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { artifactPath } from './library.mjs';
import { withLock } from './lock.mjs';
import { isPackage, root, toolFolder } from './places.mjs';
import { messageOf } from './provision_error.mjs';

/**
 * @typedef {'addon_cpp' | 'addon_rs' | 'module_rs'} GeneratedName
 *
 * @typedef {object} Generated
 * @property {GeneratedName} artifact
 * @property {string} title as in "the addon by napi-rs"
 * @property {string} takes the longest that a first build may take, in words
 * @property {() => string} stamp what it is made of; its build is current as long as this is
 * @property {() => Promise<void>} build fails with a sentence where something is missing
 */

/** @param {GeneratedName} artifact */
function stampPath(artifact) {
  return `${artifactPath(root, artifact)}.stamp`;
}

/**
 * Whether it is built from the sources as they are.
 * @param {Generated} one
 */
export function isCurrent({ artifact, stamp }) {
  const path = stampPath(artifact);
  return existsSync(artifactPath(root, artifact)) && existsSync(path) &&
    readFileSync(path, 'utf8') === stamp();
}

/**
 * Builds it where it is not there or older than what it is made of, and says so beforehand. The
 * sentence returned says why it could not be had; null where all is well.
 * @param {Generated} one
 * @returns {Promise<string | null>}
 */
export async function provideGenerated(one) {
  const { artifact, title, takes, stamp, build } = one;
  if (process.platform === 'win32') return `${title} is not built on Windows`;
  if (isPackage) return `${title} is built in a checkout only`;
  return await withLock(join(toolFolder, `${artifact}.lock`), async () => {
    if (isCurrent(one)) return null;
    process.stderr.write(
      `ffi-bench: building ${title} into this folder (once, ${takes} at most)\n`,
    );
    try {
      const wanted = stamp();
      await build();
      writeFileSync(stampPath(artifact), wanted);
      return null;
    } catch (error) {
      return `${title} could not be had: ${messageOf(error).replace(/\.$/, '')}`;
    }
  });
}
