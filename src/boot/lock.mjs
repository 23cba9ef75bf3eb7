// Locks of starts and runs that share a checkout, as files that name the process which holds them.
// No process waits for one that has ended, and none takes the lock of one that may live.
//
// On one host, a process that wants a lock first announces itself, in a file whose name no process
// uses a second time, and then reads who else is announced. It goes on only where no other is.
// Of two that want it at once, the one that announced itself later sees the other: never do both go
// on. The file of an ended process may be removed by anyone at any time, since nothing that lives
// has that name.
//
// Between hosts, the lock is a link at one name, which is made for one and refused to all others.
// It is removed by its holder, or by a process of the holder's host that went through the first
// step and so knows that the holder has ended; never by another host, which cannot know.
import { createHash, randomBytes } from 'node:crypto';
import { linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder } from './folders.mjs';
import { isSameProcess, startOf } from './process_identity.mjs';
import { ProvisionError } from './provision_error.mjs';

/**
 * Who holds a lock.
 * @typedef {object} Holder
 * @property {number} pid
 * @property {import('./process_identity.mjs').StartMarks} start
 * @property {string} host
 * @property {string} since ISO 8601
 * @property {string} document what it is held for: the file that is being made
 *
 * @typedef {object} Lock a lock that this process holds
 * @property {() => void} release
 *
 * @typedef {{ readonly lock: Lock } | { readonly holder: Holder }} Taken a lock, or its holder
 *
 * @typedef {object} Claim a file by which a process announces itself
 * @property {string} path
 * @property {string} text
 */

/** Times that a process looks again whether another one gives way, and the time between, in ms. */
const looks = 100;
const betweenLooks_ms = 5;

/**
 * Takes the lock at `path` for the making of `document`, or tells who holds it. Waits at most half
 * a second, and only for others that ask at the same moment. Throws the file system's error where
 * no lock can be made.
 * @param {string} path
 * @param {string} document
 * @returns {Taken}
 */
export function takeLock(path, document) {
  makeFolder(dirname(path));
  const own = announce(path, document);
  /** @type {Taken | undefined} */
  let taken;
  try {
    taken = contend(path, own);
    return taken;
  } finally {
    if (taken === undefined || 'holder' in taken) rmSync(own.path, { force: true });
  }
}

/**
 * The one whose file has the lesser name stays, and the others give way to it.
 * @param {string} path
 * @param {Claim} own
 * @returns {Taken}
 */
function contend(path, own) {
  for (let look = 0;; look++) {
    const rival = firstRival(path, own);
    if (rival === null) return settle(path, own);
    const { holder, claim } = rival;
    const gives = claim < own.path || look === looks || isLinked(path, holder);
    if (gives) return { holder };
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, betweenLooks_ms);
  }
}

/**
 * Makes the link. No other process of this host is announced: a lock of this host is left behind.
 * @param {string} path
 * @param {Claim} own
 * @returns {Taken}
 */
function settle(path, own) {
  while (!tryLink(own.path, path)) {
    const holder = holderOf(path);
    if (holder !== null) return { holder };
    rmSync(path, { force: true });
  }
  return { lock: lockOf(path, own) };
}

/**
 * Who holds a lock file; null where there is none, or its process has ended. The lock of another
 * host counts as held: only there can it be known.
 * @param {string} path
 * @returns {Holder | null}
 */
export function holderOf(path) {
  const holder = readHolder(path);
  if (holder === null) return null;
  return !isOfThisHost(holder) || isSameProcess(holder.pid, holder.start) ? holder : null;
}

/**
 * Whether a holder's process is one of this host, so that it can be known whether it lives.
 * @param {Holder} holder
 */
export function isOfThisHost({ host }) {
  return host === hostname();
}

/**
 * @param {string} path
 * @returns {Holder | null} null where the file is missing, or holds something else
 */
function readHolder(path) {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8'));
    const isHolder = Number.isSafeInteger(holder?.pid) && holder.pid > 0 &&
      typeof holder.start === 'object' && holder.start !== null &&
      typeof holder.host === 'string';
    return isHolder ? holder : null;
  } catch {
    return null;
  }
}

/** This host in the name of a file. */
export const hostMark = createHash('sha256').update(hostname()).digest('hex').slice(0, 12);

/**
 * What the names of all files begin with by which processes of this host announce themselves.
 * @param {string} path
 */
