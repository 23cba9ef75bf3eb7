/**
 * Tests of the tables of the README: how they are made, and that those of this checkout are
 * fresh.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { generatedFiles, staleFiles } from '../../bench/readme.ts';
import { renderFewLanes } from '../../src/report/few_lanes.ts';
import { freshFigures } from '../../src/report/figures_table.ts';
import { standalonePicture } from '../../src/report/page/standalone.ts';
import { freshReadme } from '../../src/report/readme.ts';
import { renderWork } from '../../src/report/work.ts';
import { InputError } from '../../src/results/input_error.ts';
import { buildArm, buildRun } from '../golden/build_run.ts';
import { sampleRun } from '../golden/sample_run.ts';

const root = join(import.meta.dirname, '../..');

function fresh(...lines: string[]): string[] {
  return freshReadme(lines.join('\n'), (file) => {
    assert.equal(file, 'linux.json');
    return sampleRun();
  }).split('\n');
}

test('all that is generated in README.md, docs/ and results/ is fresh', () => {
  const stale = staleFiles(generatedFiles());
  assert.deepEqual(stale, [], 'run "npm run self -- bench/readme.ts"');
});

test('README.md has under 200 lines', () => {
  const lines = readFileSync(join(root, 'README.md'), 'utf8').split('\n');
  assert.ok(lines.length < 200, String(lines.length));
});

test('renderFewLanes has a column for each runtime and a row for what was measured', () => {
  assert.deepEqual(renderFewLanes(sampleRun()).split('\n').slice(0, 3), [
    '|  | Deno 2.9.6 | Bun 1.4.5 | Node 26.10.0 |',
    '| --- | --: | --: | --: |',
    '| an empty call | 4.62 ns ±0.7% | 1.25 ns ±5% | 9.11 ns ±0.7% |',
  ]);
});

test('standalonePicture is an SVG with its own colours', () => {
  const svg = standalonePicture(sampleRun())!;
  assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^>]*><style>:root/);
  assert.match(svg, /prefers-color-scheme: dark/);
  assert.equal(standalonePicture(buildRun([], [])), null);
});

test('freshReadme replaces what stands between the marks, and nothing else', () => {
  const lines = fresh('# A', '<!-- table:start linux.json -->', 'old', '<!-- table:end -->', 'B');
  assert.deepEqual(lines.slice(0, 6), [
    '# A',
    '<!-- table:start linux.json -->',
    '',
    '<!-- deno-fmt-ignore-start -->',
    '',
    '| task | deno.ffi | bun.ffi | node.ffi | deno.plain | bun.plain | node.plain |',
  ]);
  assert.deepEqual(lines.slice(-3), ['', '<!-- table:end -->', 'B']);
  assert.ok(!lines.includes('old'));
  assert.deepEqual(fresh(...lines), lines);
  assert.deepEqual(fresh('no', 'marks', ''), ['no', 'marks', '']);
});

test('freshReadme takes the sections that a mark names', () => {
  const lines = fresh('<!-- table:start linux.json answers,prices -->', '<!-- table:end -->');
  assert.deepEqual(lines.filter((line) => line.startsWith('#### ')), [
    '#### Answers',
    '#### Price list',
  ]);
});

test('freshReadme says which mark is wrong', () => {
  const refused = (pattern: RegExp, ...lines: string[]) =>
    assert.throws(
      () => fresh(...lines),
      (error) => error instanceof InputError && pattern.test(error.message),
    );
  const end = '<!-- table:end -->';
  refused(/line 1 starts a table that/, '<!-- table:start linux.json -->', 'x');
  refused(/line 1 ends no table/, end);
  refused(/line 2: "" is not a document/, 'x', '<!-- table:start -->', end);
  refused(/is not a document/, '<!-- table:start ../x.json -->', end);
  refused(/no section "tabel"; there are heading/, '<!-- table:start linux.json tabel -->', end);
  const start = '<!-- table:start linux.json -->';
  refused(/line 1 starts a table that/, start, start, end);
});

test('renderWork sets the work of the library beside what is built in, at the largest size', () => {
  const row = (task: string, bytes: number, arm: string, cost: number) => ({
    task,
    params: { bytes },
    sweep: 'bytes',
    cases: { [arm]: { costs: [cost] } },
  });
  const rows = [
    row('work.crc32', 64, 'bun.ffi', 20),
    row('work.crc32', 1024, 'bun.ffi', 100),
    row('work.crc32_builtin', 64, 'bun.plain', 10),
    row('work.crc32_builtin', 1024, 'bun.plain', 400),
    row('work.matmul', 64, 'bun.ffi', 10),
  ];
  const arms = [buildArm('bun.ffi'), buildArm('again', { lane: 'bun.ffi' }), buildArm('bun.plain')];
  assert.deepEqual(renderWork(buildRun(arms, rows)).split('\n'), [
    '|  | Bun 1.4.5 |',
    '| --- | --: |',
    '| `work.crc32` of 1,024 bytes | 100 ns, built in 400 ns (×0.25) |',
  ]);
});

test('freshFigures fills every table of a page, and refuses what was not measured', () => {
  const table = (
    word: string,
  ) => [`<!-- figures:start a.json ${word} -->`, 'old', '<!-- figures:end -->'];
  const page = ['A', ...table('call.noop@deno.ffi'), 'B', ...table('call.noop@bun.ffi')].join('\n');
  const lines = freshFigures(page, () => sampleRun()).split('\n');
  assert.equal(lines.includes('old'), false);
  const rows = lines.filter((line) => line.startsWith('| `'));
  assert.deepEqual(rows.map((row) => row.split(' | ').slice(0, 3)), [
    ['| `call.noop`', 'deno.ffi', '4.62 ns ±0.7%'],
    ['| `call.noop`', 'bun.ffi', '1.25 ns ±5%'],
  ]);
  assert.deepEqual(lines.indexOf('B') < lines.lastIndexOf('<!-- figures:end -->'), true);
  assert.throws(
    () => freshFigures(table('call.none@deno.ffi').join('\n'), () => sampleRun()),
    InputError,
  );
  assert.throws(() => freshFigures('<!-- figures:end -->', () => sampleRun()), InputError);
});
