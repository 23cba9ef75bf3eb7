/** Rows of a run that sets one ffi lane beside plain JavaScript and machine code, for tests. */
import { buildArm, type BuiltRow } from './build_run.ts';
import { eightRounds } from './sample_run.ts';

/** An ffi lane, plain JavaScript on the same binary, and machine code. */
export const arms = ['deno.ffi', 'deno.plain', 'native.call'].map((label) => buildArm(label));

/** A row of the first two at costs in ns, eight rounds each. */
export function row(
  name: string,
  params: Readonly<Record<string, number | string>>,
  ffi: number,
  plain: number,
  sweep?: string,
): BuiltRow {
  return {
    task: name,
    params,
    ...(sweep ? { sweep } : {}),
    cases: {
      'deno.ffi': { costs: eightRounds(ffi) },
      'deno.plain': { costs: eightRounds(plain) },
    },
  };
}

/** The empty call in all three. */
export const noop: BuiltRow = {
  task: 'call.noop',
  cases: {
    'deno.ffi': { costs: eightRounds(4) },
    'deno.plain': { costs: eightRounds(0.1), folded: true },
    'native.call': { costs: eightRounds(1.1) },
  },
};

/** Costs 50 ns and 1 ns per element natively, 2 ns per element in plain JavaScript. */
export const sums = [10, 100, 1000, 10_000].map((elements) =>
  row('list_sum.refill', { elements }, 50 + elements, 2 * elements, 'elements')
);
