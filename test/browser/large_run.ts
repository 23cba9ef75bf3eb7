/** A run of more cases than a page shows at once. */
import type { Document } from '../../src/results/schema.ts';
import { buildArm, buildRun } from '../golden/build_run.ts';
import { eightRounds } from '../golden/sample_run.ts';

const labels = ['deno', 'bun', 'node'].flatMap((runtime) =>
  ['ffi', 'napi', 'wasm', 'plain'].map((mechanism) => `${runtime}.${mechanism}`)
);
const args = 60;
/** Tasks that are swept over three sizes. */
const swept = 12;

/**
 * The empty call, calls of many counts of arguments, strings of eight sizes and sums over three,
 * each in every lane.
 */
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
    ...[100, 200, 300, 400, 500, 600].map((bytes) => ({
      task: 'string_in.encode_into',
      params: { bytes },
      sweep: 'bytes',
      cases: cases(20 + bytes / 10),
    })),
    ...Array.from({ length: swept }, (_, place) => `buffer.sum${place}`).flatMap((task) =>
      [16, 256, 4096].map((elements) => ({
        task,
        params: { elements },
        sweep: 'elements',
        cases: cases(10 + elements),
      }))
    ),
  ]);
}
