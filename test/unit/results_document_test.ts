/** Tests of documents: the schema, what is refused and in which words, writing whole or not. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { openDocument, parseDocument } from '../../src/analysis/open.ts';
import { parseStored, stringifyDocument, writeDocument } from '../../src/results/document.ts';
import { InputError } from '../../src/results/input_error.ts';
import { jsonSchemaFiles } from '../../src/results/json_schema.ts';
import { largestFileBytes } from '../../src/results/read_text_file.ts';
import type { Document } from '../../src/results/schema.ts';
import { buildArm, buildRun } from '../golden/build_run.ts';

const schemaFolder = join(import.meta.dirname, '../../schema');
const schemaFile = join(schemaFolder, 'ffi-bench-v2.schema.json');

const document = buildRun([buildArm('deno.ffi'), buildArm('bun.ffi'), buildArm('bun.plain')], [
  {
    task: 'call.noop',
    cases: {
      'deno.ffi': { costs: [4, 4.1, 4, 4.2, 4, 4.1, 4, null] },
      'bun.ffi': { costs: [1.2, 1.3, 1.2, 1.2, 1.3, 1.2, 1.2, 1.2] },
      'bun.plain': { unsupported: 'Nothing to do in JavaScript.' },
    },
  },
]);

/** The document with one change made to a deep copy of it. */
function changed(change: (copy: Document) => void): string {
  const copy = structuredClone(document);
  change(copy);
  return JSON.stringify(copy);
}

