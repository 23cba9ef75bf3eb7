/** How many calls make a batch. */

/** The power of two of calls that comes nearest to `targetNs`, at least one. */
export function batchFor(perCallNs: number, targetNs: number): number {
  return 2 ** Math.max(0, Math.round(Math.log2(targetNs / perCallNs)));
}
