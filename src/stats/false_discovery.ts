/**
 * Correction of many verdicts at once. With n rounds the smallest p of a sign test is 2^(1-n), so a
 * correction per comparison would forbid every verdict; the false discovery rate does not.
 */

/**
 * Adjusted p-values of Benjamini and Hochberg 1995, "Controlling the False Discovery Rate", in the
 * order given: rejecting those under q keeps the expected share of false verdicts under q where the
 * comparisons are independent, or depend positively as in Benjamini and Yekutieli 2001.
 * Two comparisons that share an arm, once as arm and once as base, depend negatively, so that the
 * share over a run is about q and not surely under it.
 * Throws RangeError on a p outside 0 to 1.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const bad = pValues.find((p) => !(p >= 0 && p <= 1));
  if (bad !== undefined) throw new RangeError(`A p-value lies between 0 and 1, not at ${bad}.`);
  const descending = pValues.map((p, index) => ({ p, index })).sort((a, b) => b.p - a.p);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let least = 1;
  for (const [place, { p, index }] of descending.entries()) {
    least = Math.min(least, (p * pValues.length) / (pValues.length - place));
    adjusted[index] = least;
  }
  return adjusted;
}
