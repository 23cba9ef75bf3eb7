/** Tests of documents set beside each other, in memory and on disk. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { renderMerged } from '../../src/report/merged.ts';
import { schemaFaults } from '../../src/results/check.ts';
import { InputError } from '../../src/results/input_error.ts';
import { documentSchemaFile, Merged, mergeDocuments } from '../../src/results/merge.ts';
import { openResult, parseResult } from '../../src/analysis/open.ts';
import { writeMerged } from '../../src/results/merged_document.ts';
import type { Document } from '../../src/results/schema.ts';
import { buildArm, buildRun } from '../golden/build_run.ts';
import { eightRounds } from '../golden/sample_run.ts';

function run(cpuModel: string, cost: number): Document {
  const document = buildRun([buildArm('deno.ffi')], [
    { task: 'call.noop', cases: { 'deno.ffi': { costs: eightRounds(cost) } } },
  ]);
  const { provenance } = document;
  const machine = { ...provenance.machine, cpu_model: cpuModel };
  return { ...document, id: `${cpuModel} ${cost}`, provenance: { ...provenance, machine } };
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
  assert.deepEqual(merged.disagreements, [{ what: 'tool_commit', found: ['0123456', '999'] }]);
  assert.match(
    renderMerged(merged),
    /The tool commit differs: Alpha linux x64: 0123456; Beta linux x64: 999\./,
  );
});

const two = mergeDocuments([run('Alpha', 4), run('Beta', 2)]);

function refusal(change: (copy: Record<string, unknown> & typeof two) => void): string {
  const copy = structuredClone(two);
  change(copy as Record<string, unknown> & typeof two);
  try {
    parseResult(JSON.stringify(copy), 'merged.json');
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    return error.message;
  }
  throw new Error('The document was not refused.');
}

test('mergeDocuments takes each run once', () => {
  assert.throws(() => mergeDocuments([run('Alpha', 4), run('Alpha', 4)]), /is named twice/);
});

test('readResult reads what writeMerged writes, and what is one document alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ffi-bench-test-'));
  try {
    const path = join(folder, 'merged.json');
    writeMerged(path, two);
    const { kind, members } = openResult(path);
    assert.equal(kind, 'merged');
    assert.deepEqual(JSON.parse(JSON.stringify(members)), JSON.parse(JSON.stringify(two.members)));
    assert.throws(() => writeMerged(path, two), /exists already; --force/);
    const launches = readFileSync(path, 'utf8').split('\n')
      .filter((line) => line.includes('"started_at":"2026'));
    assert.equal(launches.length, 16);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const alone = parseResult(JSON.stringify(run('Alpha', 4)), 'run.json');
  assert.deepEqual([alone.kind, alone.members[0]!.label], ['document', 'Alpha linux x64']);
});

test('readResult names the member and the place of what is wrong', () => {
  const first = (copy: typeof two) => copy.members[1]!.document;
  assert.match(
    refusal((copy) => first(copy).raw.launches[2]!.wall_ms = -1),
    /^merged\.json, \/members\/1\/document is not .*\/raw\/launches\/2\/wall_ms is -1/,
  );
  assert.match(
    refusal((copy) => (first(copy) as { schema: string }).schema = 'ffi-bench/v9'),
    /members\/1\/document, \/schema: "ffi-bench\/v9" is not a version/,
  );
  assert.match(
    refusal((copy) => copy.members[1]!.label = copy.members[0]!.label),
    /label repeats/,
  );
  assert.match(refusal((copy) => copy.members.pop()), /\/members is/);
  assert.match(refusal((copy) => copy.extra = 1), /unknown field "extra"/);
  assert.match(refusal((copy) => copy.members[0]!.label = '<b>'), /\/members\/0\/label is "<b>"/);
});

test('ajv accepts a merged document by the published schemas', () => {
  const schema = (name: string) =>
    JSON.parse(readFileSync(join(import.meta.dirname, '../../schema', name), 'utf8'));
  const ajv = new Ajv2020({ allErrors: true });
  ajv.addSchema(schema(documentSchemaFile), documentSchemaFile);
  const validate = ajv.compile(schema('ffi-bench-merged-v2.schema.json'));
  assert.ok(validate(JSON.parse(JSON.stringify(two))), JSON.stringify(validate.errors));
  const wrong = structuredClone(two);
  wrong.members[0]!.document.raw.launches[0]!.wall_ms = -1;
  assert.ok(!validate(wrong));
});
