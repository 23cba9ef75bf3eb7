/** Tests of documents set beside each other. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderMerged } from '../../src/report/merged.ts';
import { schemaFaults } from '../../src/results/check.ts';
import { Merged, mergeDocuments } from '../../src/results/merge.ts';
import type { Document } from '../../src/results/schema.ts';
import { buildArm, buildRun } from '../golden/build_run.ts';
import { eightRounds } from '../golden/sample_run.ts';

function run(cpuModel: string, cost: number): Document {
  const document = buildRun([buildArm('deno.ffi')], [
    { task: 'call.noop', cases: { 'deno.ffi': { costs: eightRounds(cost) } } },
  ]);
  const { provenance } = document;
  const machine = { ...provenance.machine, cpu_model: cpuModel };
  return { ...document, provenance: { ...provenance, machine } };
}

test('mergeDocuments of one document throws', () => {
  assert.throws(() => mergeDocuments([run('A', 4)]), RangeError);
});

test('mergeDocuments keeps same-named cases apart by machine, numbered where it repeats', () => {
  const merged = mergeDocuments([run('Alpha', 4), run('Beta', 2), run('Alpha', 4.1)]);
  assert.deepEqual(schemaFaults(Merged, merged), []);
  assert.deepEqual(merged.members.map(({ label }) => label), [
    'Alpha linux x64 #1',
    'Beta linux x64',
    'Alpha linux x64 #2',
  ]);
  assert.deepEqual(merged.disagreements, []);
  assert.deepEqual(renderMerged(merged).split('\n'), [
    ' task      arm      machine               cost     ±',
    '────────────────────────────────────────────────────',
    ' call.noop deno.ffi Alpha linux x64 #1 4.00 ns ±0.7%',
    ' call.noop deno.ffi Beta linux x64     2.00 ns ±0.7%',
    ' call.noop deno.ffi Alpha linux x64 #2 4.10 ns ±0.7%',
    '',
  ]);
});

test('mergeDocuments says which fields should agree and do not', () => {
  const other = run('Beta', 2);
  const { provenance } = other;
  const merged = mergeDocuments([
    run('Alpha', 4),
    { ...other, provenance: { ...provenance, tool: { ...provenance.tool, commit: '999' } } },
  ]);
  assert.deepEqual(merged.disagreements, [
    'The tool commit differs: Alpha linux x64: 0123456; Beta linux x64: 999.',
  ]);
});
