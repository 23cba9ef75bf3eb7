/**
 * Calls a kernel that loops from a place that has called other functions before, so that V8 does
 * not inline it there. Called directly, it is inlined by V8's middle compiler after some 500 calls.
 * The code that V8 had optimized for the kernel alone is then not used, and the inlined loop counts
 * towards no better code: in Deno a sum over 100,000 numbers takes five times as long for seconds.
 * `list_sum.handler` shows that course; all other cases are measured past it, by this.
 */

/** From so many steps on a kernel is called apart: by then the 12 ns of it are under 2 %. */
export const leastApart = 1000;

/** Calls until V8 keeps feedback on a call site: it begins after some hundred bytes of bytecode. */
const callsBefore = 400;

// A kernel takes what its task passes; the call hands on as many arguments as any kernel takes.
// deno-lint-ignore no-explicit-any
type Kernel = (...args: any[]) => unknown;

/** The kernel behind a call site of its own, or the kernel itself where it takes few steps. */
export function apart<K extends Kernel>(steps: number, kernel: K): K {
  if (steps < leastApart) return kernel;
  const first: Kernel = () => 0;
  const second: Kernel = () => 1;
  let target = first;
  const call: Kernel = (a, b, c, d, e) => target(a, b, c, d, e);
  for (let i = 0; i < callsBefore; i++) {
    target = i % 2 === 0 ? first : second;
    call();
  }
  target = kernel;
  return call as K;
}

/** A kernel whose second argument is the number of its steps, called apart where they are many. */
export function apartWhereLong<K extends (input: never, steps: number) => unknown>(kernel: K): K {
  const far = apart(leastApart, kernel);
  const choose: Kernel = (input: never, steps: number) =>
    steps < leastApart ? kernel(input, steps) : far(input, steps);
  return choose as K;
}
