// Exports held against those who read them: pyperf itself, and for the others the shapes that they
// publish, written down here from their documentation and not from the exporters.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after, test } from 'node:test';
import { Ajv } from 'ajv';
import { pyperfVariables } from '../../src/check/pyperf.ts';
import { exporters, type ExportFormat } from '../../src/report/export/exporters.ts';
import type { Document } from '../../src/results/schema.ts';
import { buildArm, buildRun } from '../golden/build_run.ts';
import { eightRounds, sampleRun } from '../golden/sample_run.ts';

const folder = mkdtempSync(join(tmpdir(), 'ffi-bench-exports-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The path of a document in a format. */
function exported(format: ExportFormat, document: Document, name: string = format): string {
  const path = join(folder, name);
  writeFileSync(path, exporters[format].render(document));
  return path;
}

/** What pyperf says; throws where it fails. */
function pyperf(...args: string[]): string {
  const python = process.env[pyperfVariables.python];
  const path = process.env[pyperfVariables.folder];
  assert.ok(python && path, 'Run this by "npm test -- --only exports", which provides pyperf.');
  const { status, stdout, stderr } = spawnSync(python, ['-m', 'pyperf', ...args], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: path, PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' },
  });
  assert.equal(status, 0, stderr || stdout);
  return stdout;
}

function run(noopNs: number): Document {
  return buildRun([buildArm('deno.ffi'), buildArm('bun.ffi')], [{
    task: 'call.noop',
    cases: {
      'deno.ffi': { costs: eightRounds(noopNs) },
      'bun.ffi': { costs: eightRounds(1.2) },
    },
  }]);
}

test('pyperf reads every measured case of a run with the same figures', () => {
  const document = sampleRun();
  const path = exported('pyperf', document);
  assert.match(pyperf('show', '--quiet', path), /call\.noop deno\.ffi: Mean \+- std dev: 4\.62 ns/);
  const dump = pyperf('dump', '--quiet', path);
  assert.match(
    dump,
    /^call\.noop deno\.ffi[^]*?Run 8:\s+- value 1: 4\.64 ns\s+call\.noop bun\.ffi/,
  );
  const measured = document.cases.filter((item) => item.status === 'measured' && !item.folded);
  const stats = pyperf('stats', path);
  for (const { case: name, arm } of measured) assert.ok(stats.includes(`${name} ${arm}`), name);
  assert.match(pyperf('metadata', path), /cpu_model_name: AMD EPYC 9R14/);
});

test('pyperf compares two exported runs and finds the change', () => {
  const before = exported('pyperf', run(4), 'before.json');
  const after = exported('pyperf', run(5), 'after.json');
  const said = pyperf('compare_to', before, after);
  assert.match(said, /call\.noop deno\.ffi: .*4\.0\d ns .* -> .*5\.0\d ns .*: 1\.25x slower/s);
  assert.match(said, /not significant \(1\): call\.noop bun\.ffi/);
});

test('Bencher would take the file by the schema of its metric format', () => {
  // The JSON Schema of the Bencher Metric Format (draft 7), and the limits on names beside it.
  const bounds = { type: 'number' };
  const metric = {
    type: 'object',
    properties: { value: bounds, lower_value: bounds, upper_value: bounds },
    required: ['value'],
    additionalProperties: false,
  };
  const validate = new Ajv().compile<unknown>({
    type: 'object',
    propertyNames: { minLength: 1, maxLength: 1024 },
    patternProperties: {
      '.+': {
        type: 'object',
        propertyNames: { minLength: 1, maxLength: 64 },
        patternProperties: { '.+': metric },
      },
    },
  });
  const value: unknown = JSON.parse(exporters.bmf.render(sampleRun()));
  assert.ok(validate(value), JSON.stringify(validate.errors));
  const metrics = Object.values(value as object) as { latency: Record<string, number> }[];
  assert.ok(metrics.length > 10);
  for (const { latency } of metrics) {
    assert.ok(latency.lower_value! <= latency.value! && latency.value! <= latency.upper_value!);
  }
});

test('github-action-benchmark would take the file as customSmallerIsBetter', () => {
  const text = exporters['github-action-benchmark'].render(sampleRun());
  const entries: { name: string; range: string }[] = JSON.parse(text);
  const validate = new Ajv().compile<unknown>({
    type: 'array',
    minItems: 1,
    items: {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1 },
        unit: { type: 'string', minLength: 1 },
        value: { type: 'number' },
        // The action reads a number of at least two characters behind the sign.
        range: { type: 'string', pattern: '^± \\d.+$' },
        extra: { type: 'string' },
      },
      required: ['name', 'unit', 'value'],
      additionalProperties: false,
    },
  });
  assert.ok(validate(entries), JSON.stringify(validate.errors));
  assert.ok(entries.every(({ range }) => Number(range.slice(2)) >= 0));
  const names = entries.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length, 'the action tells entries apart by name');
});

test('benchstat would take the file by the grammar of the Go benchmark format', () => {
  const lines = exporters.benchstat.render(sampleRun()).trimEnd().split('\n');
  // A configuration line: a key that begins with a small letter and has no capital and no space.
  const configuration = /^[a-z][^\sA-Z:]*:[ \t]+\S/;
  // A result line: a name with a capital behind "Benchmark", iterations, then value and unit pairs.
  const result = /^Benchmark[^\sa-z]\S*[ \t]+[1-9]\d*(?:[ \t]+[\d.]+(?:e[+-]?\d+)?[ \t]+\S+)+$/;
  const results = lines.filter((line) => line.startsWith('Benchmark'));
  assert.ok(results.length > 50);
  for (const line of lines) {
    assert.match(line, line.startsWith('Benchmark') ? result : configuration);
  }
  for (const line of results) assert.match(line, /\/arm=[^/\s]+\t\d+\t[\d.e+-]+ ns\/op/);
});

test('CSV has as many fields in every record as it has titles', () => {
  const text = exporters.csv.render(sampleRun());
  const records = text.split('\r\n').slice(0, -1).map(fieldsOf);
  assert.ok(records.length > 20);
  for (const fields of records) assert.equal(fields.length, records[0]!.length, fields.join('|'));
});

/** Fields of one record by RFC 4180. */
function fieldsOf(record: string): string[] {
  return [...record.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)]
    .map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '');
}
