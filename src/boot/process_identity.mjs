// Which process a process id stands for. Ids are used again, so that an id alone does not tell
// whether the process that wrote it down still lives: the time it started does.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';

/**
 * When a process started, as far as this system tells; null where it does not.
 * @typedef {object} StartMarks
 * @property {string | null} proc boot of the machine and clock ticks since, from /proc
 * @property {string | null} ps time of day in UTC, from `ps`: for systems and permissions without
 * /proc
 */

/**
 * The start of a living process; null where there is none of that id, or it has ended already.
 * @param {number} pid
 * @returns {StartMarks | null}
 */
export function startOf(pid) {
  if (!isThere(pid)) return null;
  const proc = startInProc(pid);
  if (proc === 'ended') return null;
  const ps = startByPs(pid);
  return ps === 'ended' ? null : { proc, ps };
}

/**
 * Whether the process with this id is the one that had these marks. Unknown counts as the same.
 * @param {number} pid
 * @param {StartMarks} marks
 */
export function isSameProcess(pid, marks) {
  if (!isThere(pid)) return false;
  const proc = startInProc(pid);
  if (proc === 'ended') return false;
  if (proc !== null && marks.proc !== null) return proc === marks.proc;
  const ps = startByPs(pid);
  if (ps === 'ended') return false;
  return ps === null || marks.ps === null || isSameTime(ps, marks.ps);
}

/** @param {number} pid */
function isThere(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** States of a process that does nothing any more: a zombie, or dead. */
const endedStates = /^[ZX]/;

/**
 * @param {number} pid
 * @returns {string | null}
 */
function startInProc(pid) {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything; the state is the first field after it.
    const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return endedStates.test(state) ? 'ended' : `${boot} ${fields[18]}`;
  } catch {
    return null;
  }
}

/**
 * @param {number} pid
 * @returns {string | null}
 */
function startByPs(pid) {
  try {
    const said = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 5000,
    }).trim();
    const [state, start] = [said.split(/\s+/)[0] ?? '', said.replace(/^\S+\s+/, '')];
    return endedStates.test(state) ? 'ended' : start || null;
  } catch {
    return null;
  }
}

/** `ps` adds whole seconds to the time of boot, which a set clock moves: it may differ by some. */
const slack_ms = 2000;

/**
 * @param {string} a
 * @param {string} b
 */
function isSameTime(a, b) {
  return a === b || Math.abs(Date.parse(`${a} UTC`) - Date.parse(`${b} UTC`)) <= slack_ms;
}
