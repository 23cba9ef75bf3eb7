/** Times a chain of dependent adds, one clock cycle each: what a cycle lasts beside a case. */
import { now } from './mitata.ts';

/** Adds per timing, long enough for the clock's step and short beside a launch. */
const adds = 200_000;
const tries = 5;

/** A function that answers the duration of one add of the library's chain, in ns. */
export function chainNsPerCycle(spinChain: (adds: number) => number): () => number {
  return () => {
    let best = Infinity;
    for (let i = 0; i < tries; i++) {
      const start = now();
      spinChain(adds);
      best = Math.min(best, (now() - start) / adds);
    }
    return best;
  };
}
