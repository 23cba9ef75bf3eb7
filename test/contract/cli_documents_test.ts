// What the commands that read documents print, which files they write, and their exit codes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../src/boot/versions.mjs';
import { exporters } from '../../src/report/export/exporters.ts';
import { derive } from '../../src/analysis/derive.ts';
import { openResult } from '../../src/analysis/open.ts';
import type { Document } from '../../src/results/schema.ts';
import { buildArm, buildRun } from '../golden/build_run.ts';
import { eightRounds, sampleRun } from '../golden/sample_run.ts';
import { Driver, ffiBench, Folder } from './cli.ts';

const folder = new Folder();
const driver = new Driver();
const narrow = new Driver(80);

/** A run of two cases, of which one costs what is said, on a binary of its own. */
function run(id: string, noopNs: number, cpuModel = 'Alpha'): Document {
  const deno = buildArm('deno.ffi', { sha256: `of ${id}` });
  const { derived: _, ...raw } = buildRun([deno, buildArm('bun.ffi')], [{
    task: 'call.noop',
    cases: {
      'deno.ffi': { costs: eightRounds(noopNs) },
      'bun.ffi': { costs: eightRounds(1.2) },
    },
  }]);
  const machine = { ...raw.provenance.machine, cpu_model: cpuModel };
  const changed = { ...raw, id, provenance: { ...raw.provenance, machine } };
  return { ...changed, derived: derive(changed) };
}

const before = folder.document('before.json', run('before', 4));
const after = folder.document('after.json', run('after', 5));
const elsewhere = folder.document('elsewhere.json', run('elsewhere', 4, 'Beta'));
const sample = folder.document('sample.json', sampleRun());

test('compare exits with 1 only where a case is slower than allowed', async () => {
  const shown = await driver.run('compare', before, after);
  assert.equal(shown.code, 0);
  assert.match(shown.stdout, /^before → after: 1 slower, 0 faster, 0 not resolved, 1 not tested/);
  assert.match(shown.stdout, /▲ call\.noop deno\.ffi +4\.00 ns → 5\.00 ns +\+25%/);
  const failed = await ffiBench('compare', before, after, '--fail-over', '5%');
  assert.equal(failed.code, 1);
  assert.equal(
    failed.stderr,
    'ffi-bench: 1 case is slower by more than 5%: call.noop deno.ffi (+25%).\n',
  );
  assert.equal(failed.stdout, shown.stdout);
  assert.equal((await driver.run('compare', before, after, '--fail-over', '30%')).code, 0);
  assert.equal((await driver.run('compare', after, before, '--fail-over', '0%')).code, 0);
});

test('compare speaks markdown and JSON, one of them at a time', async () => {
  const markdown = await driver.run('compare', before, after, '--markdown');
  assert.match(markdown.stdout, /\| ▲ \| call\.noop deno\.ffi \| 4\.00 ns → 5\.00 ns \| \+25% \|/);
  const json = await driver.run('compare', before, after, '--json', '--fail-over', '5%');
  assert.equal(json.code, 1);
  const { schema, fail_over, comparisons } = JSON.parse(json.stdout);
  assert.deepEqual([schema, fail_over], ['ffi-bench-comparison/v2', {
    cost: 0.05,
    instructions: null,
  }]);
  assert.deepEqual(comparisons[0].regressions, [{ case: 'call.noop', arm: 'deno.ffi' }]);
  assert.equal(comparisons[0].changes[0].ratio.value, 1.25);
  const both = await driver.run('compare', before, after, '--json', '--markdown');
  assert.equal(both.code, 2);
  for (const odd of ['5', 'much', '-5%']) {
    const { code, stderr } = await driver.run('compare', before, after, `--fail-over=${odd}`);
    assert.deepEqual([code, /is no limit; 5% is\./.test(stderr)], [2, true], stderr);
  }
});

test('compare of two machines says that nothing can be compared, and never passes', async () => {
  const { code, stdout, stderr } = await driver.run(
    'compare',
    before,
    elsewhere,
    '--fail-over',
    '5%',
  );
  assert.equal(code, 3);
  assert.match(stdout, /Not comparable: Another machine: cpu_model was Alpha, is Beta/);
  assert.match(stderr, /No case of .* can be compared/);
});

