/**
 * The clock that mitata is given: it records every batch in time order, watches the warm-up, and
 * ends the loop when it has seen enough.
 *
 * mitata reads it exactly twice per batch, before and after; everything here happens outside of
 * what is timed. Answering Infinity ends mitata's loop, because the time it adds up is then over
 * its limit.
 */
import { followWarmUp, type WarmUpBudget } from './steady.ts';

/** What a launch may spend. */
export interface Budget {
  readonly warmUp: WarmUpBudget;
  /** Time of the steady part, in ns. */
  readonly measureNs: number;
  /** Batches of the steady part: at least, whatever they last. */
  readonly minBatches: number;
}

/** What one launch recorded. */
export interface Recording {
  readonly warmUp: { readonly calls: number; readonly elapsedNs: number; readonly steady: boolean };
  /** Durations of the steady batches in time order, in ns per batch. */
  readonly batchesNs: Float64Array;
  /** Batches in all, the warm-up's among them. */
  readonly totalBatches: number;
  /** Bytes that the engine allocated during the steady batches; null where it does not count. */
  readonly allocatedBytes: number | null;
}

/** Batches of one launch at the most; the array is made before the loop starts. */
const maxBatches = 1 << 17;
/** A steady part whose last third is faster than this share of its first was still warming up. */
const stillWarming = 0.95;

/** A recording clock, and what it recorded once the loop is over. */
export function recordingClock(
  now: () => number,
  callsPerBatch: number,
  budget: Budget,
  allocated: () => number | null = () => null,
) {
  const durations = new Float64Array(maxBatches);
  const warmUp = followWarmUp(budget.warmUp);
  let isBefore = true;
  let t0 = 0;
  let count = 0;
  let elapsedNs = 0;
  let firstSteady = -1;
  let warmedNs = 0;
  let allocatedBefore: number | null = null;
  let allocatedAfter: number | null = null;

  function beginSteady(): void {
    firstSteady = count;
    warmedNs = elapsedNs;
    allocatedBefore = allocated();
  }

  /** Whether the steady part is long enough; starts it anew where it was still getting faster. */
  function enough(): boolean {
    if (elapsedNs - warmedNs < budget.measureNs || count - firstSteady < budget.minBatches) {
      return false;
    }
    const fasterStill = gotFaster(durations.subarray(firstSteady, count));
    if (!fasterStill || elapsedNs >= budget.warmUp.maxNs) return true;
    beginSteady();
    return false;
  }

  function afterBatch(t1: number): boolean {
    const durationNs = t1 - t0;
    durations[count++] = durationNs;
    elapsedNs += durationNs;
    if (count >= maxBatches) return true;
    if (firstSteady >= 0) return enough();
    if (warmUp.add(durationNs, callsPerBatch)) beginSteady();
    return false;
  }

  /** As `afterBatch`; takes the count of allocations when the loop ends. */
  function isOver(t1: number): boolean {
    const over = afterBatch(t1);
    if (over) allocatedAfter = allocated();
    return over;
  }

  return {
    clock(): number {
      const t = now();
      isBefore = !isBefore;
      if (isBefore) return isOver(t) ? Infinity : t;
      t0 = t;
      return t;
    },
    recording(): Recording {
      const first = Math.max(firstSteady, 0);
      return {
        warmUp: { calls: first * callsPerBatch, elapsedNs: warmedNs, steady: warmUp.steady },
        batchesNs: durations.slice(first, count),
        totalBatches: count,
        allocatedBytes: allocatedBefore === null || allocatedAfter === null
          ? null
          : allocatedAfter - allocatedBefore,
      };
    },
  };
}

/** Whether the last third of some batches ran clearly faster than the first. */
function gotFaster(batchesNs: Float64Array): boolean {
  const third = Math.floor(batchesNs.length / 3);
  const first = median(batchesNs.subarray(0, third));
  const last = median(batchesNs.subarray(batchesNs.length - third));
  return last < first * stillWarming;
}

function median(values: Float64Array): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[sorted.length >> 1]!;
}
