/**
 * Decides when a launch has warmed up: a pure state machine over the durations of its batches.
 *
 * Optimizing compilers work in steps, with plateaus between them, so a warm-up that only looks for
 * agreement stops on a plateau. It therefore also lasts a least time and a least number of calls.
 */

/** When warming up may end. */
export interface WarmUpBudget {
  /** Time that a warm-up takes at the least, in ns. */
  readonly minNs: number;
  /** Calls that it makes at the least, unless they take over `patience` times that time. */
  readonly minCalls: number;
  /** Time that it takes at the least where a call takes over `slowCallNs`, in ns. */
  readonly slowNs: number;
  /** Time after which it ends in any case, in ns. */
  readonly maxNs: number;
}

/** Length of a window whose medians are compared, in ns. */
export const windowNs = 8e6;
/** Batches that a window holds at the least. */
const windowBatches = 3;
/** Windows that must agree, and how well: greatest over least median. */
const windowsAgreeing = 3;
const agreement = 1.03;
/** How far above the best window the last may lie, where they do not agree among themselves. */
const disturbance = 1.15;

/** Calls longer than this are mostly loops of their own, in ns, in JavaScript or in C. */
export const slowCallNs = 5000;
/** Times the least time that calls may take that are too few yet. */
const patience = 1.5;

/** Follows a warm-up batch by batch. */
export interface WarmUp {
  /** Takes one batch; answers whether the warm-up is over. */
  add(durationNs: number, calls: number): boolean;
  /** Whether it ended because the windows agreed, and not because its time was up. */
  readonly steady: boolean;
  readonly calls: number;
  readonly elapsedNs: number;
}

/** Starts following a warm-up. */
export function followWarmUp(budget: WarmUpBudget): WarmUp {
  let window: number[] = [];
  let windowElapsedNs = 0;
  const medians: number[] = [];
  const state = { steady: false, calls: 0, elapsedNs: 0, add };

  function add(durationNs: number, calls: number): boolean {
    state.calls += calls;
    state.elapsedNs += durationNs;
    windowElapsedNs += durationNs;
    window.push(durationNs / calls);
    if (windowElapsedNs < windowNs || window.length < windowBatches) return false;
    medians.push(middle(window));
    window = [];
    windowElapsedNs = 0;
    if (state.elapsedNs >= budget.maxNs) {
      state.steady = settled(medians);
      return true;
    }
    state.steady = state.elapsedNs >= leastNs(budget, state.elapsedNs / state.calls) &&
      settled(medians);
    return state.steady;
  }
  return state;
}

/** The lower middle value; the array is sorted in place. */
function middle(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[(values.length - 1) >> 1]!;
}

/** Time that a warm-up takes at the least where a call takes `perCallNs`, in ns. */
function leastNs({ minNs, minCalls, slowNs }: WarmUpBudget, perCallNs: number): number {
  if (perCallNs > slowCallNs) return slowNs;
  return Math.min(Math.max(minNs, minCalls * perCallNs), minNs * patience);
}

/**
 * Whether the last windows lie close together, or, on a machine that does not hold still, have come
 * back to the best that was seen and brought nothing better.
 */
function settled(medians: readonly number[]): boolean {
  if (medians.length < windowsAgreeing) return false;
  const last = medians.slice(-windowsAgreeing);
  const lowest = Math.min(...last);
  if (Math.max(...last) <= lowest * agreement) return true;
  const before = Math.min(...medians.slice(0, -windowsAgreeing));
  return before <= lowest * agreement && lowest <= before * disturbance;
}
