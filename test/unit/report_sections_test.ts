/** Tests of the sections of a report beyond its table. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortConclusionLines } from '../../src/report/words/conclusions.ts';
import {
  emptySentence,
  renderSections,
  renderSectionsMarkdown,
  sectionNames,
} from '../../src/report/sections.ts';
import { buildArm, buildRun, type BuiltRow } from '../golden/build_run.ts';
import { assertGolden } from '../golden/golden.ts';
import { eightRounds, sampleRun } from '../golden/sample_run.ts';

const labels = ['deno.ffi', 'bun.ffi', 'deno.plain', 'bun.plain'];

/** A row with one cost per arm, in the order of the labels. */
function row(task: string, costs: readonly number[], elements?: number): BuiltRow {
  return {
    task,
    ...(elements === undefined ? {} : { params: { elements }, sweep: 'elements' }),
    cases: Object.fromEntries(
      costs.map((cost, index) => [labels[index]!, { costs: eightRounds(cost) }]),
    ),
  };
}

const swept = (perNative: number, perPlain: number) => (n: number) => [
  12 + n * perNative,
  9 + n * perNative,
  3 + n * perPlain,
  2 + n * perPlain,
];
const sizes = [10, 100, 1000];
const run = buildRun(labels.map((label) => buildArm(label)), [
  row('call.noop', [4.6, 1.3]),
  row('call.u64_bigint', [14, 1.3005]),
  ...sizes.map((n) => row('buffer.sum', swept(0.08, 0.5)(n), n)),
  ...sizes.map((n) => row('list_sum.refill', swept(1.08, 0.5)(n), n)),
]);

const beyondTable = sectionNames.filter((name) => name !== 'table');

test('renderSections draws what a run concludes', () => {
  assertGolden('sections.txt', renderSections(run, beyondTable));
  assertGolden('sections_markdown.txt', renderSectionsMarkdown(run, beyondTable));
});

test('renderSections keeps to the width and leaves out what a run has not', () => {
  const lines = renderSections(run, ['answers', 'break-even', 'recommendations'], { width: 60 })
    .split('\n');
  assert.deepEqual(lines.filter((line) => line.length > 60), []);
  const text = renderSections(sampleRun(), sectionNames);
  assert.ok(!text.includes('Cost models') && text.includes('Price list'));
});

test('emptySentence speaks where nothing of what was asked for is there', () => {
  assert.match(emptySentence(sampleRun(), ['cost-models'])!, /nothing that "cost-models" needs/);
  assert.equal(emptySentence(sampleRun(), ['cost-models', 'prices']), null);
  assert.equal(emptySentence(buildRun([], []), ['heading']), null);
});

test('shortConclusionLines says what a crossing costs, then one line per job and runtime', () => {
  const lines = shortConclusionLines(run, 300);
  assert.deepEqual(lines.slice(0, 4), [
    '',
    'In short',
    '  On Deno 2.9.6 one crossing costs 4.60 ns, 18 clock cycles (6.91 ns on a busy core).',
    '  On Bun 1.4.5 one crossing costs 1.30 ns, 5 clock cycles (1.95 ns on a busy core).',
  ]);
  const runtimes = lines.slice(4).map((line) => /^ {2}To .*? on (\w+)/.exec(line)?.[1]);
  assert.deepEqual(runtimes, ['Deno', 'Bun', 'Deno', 'Bun']);
  assert.equal(shortConclusionLines(run, 300, 3).length, 5);
  assert.deepEqual(shortConclusionLines(buildRun([], [])), []);
});
