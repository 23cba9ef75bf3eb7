/** A run that answers every question of the block: three runtimes, the floor, jobs and sweeps. */
import type { Document } from '../../src/results/schema.ts';
import { buildArm, buildRun, type BuiltRow } from './build_run.ts';
import { eightRounds } from './sample_run.ts';

const labels = [
  ...['deno.ffi', 'bun.ffi', 'node.ffi', 'deno.napi', 'bun.napi', 'node.napi'],
  ...['deno.wasm', 'bun.wasm', 'node.wasm', 'deno.plain', 'bun.plain', 'node.plain'],
  'native.call',
];

type Costs = Readonly<Record<string, number>>;

function row(task: string, costs: Costs, params: Record<string, number> = {}): BuiltRow {
  const [sweep] = Object.keys(params);
  return {
    task,
    ...(sweep === undefined ? {} : { params, sweep }),
    cases: Object.fromEntries(
      Object.entries(costs).map(([arm, cost]) => [arm, { costs: eightRounds(cost, 0.1) }]),
    ),
  };
}

const sums = (elements: number): Costs => ({
  'deno.ffi': 60 + elements * 0.3,
  'bun.ffi': 10 + elements * 0.12,
  'node.ffi': 300 + elements * 0.3,
  'deno.plain': elements * 0.8,
  'bun.plain': elements * 0.7,
  'node.plain': elements * 0.8,
});

/** The run under a profile; quick tests nothing. */
export function summaryRun(profile: 'quick' | 'default' = 'default'): Document {
  return buildRun(labels.map((label) => buildArm(label)), [
    row('call.noop', { 'deno.ffi': 3.6, 'bun.ffi': 1.62, 'node.ffi': 4.5, 'native.call': 1.96 }),
    row('string_in.encode_into', {
      ...{ 'deno.ffi': 95, 'bun.ffi': 25.5, 'node.ffi': 162 },
      ...{ 'deno.napi': 140, 'bun.napi': 94, 'node.napi': 90 },
      ...{ 'deno.wasm': 95.5, 'bun.wasm': 39, 'node.wasm': 56.5 },
    }, { bytes: 36 }),
    row('string_in.direct', { 'bun.ffi': 30, 'node.ffi': 150 }, { bytes: 36 }),
    row('buffer.touch', {
      ...{ 'deno.ffi': 12.3, 'bun.ffi': 3.1, 'node.ffi': 120 },
      ...{ 'deno.napi': 60, 'bun.napi': 41, 'node.napi': 52 },
    }, { bytes: 64 }),
    ...[100, 1000, 100_000].map((elements) => row('list_sum.refill', sums(elements), { elements })),
  ], profile);
}
