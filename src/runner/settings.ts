/** How long and how often a launch measures: the numbers behind the rules, each once. */
import { type HostName, hosts } from '../../runtimes/registry.ts';
import type { Budget } from '../measure/clock.ts';

/** Time that a batch should last: the clock steps by 10 to 40 ns and costs up to 140 ns to read. */
export const batchNs = 250_000;

/** A launch that takes longer than this is killed, in ms. */
export const launchTimeoutMs = 60_000;

/**
 * Memory that a launch may take, in bytes, where the system can bound it: well over what engines
 * reserve (6 GB in Bun), and a stop for a kernel that allocates for ever.
 */
export const launchMemoryBytes = 16 * 2 ** 30;

/** What a launch is held to unless somebody says otherwise. */
export const launchLimits = { timeoutMs: launchTimeoutMs, memoryBytes: launchMemoryBytes } as const;

/** Launches of one case in a row that may fail before the case is given up. */
export const failuresInARow = 3;

/** Times the shortest warm-up of a runtime that calls take which are slow by themselves. */
const slowWarmUp = 1.5;

/** What a launch of a runtime may spend. */
export function budgetOf(runtime: HostName): Budget {
  const minNs = hosts[runtime].warmUpMs * 1e6;
  return {
    warmUp: { minNs, minCalls: 200_000, slowNs: minNs * slowWarmUp, maxNs: 800e6 },
    measureNs: 85e6,
    minBatches: 12,
  };
}
