/**
 * Which process a process id stands for. Ids are used again, so that an id alone does not tell
 * whether the process that wrote it down still lives: the time it started does.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';

/** When a process started, in the words of those who know here; null where they do not. */
export interface StartMarks {
  /** Boot of the machine and clock ticks since, from /proc. */
  readonly proc: string | null;
  /** Time of day, from `ps`: for systems and permissions without /proc. */
  readonly ps: string | null;
}

/** The start of a living process; null where there is none of that id, or only its corpse. */
export function startOf(pid: number): StartMarks | null {
  if (!isThere(pid)) return null;
  const proc = startInProc(pid);
  if (proc === 'ended') return null;
  const ps = startByPs(pid);
  return ps === 'ended' ? null : { proc, ps };
}

/** Whether the process with this id is the one that had these marks. Unknown counts as the same. */
export function isSameProcess(pid: number, marks: StartMarks): boolean {
  const now = startOf(pid);
  if (now === null) return false;
  if (now.proc !== null && marks.proc !== null) return now.proc === marks.proc;
  if (now.ps !== null && marks.ps !== null) return now.ps === marks.ps;
  return true;
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** States of a process that does nothing any more: a zombie, or dead. */
const endedStates = /^[ZX]/;

function startInProc(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything; the state is the first field after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return endedStates.test(fields[0]!) ? 'ended' : `${boot} ${fields[19]}`;
  } catch {
    return null;
  }
}

function startByPs(pid: number): string | null {
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
