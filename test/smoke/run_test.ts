/**
 * Real runs, end to end, through the boot: a case of each kind in every lane, and every case of the
 * default profile in one runtime. That each case is right in every lane is the contract's to hold.
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

/** One task of each kind that is timed, which the profile measures in every lane that it has. */
const everywhere = [
  ...['call.noop', 'string_in.encode_into[36]', 'list_sum.refill[100]', 'callback.sync[1000]'],
  'range.fold[1000000]',
];

/** Runs cases of the default profile once each; the document, and what was printed. */
function measureOnce(file: string, ...args: string[]) {
  const once = ['--launches', '1', '--no-instructions', '--beside', '--out', file];
  const { status, stdout, stderr } = tool('run', ...args, ...once);
  assert.equal(status, 0, stderr);
  const document = openDocument(file);
  const failed = document.cases.filter((one) =>
    one.status === 'failed' || one.status === 'not_run'
  );
  assert.deepEqual(failed.map(({ case: name, arm, reason }) => [name, arm, reason]), []);
  assert.deepEqual(recompute(document), []);
  assert.equal(existsSync(file.replace('.json', '.journal.ndjson')), false);
  return { document, stdout };
}

test('run measures each kind of case in every lane, and leaves a whole document', () => {
  const { document, stdout } = measureOnce(file, ...everywhere.flatMap((name) => ['--task', name]));
  for (const name of everywhere) assert.ok(stdout.includes(name), `${name} in the table`);
  const measured = document.cases.filter((one) => one.status === 'measured');
  assert.deepEqual(
    new Set(measured.map(({ lane }) => lane)),
    new Set([
      ...['ffi', 'napi', 'koffi', 'wasm', 'plain'].flatMap((mechanism) =>
        ['deno', 'bun', 'node'].map((runtime) => `${runtime}.${mechanism}`)
      ),
      'native.call',
    ]),
  );
});

test('run measures every default case', () => {
  const { document, stdout } = measureOnce(
    join(folder, 'every.json'),
    ...['--lane', 'bun.ffi,bun.plain'],
  );
  for (const name of casesOf('default')) {
    assert.ok(stdout.includes(name), `${name} in the table`);
    const own = document.cases.filter((one) => one.case === name);
    assert.ok(own.some(({ status }) => status === 'measured'), name);
  }
});

test('report shows a document as a table and as markdown, and --check agrees with it', () => {
  const shown = tool('report', file);
  assert.equal(shown.status, 0, shown.stderr);
  // Where no launch met a free core, no cost is known, and the table says so.
  assert.match(shown.stdout, /One crossing|no cost/);
  assert.match(tool('report', file, '--table').stdout, /call\.noop/);
  assert.match(tool('report', file, '--format', 'markdown').stdout, /\| `call\.noop`/);
  assert.equal(tool('report', file, '--check').status, 0);
});

test('report --check refuses a document whose figure was changed', () => {
  const changed = join(folder, 'changed.json');
  const document = JSON.parse(readFileSync(file, 'utf8'));
  document.derived.cases[0].launches.done += 1;
  writeFileSync(changed, JSON.stringify(document));
  const { status, stdout } = tool('report', changed, '--check');
  assert.equal(status, 1);
  assert.match(stdout, /launches\/done: the document says 2, .* give 1/);
});
