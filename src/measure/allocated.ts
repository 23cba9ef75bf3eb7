/** How much the engine has allocated, where it counts that. */
import type v8 from 'node:v8';
import { builtInNow } from '../../runtimes/host/built_in.ts';

/** All bytes that were ever allocated; null where the engine does not count them. */
export type AllocationCounter = () => number | null;

/** Counts nothing. */
export const noAllocations: AllocationCounter = () => null;

/** Counts nothing, since the engine does not. */
export const uncountable: AllocationCounter = () => null;

/** V8 counts all bytes ever allocated; other engines return nothing here, or the heap's size. */
function totalAllocated(engine: typeof v8 | null): number {
  const statistics = engine?.getHeapStatistics() as { total_allocated_bytes?: number } | undefined;
  return statistics?.total_allocated_bytes ?? 0;
}

const trialArrays = 500;
const trialElements = 1000;

/**
 * A counter of the bytes that the engine allocates on its heap, or one that returns null. It is put
 * to the test first: what is allocated and dropped must still be counted after `collect`.
 */
export function allocationCounter(collect: () => void): AllocationCounter {
  const engine = builtInNow<typeof v8>('node:v8');
  const before = totalAllocated(engine);
  let kept: number[] = [];
  for (let i = 0; i < trialArrays; i++) kept = new Array(trialElements).fill(kept.length);
  collect();
  const counted = totalAllocated(engine) - before;
  // A pointer takes four bytes or eight.
  return counted >= trialArrays * trialElements * 4 ? () => totalAllocated(engine) : uncountable;
}
