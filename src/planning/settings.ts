/** How long and how often a launch measures: the numbers behind the rules, each once. */

/** Time that a batch should last, in ns, and within which a pilot's batch is taken as it is. */
export const batchNs = { target: 250_000, least: 100_000, most: 500_000 } as const;

/** Time that a launch measures after it has settled, in ns. */
export const measureNs = 85e6;

/** Batches that a launch should have after it has settled, whatever they last. */
export const leastBatches = 16;

/** Time that a pilot gives a case to settle and to show that it has, in ns. */
export const pilotNs = 900e6;

/** What a launch is given to settle: as long as its pilot took, times this, and this much more. */
export const settleMargin = { factor: 1.4, ns: 25e6 } as const;

/** Pilots of one case at the most: one that guesses the batch, and some that try it. */
export const mostPilotTries = 3;

/** Launches of one round that are made where the core was not free for long enough. */
export const mostAttempts = 3;

/** What decides how long is measured: a journal resumes only under the same. */
export const budgets = {
  batchNs,
  measureNs,
  leastBatches,
  pilotNs,
  settleMargin,
  mostAttempts,
} as const;

/** A launch that takes longer than this is killed, in ms. */
export const launchTimeoutMs = 60_000;

/**
 * Memory that a launch may take, in bytes, where the system can bound it: well over what engines
 * reserve (6 GB in Bun), and a stop for a kernel that allocates for ever.
 */
export const launchMemoryBytes = 16 * 2 ** 30;

/** What a launch is held to unless a test asks for less. */
export const launchLimits = { timeoutMs: launchTimeoutMs, memoryBytes: launchMemoryBytes } as const;

/**
 * A launch that counts instructions: the processor time that its stretches may take together, and
 * what it is given to settle, which is no more than that, in ns; and when it is killed, in ms.
 */
export const stepping = {
  mostStepNs: 1500e6,
  settleMargin: { factor: 2, ns: 40e6 },
  timeoutMs: 20_000,
} as const;

/** Launches of one case in a row that may fail before the case is given up. */
export const failuresInARow = 3;
