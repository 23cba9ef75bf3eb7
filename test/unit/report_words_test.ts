/** Tests of sentences: each says what its facts say, and nothing that they do not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeDocuments } from '../../src/results/merge.ts';
import { profiles } from '../../src/catalogue/profiles.ts';
import { renderMerged } from '../../src/report/merged.ts';
import { isFilled, reportModel, spreadOf } from '../../src/report/model.ts';
import type { Document } from '../../src/results/schema.ts';
import { renderSections } from '../../src/report/sections.ts';
import { renderTable } from '../../src/report/table.ts';
import { countOf, variantText } from '../../src/report/words/arms.ts';
import { doubtSentences } from '../../src/report/words/doubts.ts';
import { sentence } from '../../src/report/words/notes.ts';
import { formatSpread } from '../../src/report/words/numbers.ts';
import { priceText } from '../../src/report/words/prices.ts';
import { noiseText } from '../../src/report/words/verdicts.ts';
import { falseDiscoveryRate } from '../../src/analysis/pairs.ts';
import { fewestPairs } from '../../src/stats/order_interval.ts';
import { buildArm, buildRun } from '../golden/build_run.ts';
import { eightRounds, sampleRun } from '../golden/sample_run.ts';

const arms = ['deno.ffi', 'bun.ffi', 'native.call'].map((label) => buildArm(label));

/** The remarks on the first row of a run in one arm, which stand behind its mark. */
function remarksOf(document: Document, label: string): string {
  const { groups, rows } = reportModel(document);
  const labels = groups.flatMap((group) => group.arms.map((arm) => arm.label));
  const cell = rows[0]!.cells[labels.indexOf(label)]!;
  return isFilled(cell) ? cell.quality.words.join('. ') : '';
}

test('a figure bears one mark: good, noisy, two levels, or launches without a cost', () => {
  const markOf = (costs: readonly number[], measured = {}, marks: readonly string[] = []) => {
    const document = buildRun(arms, [{
      task: 'call.noop',
      cases: { 'deno.ffi': { costs }, 'bun.ffi': { costs, measured, marks } },
    }]);
    const cell = reportModel(document).rows[0]!.cells[1]!;
    return isFilled(cell) ? cell.quality.name : cell.state;
  };
  assert.equal(markOf(eightRounds(4)), 'good');
  assert.equal(markOf(eightRounds(4), {}, ['steal']), 'noisy');
  assert.equal(markOf([4, 4, 4, 4, 4, 9, 9, 9]), 'levels');
  assert.equal(markOf(eightRounds(4), { settled: null }), 'no_cost');
});

test('one launch has no spread, and none is shown', () => {
  const document = buildRun(arms, [{
    task: 'call.noop',
    cases: { 'deno.ffi': { costs: [12.9] } },
  }]);
  assert.equal(formatSpread(spreadOf(document.derived.cases[0]!.cost_ns!)), '');
  assert.doesNotMatch(renderTable(document), /~|±/);
});

test('numbers of things are in the right number', () => {
  assert.equal(countOf(1, 'elements'), '1 element');
  assert.equal(countOf(0, 'rounds'), '0 rounds');
  assert.equal(variantText('elements=1, charset=bmp'), '1 element, charset bmp');
});

test('a sentence begins with a capital, unless it begins with code', () => {
  assert.equal(sentence('there is no such work'), 'There is no such work.');
  assert.equal(sentence('cc() makes no struct'), 'cc() makes no struct.');
  assert.equal(sentence('node:ffi passes no struct'), 'node:ffi passes no struct.');
  assert.equal(sentence('call.noop was given up'), 'call.noop was given up.');
});

test('a noise floor is told by its percentile and by the worst', () => {
  assert.equal(
    noiseText({ ratio: 1.12, most: 1.18, comparisons: 40 }),
    'Differences under 12% get no verdict: 95 of 100 controls (the same binary under two labels, ' +
      '40 comparisons) differed by less, the worst by 18%.',
  );
});

test('merged documents keep what was folded, each for itself', () => {
  const run = (cpu: string, folded: boolean) => {
    const document = buildRun(arms, [
      { task: 'range.fold', cases: { 'deno.ffi': { costs: eightRounds(1), folded } } },
    ]);
    const { provenance } = document;
    const machine = { ...provenance.machine, cpu_model: cpu };
    return { ...document, id: cpu, provenance: { ...provenance, machine } };
  };
  const lines = renderMerged(mergeDocuments([run('Alpha', true), run('Beta', false)])).split('\n');
  assert.match(lines.find((line) => line.includes('Alpha'))!, /folded$/);
  assert.match(lines.find((line) => line.includes('Beta'))!, /±0\.7%$/);
});

