// Figures at the ends of their range: costs of zero, ratios of thousands, and what the search for a
// machine's resolution concludes of its launches.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument } from '../../src/analysis/open.ts';
import { recompute } from '../../src/analysis/recompute.ts';
import { stringifyDocument } from '../../src/results/document.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { renderTable } from '../../src/report/table.ts';
import { conclude } from '../../src/session/resolution.ts';
import { buildArm, buildRun } from '../golden/build_run.ts';

/** Costs of so many rounds near one, in a fixed order of small steps. */
const near = (cost: number, rounds = 8) =>
  Array.from({ length: rounds }, (_, i) => cost * (1 + ((i * 7) % 5) / 1000));

function runOf(first: number, second: number) {
  return buildRun([buildArm('deno.ffi'), buildArm('bun.ffi')], [{
    task: 'call.noop',
    cases: { 'deno.ffi': { costs: near(first) }, 'bun.ffi': { costs: near(second) } },
  }]);
}

const ends: readonly (readonly [string, number, number])[] = [
  ['a cost of zero beside another', 0, 4],
  ['two costs of zero', 0, 0],
  ['a ratio of a thousand', 4, 4000],
  ['a ratio of a trillion', 4e-9, 4000],
  ['an hour beside a picosecond', 3.6e12, 0.001],
];

for (const [what, first, second] of ends) {
  test(`${what} is derived, stored and shown in numbers`, () => {
    const document = runOf(first, second);
    const again = parseDocument(stringifyDocument(document), 'ends.json');
    assert.deepEqual(recompute(again), []);
    for (const shown of [renderTable(again), renderMarkdown(again)]) {
      assert.match(shown, /call\.noop/);
      assert.doesNotMatch(shown, /NaN|Infinity|undefined|null/);
    }
  });
}

test('a cost of zero has no ratio, and a ratio of a thousand is one', () => {
  assert.deepEqual(runOf(0, 4).derived.pairs, []);
  const [pair] = runOf(4, 4000).derived.pairs;
  assert.deepEqual([pair!.ratio.value, pair!.verdict], [1000, 'slower']);
});

test('conclude tells a planted slowdown from two labels of one library, and too few rounds', () => {
  const rounds = 24;
  const of = (library: string) => buildArm(`deno.ffi.${library}`, { lane: 'deno.ffi' });
  const noisy = (cost: number, shift: number) =>
    Array.from({ length: rounds }, (_, i) => cost * (1 + (((i * 7 + shift) % 12) - 6) / 1000));
  const document = buildRun([of('a'), of('b'), of('slow')], [{
    task: 'call.noop',
    cases: {
      'deno.ffi.a': { costs: noisy(4, 0) },
      'deno.ffi.b': { costs: noisy(4, 5) },
      'deno.ffi.slow': { costs: noisy(5, 3) },
    },
  }]);
  const options = { runtimes: ['deno', 'bun'], rounds, splitRounds: 12, splits: 200 };
  const [deno, bun] = conclude('slow_noop', document, options);
  assert.ok('planted' in deno!);
  assert.equal(deno.rounds, rounds);
  assert.ok(Math.abs(deno.planted.share - 0.25) < 0.02, `${deno.planted.share}`);
  assert.equal(deno.planted.found, 1);
  assert.ok(Math.abs(deno.costNs - 4) < 0.1, `${deno.costNs}`);
  assert.ok(deno.resolved !== null && deno.resolved < 0.05, `${deno.resolved}`);
  assert.deepEqual(bun, { name: 'call.noop', lane: 'bun.ffi', rounds: 0 });
});
