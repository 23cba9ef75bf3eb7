// Tells whether a file is still the one that was installed, without reading a hundred megabytes at
// each start: its hash is taken again only where its size, place or time of writing differ.
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';

/**
 * @typedef {object} Fingerprint
 * @property {string} sha256
 * @property {string} stamp what the file system says of it
 */

/**
 * @param {string} path
 * @returns {Fingerprint}
 */
export function fingerprintOf(path) {
  return { sha256: sha256Of(path), stamp: stampOf(path) };
}

/**
 * Whether a file has the content that it had. A record of an earlier version has no fingerprint,
 * and is believed.
 * @param {string} path
 * @param {Partial<Fingerprint>} known
 */
export function isStill(path, { sha256, stamp }) {
  return sha256 === undefined || stampOf(path) === stamp || sha256Of(path) === sha256;
}

/** @param {string} path */
function stampOf(path) {
  const { dev, ino, size, mtimeMs, ctimeMs } = statSync(path);
  return [dev, ino, size, mtimeMs, ctimeMs].join(' ');
}

const stretchBytes = 1 << 20;

/**
 * SHA-256 of a file, read in stretches.
 * @param {string} path
 */
function sha256Of(path) {
  const hash = createHash('sha256');
  const stretch = Buffer.alloc(stretchBytes);
  const file = openSync(path, 'r');
  try {
    for (let length = -1; length !== 0;) {
      length = readSync(file, stretch, 0, stretchBytes, null);
      hash.update(stretch.subarray(0, length));
    }
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}