test('a quick run says nothing that sounds like a verdict', () => {
  const text = renderSections(sampleRun('quick'), ['answers', 'recommendations']);
  assert.doesNotMatch(text, /times (faster|slower|less|more)|beats|(next|the) best/);
});

test('a case below the floor of machine code is not said to have left the call out', () => {
  const document = buildRun(arms, [{
    task: 'call.noop',
    cases: {
      'deno.ffi': { costs: eightRounds(4) },
      'bun.ffi': { costs: eightRounds(2.07) },
      'native.call': { costs: [2.43, 2.43, 2.43, 9, 9, 2.43, 2.43, 2.43] },
    },
  }]);
  const text = remarksOf(document, 'bun.ffi');
  assert.match(text, /the library counted the calls, so none is missing/);
  // The floor has no engine that could take another path.
  assert.match(renderTable(document), /2\/8 slow/);
  assert.doesNotMatch(text, /engine/);
  const answers = renderSections(document, ['answers']).replaceAll(/\s+/g, ' ');
  assert.match(answers, /On Bun 1\.4\.5 one crossing costs 2\.07 ns/);
  assert.match(
    answers,
    /on a busy core\); a call from C to C through a pointer costs 2\.43 ns, which is not told to/,
  );
});

test('costs that divide to something else than the rounds give get a note', () => {
  const base = [...Array(11).fill(1), ...Array(9).fill(10)];
  const arm = [...Array(9).fill(50), 60, 60, ...Array(9).fill(500)];
  const document = buildRun(arms, [
    { task: 'call.noop', cases: { 'deno.ffi': { costs: base }, 'bun.ffi': { costs: arm } } },
  ]);
  assert.match(remarksOf(document, 'bun.ffi'), /×60\.0 by costs, ×50\.0 by rounds/);
});

test('the remark on sustained costs tells what it is about: the middle of the launches', () => {
  // Every launch takes 2.4 ns sustained: 2.4 times the cost of four and 1.2 times that of four, in
  // the middle 1.8 times. The medians of both would divide to 1.6, which is no launch's.
  const costs = [1, 2, 1, 2, 1, 2, 1, 2];
  const measured = { contended_ns: null, sustained_ns: 2.4 };
  const document = buildRun(arms, [
    { task: 'call.noop', cases: { 'deno.ffi': { costs, measured } } },
  ]);
  assert.match(remarksOf(document, 'deno.ffi'), /sustained is 1\.80 times the cost/);
});

test('launches without a cost are counted where their case is shown', () => {
  const settled = { measured: { settled: null } };
  const document = buildRun(arms, [{
    task: 'call.noop',
    cases: { 'deno.ffi': { costs: eightRounds(4), ...settled } },
  }]);
  assert.match(renderTable(document), /no cost[^]*8 of 8 never settled/);
});

test('a price that was not tested is marked, and one that may be nothing is not told', () => {
  const price = {
    case: 'call.id',
    arm: 'deno.ffi',
    cost_ns: 9,
    noop_ns: 4,
    adds_ns: { value: 5, low: null, high: null, coverage: null },
  };
  assert.equal(priceText({ ...price, because: 'launches_too_few' }), '+5.00 ns ?');
  assert.equal(priceText({ ...price, because: 'interval_holds_zero' }), 'about nothing');
  assert.equal(priceText({ ...price, because: null }), '+5.00 ns');
});

test('a section that could not be computed is named with its error, and only there', () => {
  const document = buildRun(arms, [
    { task: 'call.noop', cases: { 'deno.ffi': { costs: eightRounds(4) } } },
  ]);
  document.derived.failures = [{ section: 'cost_models', error: 'planted' }];
  assert.match(
    renderSections(document, ['heading', 'answers']),
    /The section "cost models" could not be computed and is empty: planted\n[^]*one crossing costs/,
  );
});

test('doubts name a document of version 1 for what it is', () => {
  assert.ok(!doubtSentences(sampleRun()).some((line) => line.includes('v1')));
  assert.ok(doubtSentences({ ...sampleRun(), method: 'p10' }).some((line) => line.includes('v1')));
});

test('no profile that gives verdicts plans fewer rounds than a verdict needs', () => {
  const needed = fewestPairs(falseDiscoveryRate);
  for (const [name, { verdicts, rounds, parts }] of Object.entries(profiles)) {
    const planned = parts.map((part) => 'rounds' in part ? part.rounds : rounds);
    assert.ok(!verdicts || planned.every((count) => count >= needed), name);
  }
});