function withFolder(body: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'ffi-bench-test-'));
  try {
    body(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function refusal(text: string): string {
  try {
    parseDocument(text, 'run.json');
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    assert.match(error.message, /run\.json/);
    return error.message;
  }
  throw new Error('The document was not refused.');
}

test('the published JSON Schemas are those that the code defines', () => {
  for (const [name, text] of Object.entries(jsonSchemaFiles())) {
    const path = join(schemaFolder, name);
    if (process.env.FFI_BENCH_UPDATE_GOLDEN === '1') writeFileSync(path, text);
    assert.equal(readFileSync(path, 'utf8'), text, name);
  }
});

test('ajv, which is not our own checker, accepts a document by the published schema', () => {
  const ajv = new Ajv2020({ allErrors: true });
  const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')));
  assert.ok(validate(JSON.parse(stringifyDocument(document))), JSON.stringify(validate.errors));
  assert.ok(!validate({ ...document, extra: 1 }));
});

test('parseDocument reads what stringifyDocument writes, one launch per line', () => {
  const text = stringifyDocument(document);
  assert.deepEqual(parseDocument(text, 'run.json'), JSON.parse(JSON.stringify(document)));
  const launchLines = text.split('\n').filter((line) => line.includes('"started_at":"2026'));
  assert.equal(launchLines.length, document.raw.launches.length);
});

test('parseDocument refuses what is no document, in words', () => {
  const text = stringifyDocument(document);
  assert.match(refusal(''), /is empty/);
  assert.match(refusal(text.slice(0, 2000)), /is cut off/);
  assert.match(refusal('hello'), /is not JSON/);
  assert.match(refusal('[1, 2]'), /no result document/);
  assert.match(refusal('null'), /no result document/);
  assert.match(refusal('{}'), /\/schema: nothing is not a version/);
  assert.match(refusal(text.replace('ffi-bench/v2', 'ffi-bench/v9')), /"ffi-bench\/v9"/);
  assert.match(
    refusal(text.replace('"toString"', '').replace('ffi-bench/v2', 'toString')),
    /version/,
  );
  assert.match(refusal(text.replace('"wall_ms":300', '"wall_ms":NaN')), /is not JSON/);
});

test('parseDocument names place, value and rule of a wrong field', () => {
  assert.match(
    refusal(changed((copy) => copy.raw.launches[2]!.wall_ms = -3)),
    /\/raw\/launches\/2\/wall_ms is -3: it must be >= 0\./,
  );
  assert.match(
    refusal(changed((copy) => copy.raw.launches[0]!.wall_ms = '300' as unknown as number)),
    /\/raw\/launches\/0\/wall_ms is "300": it must be number\./,
  );
  assert.match(
    refusal(changed((copy) => Object.assign(copy.arms[0]!, { colour: 'red' }))),
    /\/arms\/0 has the unknown field "colour"\./,
  );
  assert.match(
    refusal(changed((copy) => Reflect.deleteProperty(copy.provenance, 'seed'))),
    /\/provenance lacks the field "seed"\./,
  );
  assert.match(
    refusal(changed((copy) => copy.derived.cases[0]!.cost_ns!.low = 'x' as unknown as number)),
    /\/derived\/cases\/0\/cost_ns\/low is "x": it must be number\./,
  );
});

test('parseDocument refuses markup in labels, ids and versions', () => {
  const hostile = '<img src=x onerror=alert(1)>';
  assert.match(refusal(changed((copy) => copy.arms[0]!.label = hostile)), /\/arms\/0\/label/);
  assert.match(refusal(changed((copy) => copy.arms[0]!.version = hostile)), /\/arms\/0\/version/);
  assert.match(refusal(changed((copy) => copy.cases[0]!.case = '\u001b[2J')), /\/cases\/0\/case/);
});

test('parseDocument refuses what the schema cannot see', () => {
  assert.match(
    refusal(changed((copy) => copy.arms[1]!.label = copy.arms[0]!.label)),
    /\/arms\/1\/label repeats "deno\.ffi"/,
  );
  assert.match(
    refusal(changed((copy) => copy.cases[1]!.arm = 'nobody')),
    /\/cases\/1\/arm is "nobody": no such arm/,
  );
  assert.match(
    refusal(changed((copy) => copy.raw.launches[0]!.case = 'call.other')),
    /\/raw\/launches\/0 belongs to no listed case: "call\.other"/,
  );
  assert.match(
    refusal(changed((copy) => copy.raw.launches[0]!.measured = null)),
    /\/raw\/launches\/0\/measured must stand in launches that are done/,
  );
  assert.match(
    refusal(changed((copy) => copy.raw.launches[0]!.measured!.quantiles_ns.reverse())),
    /\/raw\/launches\/0\/measured\/quantiles_ns must ascend/,
  );
});

test('parseStored upgrades older versions step by step', () => {
  const upgraders = {
    'ffi-bench/v-1': (old: Record<string, unknown>) => ({ ...old, schema: 'ffi-bench/v0' }),
    'ffi-bench/v0': ({ name, ...old }: Record<string, unknown>) => ({
      ...old,
      id: name,
      schema: 'ffi-bench/v2',
    }),
  };
  const { id, ...rest } = document;
  const old = JSON.stringify({ ...rest, name: id, schema: 'ffi-bench/v-1' });
  assert.equal(parseStored(old, 'old.json', upgraders).id, id);
  const circle = { 'ffi-bench/v0': (old: Record<string, unknown>) => old };
  assert.throws(
    () => parseStored('{"schema":"ffi-bench/v0"}', 'circle.json', circle),
    InputError,
  );
});

test('a document whose name ends in .gz is written and read compressed', () => {
  withFolder((folder) => {
    const path = join(folder, 'run.json.gz');
    writeDocument(path, document);
    assert.deepEqual([...readFileSync(path).subarray(0, 2)], [0x1f, 0x8b]);
    assert.deepEqual(openDocument(path), JSON.parse(JSON.stringify(document)));
    writeFileSync(path, 'no gzip');
    assert.throws(() => openDocument(path), /run\.json\.gz cannot be read: it is not compressed/);
  });
});

test('openDocument says in words what file it cannot read', () => {
  withFolder((folder) => {
    assert.throws(() => openDocument(join(folder, 'none.json')), /there is no such file/);
    assert.throws(() => openDocument(folder), InputError);
    const huge = join(folder, 'huge.json');
    writeFileSync(huge, '');
    truncateSync(huge, largestFileBytes + 1024 * 1024);
    assert.throws(() => openDocument(huge), /has 201 MB; a document has at most 200/);
    const binary = join(folder, 'binary.json');
    writeFileSync(binary, new Uint8Array([0x7b, 0xff, 0xfe]));
    assert.throws(() => openDocument(binary), /not a text in UTF-8/);
  });
});

test('writeDocument leaves a whole document or what was there before', () => {
  withFolder((folder) => {
    const path = join(folder, 'run.json');
    writeDocument(path, document);
    assert.equal(openDocument(path).id, document.id);
    assert.throws(() => writeDocument(path, document), /exists already; --force/);
    writeDocument(path, { ...document, id: 'second' }, { force: true });
    assert.equal(openDocument(path).id, 'second');
    const broken = { ...document, id: 5 } as unknown as Document;
    assert.throws(() => writeDocument(path, broken, { force: true }), /\/id is 5/);
    assert.deepEqual(readdirSync(folder), ['run.json']);
    assert.equal(openDocument(path).id, 'second');
  });
});
