/** Tests of documents of older versions: each version that still opens has one in test/fixtures. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { compareDocuments } from '../../src/analysis/comparison.ts';
import { openDocument, parseDocument } from '../../src/analysis/open.ts';
import { recompute } from '../../src/analysis/recompute.ts';
import { schemaName } from '../../src/results/schema.ts';
import { upgraders } from '../../src/results/upgrade.ts';
import { median } from '../../src/stats/quantiles.ts';

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
    const document = openDocument(fileOf(version));
    assert.equal(document.schema, schemaName);
    assert.deepEqual(recompute(document), []);
    assert.deepEqual(document.derived.failures, []);
  }
});

test('costs of v1 are the 10th percentiles that they were, settled or not', () => {
  const stored = JSON.parse(readFileSync(fileOf('ffi-bench/v1'), 'utf8'));
  const document = openDocument(fileOf('ffi-bench/v1'));
  assert.equal(document.method, 'p10');
  for (const [index, { cost_ns: cost }] of stored.derived.cases.entries()) {
    assert.deepEqual(document.derived.cases[index]!.cost_ns, cost);
  }
  const launches = document.raw.launches.filter((one) =>
    one.case === 'call.noop' && one.arm === 'deno.ffi'
  );
  const found = document.derived.cases.find((one) =>
    one.case === 'call.noop' && one.arm === 'deno.ffi'
  )!;
  assert.equal(
    found.cost_ns!.value,
    Number(median(launches.map(({ measured }) => measured!.quantiles_ns[2]!)).toPrecision(7)),
  );
  assert.ok(
    launches.every(({ measured }) => measured!.free === null && measured!.settled !== null),
  );
});

test('a document of v1 is not compared with one of v2, and the comparison says so', () => {
  const old = openDocument(fileOf('ffi-bench/v1'));
  const { changes, not_comparable: refused } = compareDocuments(old, {
    ...old,
    method: 'free_median',
  });
  assert.deepEqual(changes, []);
  assert.ok(refused.every(({ reason }) => reason.code === 'other_method'));
});

test('what is wrong with a document of an older version is said as of one of today', () => {
  const text = readFileSync(fileOf('ffi-bench/v1'), 'utf8');
  assert.throws(
    () => parseDocument(text.replace(/"wall_ms":[\d.]+/, '"wall_ms":"300"'), 'old.json'),
    /old\.json is not .* \/raw\/launches\/0\/wall_ms is "300": it must be number\.$/,
  );
  assert.throws(
    () => parseDocument('{"schema":"ffi-bench/v1"}', 'old.json'),
    /old\.json is not a valid .* lacks the field "id"/,
  );
  assert.throws(
    () => parseDocument('{"schema":"ffi-bench/v0"}', 'old.json'),
    /"ffi-bench\/v0" is not a version that is known here/,
  );
});
