/** A run of more cases than a page shows at once. */
import type { Document } from '../../src/results/schema.ts';
import { buildArm, buildRun } from '../golden/build_run.ts';
import { eightRounds } from '../golden/sample_run.ts';

const labels = ['deno', 'bun', 'node'].flatMap((runtime) =>
  ['ffi', 'napi', 'wasm'].map((mechanism) => `${runtime}.${mechanism}`)
);
const args = 60;

/** The empty call and calls of many counts of arguments, each in nine lanes. */
export function largeRun(): Document {
  const cases = (cost: number) =>
    Object.fromEntries(labels.map((label, index) => [label, { costs: eightRounds(cost + index) }]));
  return buildRun(labels.map((label) => buildArm(label)), [
    { task: 'call.noop', cases: cases(3) },
    ...Array.from({ length: args }, (_, count) => ({
      task: 'call.i32_args',
      params: { args: count },
      sweep: 'args',
      cases: cases(4 + count),
    })),
  ]);
}
