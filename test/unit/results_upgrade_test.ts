/** Tests of documents of older versions: each version that ever was has one in test/fixtures. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { recompute } from '../../src/results/derive.ts';
import { parseDocument, readDocument } from '../../src/results/document.ts';
import { schemaName } from '../../src/results/schema.ts';
import { upgraders } from '../../src/results/upgrade.ts';

const folder = join(import.meta.dirname, '../fixtures');
const fileOf = (version: string) => join(folder, `${version.replace('/', '-')}.json`);

test('a document of every older version still opens, and its figures hold', () => {
  const versions = Object.keys(upgraders);
  assert.deepEqual(
    readdirSync(folder).filter((name) => /^ffi-bench-v\d+\.json$/.test(name)).sort(),
    versions.map((version) => `${version.replace('/', '-')}.json`),
  );
  for (const version of versions) {
    assert.equal(JSON.parse(readFileSync(fileOf(version), 'utf8')).schema, version);
    const document = readDocument(fileOf(version));
    assert.equal(document.schema, schemaName);
    assert.deepEqual(recompute(document), []);
  }
});

test('a document of v0 gets the conclusions that its version did not draw', () => {
  const { derived } = readDocument(fileOf('ffi-bench/v0'));
  assert.equal(derived.cost_models.length, 2);
  assert.equal(derived.break_even[0]!.kind, 'from');
  assert.match(derived.answers[0]!.sentence, /^On Deno 2\.9\.6 one crossing costs 4\.62 ns/);
});

test('what is wrong with a document of an older version is said as of one of today', () => {
  const text = readFileSync(fileOf('ffi-bench/v0'), 'utf8');
  assert.throws(
    () => parseDocument(text.replace('"wall_ms":300', '"wall_ms":"300"'), 'old.json'),
    /old\.json is not .* \/raw\/launches\/0\/wall_ms is "300": it must be number\.$/,
  );
  assert.throws(
    () => parseDocument('{"schema":"ffi-bench/v0"}', 'old.json'),
    /old\.json is not a valid .* lacks the field "id"/,
  );
});
