/** Where the cost of a call sits: crossing, conversion, work and collection. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { costPartsOf } from '../../src/analysis/cost_parts.ts';
import { buildArm, buildRun, type BuiltRow } from '../golden/build_run.ts';
import { eightRounds } from '../golden/sample_run.ts';

const steady = (cost: number, sustainedRatio = 1.001) => ({
  costs: eightRounds(cost, 0.001),
  sustainedRatio,
});

function partsOf(...swept: readonly BuiltRow[]) {
  const labels = ['deno.ffi', 'deno.wasm', 'deno.plain', 'native.call'];
  return costPartsOf(buildRun(labels.map((label) => buildArm(label)), [
    {
      task: 'call.noop',
      cases: { 'deno.ffi': steady(3), 'deno.wasm': steady(2), 'native.call': steady(2) },
    },
    ...swept,
  ]));
}

const list = (cases: BuiltRow['cases']): BuiltRow => ({
  task: 'list_sum.refill',
  params: { elements: 1000 },
  sweep: 'elements',
  cases,
});

const near = (got: number | null, want: number) =>
  assert.ok(got !== null && Math.abs(got - want) < want * 0.02 + 0.1, `${got}, not ${want}`);

test('costPartsOf parts a cost into an empty call, the work in C, and the conversion', () => {
  const [found, ...rest] = partsOf(list({
    'deno.ffi': steady(400, 1.5),
    'deno.wasm': steady(500),
    'deno.plain': steady(700),
    'native.call': steady(102),
  }));
  assert.deepEqual(
    [rest.length, found!.arm],
    [0, 'deno.ffi'],
    'neither the floor, WebAssembly nor plain',
  );
  near(found!.crossing, 3);
  near(found!.work, 100);
  near(found!.conversion, 400 - 3 - 100);
  near(found!.collection, 200);
});

test('costPartsOf tells no part that is smaller than the intervals it is made of', () => {
  const [found] = partsOf(list({ 'deno.ffi': steady(103.05), 'native.call': steady(102) }));
  assert.equal(found!.conversion, null);
  assert.equal(found!.collection, null);
});

test('costPartsOf wants the same task in C, and an empty call of the lane', () => {
  assert.deepEqual(partsOf(list({ 'deno.ffi': steady(400) })), []);
  assert.deepEqual(
    costPartsOf(buildRun([buildArm('deno.ffi'), buildArm('native.call')], [
      list({ 'deno.ffi': steady(400), 'native.call': steady(102) }),
    ])),
    [],
  );
});
