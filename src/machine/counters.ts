/**
 * The processor's own counters of a worker, where system and machine have them. The tool counts
 * from outside: a worker that opened counters would call another function of the library before it
 * measures.
 */
import process from 'node:process';
import type { OpenLane } from '../catalogue/lane.ts';

/** What a processor did for a process, outside of the kernel. */
export interface Counts {
  readonly instructions: number;
  readonly cycles: number;
}

/** Counts for one process at a time. */
export interface Counters {
  /** Begins to count for a process, and ends to count for any other. */
  start(pid: number): void;
  /** The counts so far; null where there are none. */
  read(): Counts | null;
}

/** Counters, or why there are none. */
export type FoundCounters =
  | { readonly counters: Counters; readonly reason: null }
  | { readonly counters: null; readonly reason: string };

/** What the errno of perf_event_open(2) means here; its manual lists them. */
const meanings: Readonly<Record<number, string>> = {
  1: 'the system does not let this user count (see kernel.perf_event_paranoid)',
  2: 'this machine offers none, as virtual machines often do',
  13: 'the system does not let this user count (see kernel.perf_event_paranoid)',
  19: 'this machine offers none',
  38: 'this system offers none; only Linux is asked',
  95: 'this processor offers none',
};

/** Finds out through the library whether this machine counts, by counting for the tool itself. */
export function findCounters(lane: OpenLane | null): FoundCounters {
  if (lane === null) {
    return { counters: null, reason: 'the library could not be opened in the tool to ask' };
  }
  const [begin, read] = [lane.call('counters_start'), lane.call('counters_read')];
  const problem = begin(process.pid);
  begin(0);
  if (problem !== 0) {
    const reason = meanings[problem] ?? `perf_event_open gave error ${problem}`;
    return { counters: null, reason };
  }
  const counts = new Float64Array(2);
  return {
    reason: null,
    counters: {
      start: (pid) => void begin(pid),
      read() {
        if (read(counts) !== 0) return null;
        const [instructions, cycles] = counts as unknown as [number, number];
        return Number.isFinite(instructions + cycles) ? { instructions, cycles } : null;
      },
    },
  };
}

/** What was counted between two readings. */
export function countsBetween(before: Counts | null, after: Counts | null): Counts | null {
  if (before === null || after === null) return null;
  return {
    instructions: after.instructions - before.instructions,
    cycles: after.cycles - before.cycles,
  };
}
