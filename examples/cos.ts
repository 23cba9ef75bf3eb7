/**
 * What libm's cosine is held against: the engine's own.
 *
 *     ffi-bench call libm.so.6 "double cos(double x)" --against examples/cos.ts#cos
 */

/** The cosine, as the runtime has it. */
export function cos(x: number): number {
  return Math.cos(x);
}
