/** Tests of the sections of a report beyond its table. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
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
