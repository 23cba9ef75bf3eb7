/** Tests of what is drawn: the terminal table, markdown, rows of a run, and what a label may do. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headingLines } from '../../src/report/words/heading.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { rowLine } from '../../src/report/row_line.ts';
import { renderTable } from '../../src/report/table.ts';
import { rowsOf } from '../../src/analysis/rows.ts';
import type { Document } from '../../src/results/schema.ts';
import { buildArm, buildRun } from '../golden/build_run.ts';
import { assertGolden } from '../golden/golden.ts';
import { eightRounds, sampleRun } from '../golden/sample_run.ts';

const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));

test('renderTable of a run without cases says nothing wrong', () => {
  assert.match(renderTable(buildRun([], [])), /cost:/);
});

test('renderTable draws the sample run within 100 columns', () => {
  const text = renderTable(sampleRun(), { width: 100 });
  assert.ok(widest(text) <= 100, `${widest(text)} columns`);
  assertGolden('table_default.txt', text);
});

test('renderTable draws lanes by runtime in two tables where 80 columns are too few', () => {
  const text = renderTable(sampleRun('quick'), { width: 80, by: 'runtime' });
  assert.ok(widest(text) <= 80, `${widest(text)} columns`);
  assertGolden('table_quick_by_runtime.txt', text);
});

test('renderTable without colour has no escape in it, with colour the same text', () => {
  const plain = renderTable(sampleRun());
  const coloured = renderTable(sampleRun(), { colour: true });
  assert.ok(!plain.includes('\u001b'));
  // deno-lint-ignore no-control-regex
  assert.equal(coloured.replace(/\u001b\[\d+m/g, ''), plain);
});

test('renderMarkdown draws the sample run', () => {
  assertGolden('markdown_default.txt', renderMarkdown(sampleRun()));
});

test('rowLine says the row of a run under way on one line', () => {
  const lines = rowsOf(sampleRun()).map((row) => rowLine(row, 10));
  assertGolden('row_lines.txt', lines.map((line) => `${line}\n`).join(''));
});

test('renderTable speaks of one launch where a case has no more', () => {
  const row = { task: 'call.noop', cases: { 'deno.ffi': { costs: [3] } } };
  const text = renderTable(buildRun([buildArm('deno.ffi')], [row]));
  assert.match(text, /the\s+cost is that of one launch\./);
});

test('headingLines tell whether the precision that was asked for was reached', () => {
  const document = structuredClone(sampleRun());
  document.provenance.selection = { precision: 0.02 };
  const costs = document.derived.cases.filter(({ cost_ns: cost }) => cost !== null);
  for (const [index, one] of costs.entries()) one.precision = index === 0 ? 0.02 : 0.021;
  costs[1]!.precision = null;
  assert.equal(
    headingLines(document).at(-1),
    `asked for a precision of ±2 %: 1 of ${costs.length} costs are known that well`,
  );
});

test('headingLines name machine, runtimes and library once each', () => {
  assert.deepEqual(headingLines(sampleRun()), [
    'ffi-bench, default profile: 163 launches, seed 42, 2026-01-02 03:04 UTC, 4 min 30 s',
    'AMD EPYC 9R14, 2 cores, KVM, linux x64',
    'deno 2.9.6 (V8 14.6), bun 1.4.5 (JavaScriptCore), node 26.10.0 (V8 14.6)',
    'libffibench.so 4f4f4f4f4f4f: Zig 0.17.0, ReleaseFast, x86_64-linux-gnu znver4',
  ]);
});

test('no label, reason or version reaches a terminal or a page as more than text', () => {
  const hostile = '\u001b[2J<script>alert(1)</script>|`\u202e\n# x';
  const arms = [buildArm('deno.ffi', { label: hostile, version: hostile }), buildArm('bun.ffi')];
  const document: Document = buildRun(arms, [{
    task: hostile,
    cases: { [hostile]: { costs: eightRounds(4) }, 'bun.ffi': { unsupported: hostile } },
  }]);
  const texts = [
    renderTable(document),
    renderMarkdown(document),
    rowLine(rowsOf(document)[0]!, 10),
    headingLines(document).join('\n'),
  ];
  for (const text of texts) {
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f\u202e]/);
  }
  assert.doesNotMatch(texts[1]!.replaceAll(/`[^`]*`/g, ''), /<script|^# /m);
});
