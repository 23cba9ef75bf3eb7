/** How much the engine has allocated, where it counts that. */
import { gc } from 'mitata/src/lib.mjs';
import v8 from 'node:v8';

/** V8 counts all bytes ever allocated; other engines answer nothing here, or the heap's size. */
function totalAllocated(): number {
  const { total_allocated_bytes: total } = v8.getHeapStatistics() as {
    total_allocated_bytes?: number;
  };
  return total ?? 0;
}

const trialArrays = 500;
const trialElements = 1000;

/**
 * A counter of the bytes that the engine allocates on its heap, or one that answers null. It is put
 * to the test first: what is allocated and dropped must still be counted after a collection.
 */
export function allocationCounter(): () => number | null {
  const before = totalAllocated();
  let kept: number[] = [];
  for (let i = 0; i < trialArrays; i++) kept = new Array(trialElements).fill(kept.length);
  gc();
  const counted = totalAllocated() - before;
  // A pointer takes four bytes or eight.
  return counted >= trialArrays * trialElements * 4 ? totalAllocated : () => null;
}
