/** Tests of what several runs beside each other disagree on, in the terminal and on the page. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { besideEachOther, bestDiffers, breakEvenDiffers } from '../../src/analysis/members.ts';
import { renderMembers } from '../../src/report/members.ts';
import { renderMergedPage } from '../../src/report/page/merged_page.ts';
import { answerRows, membersHeadline, oppositeText } from '../../src/report/words/members.ts';
import type { Document } from '../../src/results/schema.ts';
import { buildArm, buildRun } from '../golden/build_run.ts';
import { assertGolden } from '../golden/golden.ts';
import { mergedRun } from '../golden/merged_run.ts';
import { eightRounds } from '../golden/sample_run.ts';

const { members } = mergedRun();

test('renderMembers leads with what the machines disagree on, in 24 lines of 80 columns', () => {
  const text = renderMembers(members, 80);
  assertGolden('members.txt', text);
  const lines = text.trimEnd().split('\n');
  assert.deepEqual(lines.filter((line) => line.length > 80), []);
  assert.ok(lines.length <= 24, String(lines.length));
});

/** The median over launches of the median of their free batches, in ns. */
function costOf({ raw }: Document, name: string, arm: string): number {
  const costs = raw.launches.filter((launch) => launch.case === name && launch.arm === arm)
    .map(({ measured }) => measured!.free!.quantiles_ns[4]!).sort((a, b) => a - b);
  return (costs[costs.length / 2 - 1]! + costs[costs.length / 2]!) / 2;
}

test('the functions that "call" measured stand first, with the cost of each member', () => {
  const called = (cost: number) => ({
    label: `a machine of ${cost} ns`,
    document: buildRun([buildArm('node.ffi')], [
      { task: 'call.noop', cases: { 'node.ffi': { costs: eightRounds(4) } } },
      { task: 'foreign.cos', cases: { 'node.ffi': { costs: eightRounds(cost) } } },
    ], 'call'),
  });
  const both = [called(20), called(30)];
  const [first] = answerRows(both, besideEachOther(both));
  assert.equal(first!.title, 'cos, node.ffi');
  assert.deepEqual(first!.cells, ['20.0 ns', '30.0 ns']);
});

test('besideEachOther finds every pair of lanes that the launches order in opposite ways', () => {
  const { opposites, compared, times } = besideEachOther(members);
  const expected = members[0]!.document.derived.pairs.filter((pair) => {
    const ratios = members.map(({ document }) =>
      costOf(document, pair.case, pair.arm) / costOf(document, pair.case, pair.base)
    );
    return (ratios[0]! - 1) * (ratios[1]! - 1) < 0 &&
      members.every(({ document }) =>
        document.derived.pairs.some((own) =>
          own.case === pair.case && own.arm === pair.arm && own.base === pair.base &&
          (own.verdict === 'faster' || own.verdict === 'slower')
        )
      );
  }).map((pair) => `${pair.case} ${pair.arm} ${pair.base}`);
  assert.ok(expected.length > 0 && compared > expected.length);
  assert.deepEqual(
    opposites.map((found) => `${found.case} ${found.arm} ${found.base}`).sort(),
    expected.sort(),
  );
  assert.equal(times[0], null);
  assert.ok(Math.abs(times[1]! - 0.5) < 1e-9);
});

test('what two members are certain of in opposite ways is marked, and stands first', () => {
  const rows = answerRows(members, besideEachOther(members));
  const marked = [
    'Bun against Deno',
    'Summing a list as an array of doubles, 1,000 elements, Deno',
    'FFI pays for a list on Deno, elements',
  ];
  assert.deepEqual(rows.filter(({ differs }) => differs).map(({ title }) => title), marked);
  assert.deepEqual(rows.slice(0, marked.length).map(({ title }) => title), marked);
  const isFfiFaster = members.map(({ document }) =>
    costOf(document, 'list_sum.refill[1000]', 'deno.ffi') <
      costOf(document, 'list_sum.refill[1000]', 'deno.plain')
  );
  assert.deepEqual(isFfiFaster, [true, false]);
});

test('bestDiffers wants both members to be certain, breakEvenDiffers sizes apart', () => {
  const { summaries } = besideEachOther(members);
  const [first] = summaries[0]!.jobs;
  assert.equal(bestDiffers([first!, first!]), false);
  assert.equal(bestDiffers([first!, null]), false);
  const [found] = summaries[0]!.breakEvens;
  const at = (low: number, high: number) => ({
    ...found!,
    kind: 'from' as const,
    between: { low, high },
  });
  assert.equal(breakEvenDiffers([at(100, 1000), at(1000, 10_000)]), true);
  assert.equal(breakEvenDiffers([at(100, 1000), at(256, 4096)]), false);
  assert.equal(breakEvenDiffers([at(100, 1000), null]), false);
});

test('the page of merged runs opens with the same sentences as the terminal', async () => {
  const beside = besideEachOther(members);
  const html = await renderMergedPage(members, ['a.html', 'b.html']);
  assert.ok(html.includes(`<h1>${membersHeadline(beside)}</h1>`));
  assert.ok(html.includes(oppositeText(beside.opposites[0]!)));
  assert.match(html, /<a href="b\.html">page of B<\/a>/);
  assert.ok(html.indexOf(oppositeText(beside.opposites[0]!)) < html.indexOf('One call on Bun'));
});
