/** Inputs that tasks prepare: of an exact size, the same on every run, with known sums. */

/** Bytes 1, 2, … 251, 1, …: never 0, and no power of two as its period. */
export function pattern(bytes: number): Uint8Array {
  const made = new Uint8Array(bytes);
  for (let i = 0; i < bytes; i++) made[i] = (i % 251) + 1;
  return made;
}

/** Numbers 0, 0.5, 1, …: their sums are exact. */
export function halves(elements: number): Float64Array {
  const made = new Float64Array(elements);
  for (let i = 0; i < elements; i++) made[i] = i * 0.5;
  return made;
}

/** The sum of `halves(elements)`. */
export function halvesSum(elements: number): number {
  return (elements * (elements - 1)) / 4;
}

/** Whole numbers below 2³² in an order without a pattern, the same for the same seed. */
export function scattered(elements: number, seed = 1): Uint32Array {
  const made = new Uint32Array(elements);
  let state = seed;
  for (let i = 0; i < elements; i++) {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    made[i] = mixed ^ (mixed >>> 15);
  }
  return made;
}

/** The most numbers of a sweep: 2²⁸ bytes, and their sums stay exact. */
export const largestNumbers = 2 ** 25;