test('merge writes a document that report, compare and merge read again', async () => {
  const old = folder.path('old.json');
  const merged = await driver.run('merge', before, elsewhere, '--out', old);
  assert.equal(merged.code, 0, merged.stderr);
  assert.match(
    merged.stdout,
    /^The 2 runs agree in the one certain comparison\.\n {2}A {2}Alpha linux x64\n/,
  );
  assert.match(merged.stdout, /One call on Deno +4\.00 ns +4\.00 ns\n/);
  assert.deepEqual(openResult(old).members.map(({ label }) => label), [
    'Alpha linux x64',
    'Beta linux x64',
  ]);
  assert.equal((await driver.run('report', old)).stdout, merged.stdout);
  assert.equal((await driver.run('report', old, '--check')).code, 0);
  const again = await driver.run('merge', before, elsewhere, '--out', old);
  assert.deepEqual([again.code, /exists already; --force/.test(again.stderr)], [2, true]);
  const fresh = folder.path('fresh.json');
  await driver.run('merge', elsewhere, after, '--out', fresh);
  const compared = await driver.run('compare', old, fresh, '--fail-over', '5%');
  assert.equal(compared.code, 1);
  assert.match(compared.stdout, /^Beta linux x64\nelsewhere → elsewhere: 0 slower/);
  assert.match(compared.stdout, /\nAlpha linux x64\nbefore → after: 1 slower/);
  const three = await driver.run('merge', old, after);
  assert.match(three.stdout, /Alpha linux x64 #2/);
});

test('merge refuses one run, and the same run twice', async () => {
  const alone = await driver.run('merge', before);
  assert.deepEqual([alone.code, /holds one run/.test(alone.stderr)], [2, true]);
  const twice = await driver.run('merge', before, before);
  assert.deepEqual([twice.code, /before is named twice/.test(twice.stderr)], [2, true]);
});

test('export writes what the exporter renders, to stdout or to a new file', async () => {
  const shown = await driver.run('export', sample, '--to', 'bmf');
  assert.deepEqual([shown.code, shown.stdout], [0, exporters.bmf.render(sampleRun())]);
  const file = folder.path('out.csv');
  const written = await driver.run('export', sample, '--to', 'csv', '--out', file);
  assert.deepEqual([written.code, written.stdout], [0, '']);
  assert.equal(readFileSync(file, 'utf8'), exporters.csv.render(sampleRun()));
  const again = await driver.run('export', sample, '--to', 'csv', '--out', file);
  assert.equal(again.code, 2);
  const unknown = await driver.run('export', sample, '--to', 'xml');
  assert.deepEqual([unknown.code, /github-action-benchmark/.test(unknown.stderr)], [2, true]);
  assert.equal((await driver.run('export', sample)).code, 2);
});

test('report shows every section, or those that are asked for', async () => {
  const sums = [10, 100, 1000].map((elements) => ({
    task: 'list_sum.refill',
    params: { elements },
    sweep: 'elements',
    cases: {
      'deno.ffi': { costs: eightRounds(50 + elements) },
      'deno.plain': { costs: eightRounds(2 * elements) },
    },
  }));
  const noop = { task: 'call.noop', cases: { 'deno.ffi': { costs: eightRounds(4) } } };
  const id = { task: 'call.id', cases: { 'deno.ffi': { costs: eightRounds(5) } } };
  const arms = ['deno.ffi', 'deno.plain'].map((label) => buildArm(label));
  const whole = folder.document('whole.json', buildRun(arms, [noop, id, ...sums]));
  const { code, stdout } = await driver.run('report', whole, '--section', 'all');
  assert.equal(code, 0);
  const short = await driver.run('report', whole);
  assert.ok(stdout.endsWith(`\n\n${short.stdout}`), 'every report ends on the same block');
  assert.doesNotMatch(short.stdout, /default profile/);
  const table = await driver.run('report', whole, '--table');
  assert.match(table.stdout, /^ffi-bench, default profile[^]*±[^]*\nOne crossing/);
  const old = await driver.run('report', join(root, 'test', 'fixtures', 'ffi-bench-v1.json'));
  assert.deepEqual([old.code, /^Old method \(v1\)/.test(old.stdout)], [0, true]);
  const titles = ['Answers', 'When going native pays', 'Cost models', 'Price list'];
  let place = stdout.indexOf('ffi-bench, default profile');
  for (const title of [...titles, 'Recommendations']) {
    const next = stdout.indexOf(`\n${title}\n`);
    assert.ok(next > place, title);
    place = next;
  }
  const some = await driver.run('report', whole, '--section', 'break-even,answers');
  assert.match(some.stdout, /^Answers\n[^]*\nWhen going native pays\n/);
  assert.doesNotMatch(some.stdout, /Price list/);
  const wrong = await driver.run('report', whole, '--section', 'answer');
  assert.deepEqual([wrong.code, /Nearest: answers/.test(wrong.stderr)], [2, true]);
});

test('report --check finds a figure that was changed by hand', async () => {
  const forged = run('forged', 4);
  forged.derived.cases[0]!.cost_ns!.value = 1;
  const path = folder.document('forged.json', forged);
  const { code, stdout } = await driver.run('report', path, '--check');
  assert.equal(code, 1);
  assert.match(stdout, /\/derived\/cases\/0\/cost_ns\/value: the document says 1, .* give 4/);
});

test('the help of every command fits 80 columns', async () => {
  const help = (await narrow.run('--help')).stdout;
  const names = [...help.matchAll(/^ {2}([a-z]+)[| ]/gm)].map(([, name]) => name!)
    .filter((name) => name !== 'help' && name !== 'ffi');
  assert.ok(names.length >= 9, names.join());
  for (const name of ['', ...names]) {
    const { stdout } = await narrow.run(...(name === '' ? [] : [name]), '--help');
    assert.deepEqual(stdout.split('\n').filter((line) => line.length > 80), [], name);
  }
});

test('every command explains itself, and its examples name commands that exist', async () => {
  const help = (await driver.run('--help')).stdout;
  const names = [...help.matchAll(/^ {2}([a-z]+)(?:\|\w+)? /gm)].map(([, name]) => name!)
    .filter((name) => name !== 'help' && name !== 'ffi');
  for (const name of ['report', 'compare', 'merge', 'export']) assert.ok(names.includes(name));
  for (const name of names) {
    const { code, stdout } = await driver.run(name, '--help');
    assert.equal(code, 0);
    assert.match(stdout, new RegExp(`^Usage: ffi-bench ${name}`));
    for (const [, word] of stdout.matchAll(/^ {2}ffi-bench (\w+)/gm)) {
      assert.ok(names.includes(word!));
    }
  }
});
