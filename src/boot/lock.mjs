// One start installs a thing, every other start waits for it: locks are files that name the process
// holding them, so that one left behind by a killed start is recognised and taken over.
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProvisionError } from './provision_error.mjs';

/** Longest time one installation may hold its lock; an older lock counts as left behind. */
const heldAtMost_ms = 20 * 60_000;
const poll_ms = 200;

/**
 * Runs `work` while holding the lock file at `path`.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true });
  await acquire(path);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/** @param {string} path */
async function acquire(path) {
  const giveUpAt = Date.now() + heldAtMost_ms;
  while (!take(path)) {
    if (isLeftBehind(path)) rmSync(path, { force: true });
    else if (Date.now() > giveUpAt) throw new ProvisionError(waitedTooLong(path));
    else await sleep(poll_ms);
  }
}

/**
 * Creates the lock together with its content in one step: a link, unlike a write, never shows a
 * half-made file to another start.
 * @param {string} path
 */
function take(path) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** @param {string} path */
function isLeftBehind(path) {
  try {
    const age_ms = Date.now() - statSync(path).mtimeMs;
    return age_ms > heldAtMost_ms || !isAlive(Number(readFileSync(path, 'utf8')));
  } catch {
    return false; // released between the two looks: the next attempt takes it
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH';
  }
}

/** @param {string} path */
function waitedTooLong(path) {
  return `Another start has been installing for ${heldAtMost_ms / 60_000} minutes. ` +
    `If none is running, delete ${path} and start again.`;
}
