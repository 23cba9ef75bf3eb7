/** Tests of figures and comparisons that are made of counts of instructions. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareDocuments, instructionsOver } from '../../src/analysis/comparison.ts';
import { derive } from '../../src/analysis/derive.ts';
import { instructionChange } from '../../src/analysis/instruction_change.ts';
import { schemaFaults } from '../../src/results/check.ts';
import { Derived } from '../../src/results/schema_derived.ts';
import type { Document, Instructions } from '../../src/results/schema.ts';
import { instructionChangeText, instructionsText } from '../../src/report/words/instructions.ts';
import { buildArm, buildRun } from '../golden/build_run.ts';
import { eightRounds } from '../golden/sample_run.ts';

/** An exact count: so many in generated code and two in the library. */
function exactly(generated: number, more: Partial<Instructions> = {}): Instructions {
  const count = generated + 2;
  return {
    per_call: { low: count, high: count, exact: true },
    regions: [
      { region: 'generated', file: null, low: generated, high: generated },
      { region: 'library', file: 'libffibench.so', low: 2, high: 2 },
    ],
    launches: 2,
    reason: null,
    ...more,
  };
}

/** A run of call.noop and a sweep, whose counts are given by case. */
function run(counts: Readonly<Record<string, Instructions>>): Document {
  const rows = [
    { task: 'call.noop', cases: { 'deno.ffi': { costs: eightRounds(4) } } },
    ...[16, 64, 256].map((bytes) => ({
      task: 'buffer.touch',
      params: { bytes },
      sweep: 'bytes',
      cases: { 'deno.ffi': { costs: eightRounds(9) } },
    })),
  ];
  const { derived: _, ...raw } = buildRun([buildArm('deno.ffi')], rows);
  const cases = raw.cases.map((item) => ({ ...item, instructions: counts[item.case] ?? null }));
  return { ...raw, cases, derived: derive({ ...raw, cases }) };
}

test('what a case adds to an empty call, and how a sweep grows, is told of exact counts', () => {
  const { derived } = run({
    'call.noop': exactly(38),
    'buffer.touch[16]': exactly(54),
    'buffer.touch[64]': exactly(78),
    'buffer.touch[256]': exactly(174),
  });
  assert.deepEqual(schemaFaults(Derived, derived), []);
  assert.deepEqual(derived.failures, []);
  assert.deepEqual(derived.instruction_prices[0], {
    case: 'buffer.touch[16]',
    arm: 'deno.ffi',
    instructions: 56,
    noop: 40,
    adds: 16,
  });
  const [model] = derived.instruction_models;
  assert.deepEqual([model!.fixed, model!.per_unit, model!.off_by], [48, 0.5, 0]);
});

test('a count that is not exact is no price, and no part of a model', () => {
  const loose = { ...exactly(54), per_call: { low: 56, high: 60, exact: false } };
  const { derived } = run({
    'call.noop': exactly(38),
    'buffer.touch[16]': loose,
    'buffer.touch[64]': exactly(78),
    'buffer.touch[256]': exactly(174),
  });
  assert.deepEqual(derived.instruction_prices.map((price) => price.case), [
    ...['buffer.touch[64]', 'buffer.touch[256]'],
  ]);
  assert.deepEqual(derived.instruction_models, []);
});

test('a change of instructions is certain where the counts part, and told by region', () => {
  const change = instructionChange(exactly(47), exactly(59))!;
  assert.equal(change.verdict, 'more');
  assert.equal(
    instructionChangeText(change, 'Deno'),
    '49 → 61 instructions, +12 in generated code',
  );
  assert.equal(instructionChange(exactly(47), exactly(47))!.verdict, 'equal');
  assert.equal(instructionChange(exactly(59), exactly(47))!.verdict, 'fewer');
  const loose = { ...exactly(47), per_call: { low: 48, high: 62, exact: false } };
  assert.equal(instructionChange(exactly(47), loose)!.verdict, 'not_exact');
  const none = { ...exactly(47), reason: 'no trap arrives' };
  assert.equal(instructionChange(exactly(47), none), null);
  assert.equal(instructionsText(none, 'Deno'), 'not counted: no trap arrives');
});

test('a comparison holds more instructions to a limit, whatever the costs are', () => {
  const before = run({ 'call.noop': exactly(98) });
  const after = run({ 'call.noop': exactly(99) });
  const compared = compareDocuments(before, after);
  assert.equal(compared.counted.length, 1);
  assert.deepEqual(instructionsOver(compared, 0).map((one) => one.case), ['call.noop']);
  assert.deepEqual(instructionsOver(compared, 0.01), []);
  assert.deepEqual(instructionsOver(compareDocuments(after, before), 0), []);
});
