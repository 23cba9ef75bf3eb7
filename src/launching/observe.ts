/** What the system knows of a worker, to be asked while it lives: it ends with the process. */
import { readFileSync } from 'node:fs';
import { type Counters, type Counts, countsBetween } from '../machine/counters.ts';
import type { Follower } from './reader.ts';

/** What was seen of a worker from outside. */
export interface Observed {
  /**
   * How often the system took the processor from its main thread until it had measured; null where
   * the system does not tell.
   */
  readonly involuntarySwitches: number | null;
  /** What the processor did for it from when it was verified until it had measured, or null. */
  readonly counts: Counts | null;
}

export const nothingObserved: Observed = { involuntarySwitches: null, counts: null };

/** Starts observing a worker; `look` is to be called whenever it has said something. */
export function observe(pid: number | undefined, counters: Counters | null) {
  let before: Counts | null = null;
  let observed = nothingObserved;
  if (pid !== undefined) counters?.start(pid);
  return {
    look(follower: Follower): void {
      if (observed !== nothingObserved) return;
      if (follower.measured() !== null) {
        const counts = countsBetween(before, counters?.read() ?? null);
        observed = { involuntarySwitches: involuntarySwitches(pid), counts };
      } else if (follower.messages().at(-1)?.type === 'verified') {
        before = counters?.read() ?? null;
      }
    },
    observed: () => observed,
  };
}

/** Switches that the system forced on a process so far. Linux tells them of others. */
function involuntarySwitches(pid: number | undefined): number | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^nonvoluntary_ctxt_switches:\s*(\d+)/m.exec(status)![1]);
  } catch {
    return null;
  }
}
