/**
 * Rounding of derived figures: engines differ in the last bit of a logarithm, and no figure here is
 * known to more than a few digits.
 */

/** The number with seven significant digits. */
export function rounded(value: number): number {
  return Number(value.toPrecision(7));
}
