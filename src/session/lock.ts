/**
 * Locks of runs: files that name the process which holds them and when that process started, so
 * that a lock left by a killed run is recognised, even where its process id is in use again.
 */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { isSameProcess, type StartMarks, startOf } from '../machine/process_identity.ts';

/** Who holds a lock. */
export interface Holder {
  readonly pid: number;
  readonly start: StartMarks;
  readonly host: string;
  readonly since: string;
  /** The document that the run writes. */
  readonly document: string;
}

/** A lock that this process holds. */
export interface Lock {
  release(): void;
}

/** A lock, or whoever holds it. */
export type Taken = { readonly lock: Lock } | { readonly holder: Holder };

/** Most runs at once that are kept apart. */
const slots = 16;

/** Takes the lock file at `path` for the run that writes `document`. Never waits. */
export function takeLock(path: string, document: string): Taken {
  mkdirSync(dirname(path), { recursive: true });
  const own = describeSelf(document);
  const draft = `${path}.${process.pid}.new`;
  writeFileSync(draft, own);
  try {
    // A link, unlike a write, shows the lock and its content in one step.
    for (let attempt = 0; attempt < slots; attempt++) {
      if (tryLink(draft, path)) return { lock: lockOf(path, own) };
      const holder = holderOf(path);
      if (holder !== null) return { holder };
      setAside(path);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  throw new Error(`The lock ${path} changes hands too fast to be taken: start again.`);
}

/**
 * Takes a place among the runs of this machine. Where others measure and `beside` is not set, the
 * first of them is answered; with `beside` this run is let in all the same.
 */
export function takePlace(
  folder: string,
  document: string,
  beside: boolean,
): { readonly lock: Lock; readonly others: readonly Holder[] } | { readonly holder: Holder } {
  const paths = Array.from({ length: slots }, (_, i) => join(folder, `run-${i + 1}.lock`));
  const others = paths.map(holderOf).filter((holder) => holder !== null);
  if (others.length > 0 && !beside) return { holder: others[0]! };
  for (const path of paths) {
    const taken = takeLock(path, document);
    if ('lock' in taken) return { lock: taken.lock, others };
    if (!beside) return taken;
    if (!others.some(({ pid }) => pid === taken.holder.pid)) others.push(taken.holder);
  }
  return { holder: others[0]! };
}

/** Who holds a lock file; null where there is none, or whoever wrote it has ended. */
export function holderOf(path: string): Holder | null {
  let holder: Holder;
  try {
    holder = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
  const isHolder = Number.isSafeInteger(holder?.pid) && holder.pid > 0 &&
    typeof holder.start === 'object' && holder.start !== null;
  // A checkout may be shared between machines; what runs on another one does not disturb this one.
  if (!isHolder || holder.host !== os.hostname()) return null;
  return isSameProcess(holder.pid, holder.start) ? holder : null;
}

function describeSelf(document: string): string {
  const holder: Holder = {
    pid: process.pid,
    start: startOf(process.pid) ?? { proc: null, ps: null },
    host: os.hostname(),
    since: new Date().toISOString(),
    document,
  };
  return `${JSON.stringify(holder)}\n`;
}

function tryLink(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes a lock that was left behind out of the way; puts it back where it has just been taken. */
function setAside(path: string): void {
  const aside = `${path}.${process.pid}.old`;
  try {
    renameSync(path, aside);
    if (holderOf(aside) !== null) tryLink(aside, path);
  } catch {
    // Somebody else was faster.
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Locks of this process go when it ends, in whichever way it is told. */
function lockOf(path: string, own: string): Lock {
  const release = () => {
    process.off('exit', release);
    try {
      if (readFileSync(path, 'utf8') === own) rmSync(path, { force: true });
    } catch {
      // Somebody took it away.
    }
  };
  process.on('exit', release);
  return { release };
}
