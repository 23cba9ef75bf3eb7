/**
 * A real run, end to end: every case of the default profile once in every lane, through the boot.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after, test } from 'node:test';
import { casesOf } from '../../src/catalogue/profiles.ts';
import { openDocument } from '../../src/analysis/open.ts';
import { recompute } from '../../src/analysis/recompute.ts';

const folder = mkdtempSync(join(tmpdir(), 'ffi-bench-smoke-'));
const file = join(folder, 'smoke.json');
after(() => rmSync(folder, { recursive: true, force: true }));

function tool(...args: string[]) {
  return spawnSync(process.execPath, ['src/boot/boot.mjs', ...args], { encoding: 'utf8' });
}

test('run measures every default case once and leaves a whole document', () => {
  const { status, stdout, stderr } = tool(
    'run',
    '--launches',
    '1',
    '--no-instructions',
    '--out',
    file,
  );
  assert.equal(status, 0, stderr);
  const document = openDocument(file);
  const failed = document.cases.filter((one) =>
    one.status === 'failed' || one.status === 'not_run'
  );
  assert.deepEqual(failed.map(({ case: name, arm, reason }) => [name, arm, reason]), []);
  for (const name of casesOf('default')) {
    assert.ok(stdout.includes(name), `${name} in the table`);
  }
  assert.ok(document.cases.filter((one) => one.status === 'measured').length >= 100);
  assert.deepEqual(recompute(document), []);
  assert.equal(existsSync(join(folder, 'smoke.journal.ndjson')), false);
});

test('report shows a document as a table and as markdown, and --check agrees with it', () => {
  assert.match(tool('report', file).stdout, /One crossing/);
  assert.match(tool('report', file, '--table').stdout, /call\.noop/);
  assert.match(tool('report', file, '--format', 'markdown').stdout, /\| `call\.noop`/);
  assert.equal(tool('report', file, '--check').status, 0);
});

test('report --check refuses a document whose figure was changed', () => {
  const changed = join(folder, 'changed.json');
  const document = JSON.parse(readFileSync(file, 'utf8'));
  document.derived.cases[0].cost_ns.value *= 2;
  writeFileSync(changed, JSON.stringify(document));
  const { status, stdout } = tool('report', changed, '--check');
  assert.equal(status, 1);
  assert.match(stdout, /cost_ns\/value/);
});