function claimPrefix(path) {
  const lock = createHash('sha256').update(basename(path)).digest('hex').slice(0, 12);
  return `.ffi-bench-${lock}-${hostMark}.`;
}

/**
 * @param {string} path
 * @param {string} document
 * @returns {Claim}
 */
function announce(path, document) {
  /** @type {Holder} */
  const holder = {
    pid: process.pid,
    start: startOf(process.pid) ?? { proc: null, ps: null },
    host: hostname(),
    since: new Date().toISOString(),
    document,
  };
  const name = `${claimPrefix(path)}${process.pid}.${randomBytes(8).toString('hex')}`;
  const own = { path: join(dirname(path), name), text: `${JSON.stringify(holder)}\n` };
  writeFileSync(own.path, own.text, { flag: 'wx' });
  return own;
}

/**
 * The first other process of this host that is announced and lives. Files of ended ones go.
 * @param {string} path
 * @param {Claim} own
 * @returns {{ readonly claim: string, readonly holder: Holder } | null}
 */
function firstRival(path, own) {
  const folder = dirname(path);
  const prefix = claimPrefix(path);
  const claims = readdirSync(folder).filter((name) => name.startsWith(prefix)).sort()
    .map((name) => join(folder, name)).filter((claim) => claim !== own.path);
  for (const claim of claims) {
    const holder = readHolder(claim) ?? unread(Number(basename(claim).split('.').at(-2)));
    if (isSameProcess(holder.pid, holder.start)) return { claim, holder };
    rmSync(claim, { force: true });
  }
  return null;
}

/**
 * A process whose file is not written to its end yet: its name tells its id.
 * @param {number} pid
 * @returns {Holder}
 */
function unread(pid) {
  const start = { proc: null, ps: null };
  return { pid, start, host: hostname(), since: new Date().toISOString(), document: '' };
}

/**
 * @param {string} path
 * @param {Holder} holder
 */
function isLinked(path, holder) {
  const linked = readHolder(path);
  return linked !== null && linked.pid === holder.pid && linked.since === holder.since;
}

/**
 * @param {string} draft
 * @param {string} path
 */
function tryLink(draft, path) {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * What releases the locks that this process holds. It may hold many at once, and all of them need
 * one listener.
 * @type {Set<() => void>}
 */
const held = new Set();
let isListening = false;

function releaseAll() {
  for (const release of held) release();
}

/**
 * Locks of this process go when it ends, in whichever way it is told.
 * @param {string} path
 * @param {Claim} own
 * @returns {Lock}
 */
function lockOf(path, own) {
  const release = () => {
    held.delete(release);
    try {
      if (readFileSync(path, 'utf8') === own.text) rmSync(path, { force: true });
    } catch {
      // It was removed by hand, or the disk has become read-only.
    }
    try {
      rmSync(own.path, { force: true });
    } catch {
      // The time at which this process started tells others that it was left behind.
    }
  };
  held.add(release);
  if (!isListening) process.on('exit', releaseAll);
  isListening = true;
  return { release };
}

/** Longest time that a start waits for another one, and how often it looks meanwhile. */
const longestWait_ms = 20 * 60_000;
const poll_ms = 200;

/**
 * Runs `work` while holding the lock file at `path`; waits for it where another start holds it.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, work) {
  const lock = await waitForLock(path);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** @param {string} path */
async function waitForLock(path) {
  const giveUpAt = Date.now() + longestWait_ms;
  for (let polls = 0;; polls++) {
    const taken = takeLock(path, path);
    if ('lock' in taken) return taken.lock;
    if (Date.now() > giveUpAt) throw new ProvisionError(waitedTooLong(path, taken.holder));
    const said = `ffi-bench: waiting for ${whoIs(taken.holder)}, which installs the same\n`;
    if (polls === 1) process.stderr.write(said);
    await sleep(poll_ms);
  }
}

/**
 * A holder in words: `process 12 on host, since 2026-01-01T00:00:00.000Z`; the host where it is not
 * this one.
 * @param {Holder} holder
 */
export function whoIs(holder) {
  const { pid, host, since } = holder;
  return `process ${pid}${isOfThisHost(holder) ? '' : ` on ${host}`}, since ${since}`;
}

/**
 * @param {string} path
 * @param {Holder} holder
 */
function waitedTooLong(path, holder) {
  return `Another start (${whoIs(holder)}) has been installing for over ` +
    `${longestWait_ms / 60_000} minutes. If it has ended, delete ${path} and start again.`;
}
