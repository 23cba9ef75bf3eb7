/** Tests of comparing two runs, and of how the comparison is drawn. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderComparison, renderComparisonMarkdown } from '../../src/report/compare.ts';
import { compareDocuments, regressionsOver } from '../../src/results/compare.ts';
import type { Document } from '../../src/results/schema.ts';
import { buildArm, buildRun, type BuiltRow } from '../golden/build_run.ts';
import { assertGolden } from '../golden/golden.ts';
import { eightRounds } from '../golden/sample_run.ts';

const arms = [buildArm('deno.ffi'), buildArm('bun.ffi')];

function run(noop: number, sum: number, more: Partial<Record<'cpu', string>> = {}): Document {
  const document = buildRun(arms, [
    {
      task: 'call.noop',
      cases: { 'deno.ffi': { costs: eightRounds(noop) }, 'bun.ffi': { costs: eightRounds(2) } },
    },
    { task: 'buffer.sum', cases: { 'deno.ffi': { costs: eightRounds(sum) } } },
  ]);
  const { provenance } = document;
  const machine = { ...provenance.machine, cpu_model: more.cpu ?? provenance.machine.cpu_model };
  return { ...document, provenance: { ...provenance, machine } };
}

test('compareDocuments of a run with itself finds no change', () => {
  const comparison = compareDocuments(run(4, 100), run(4, 100));
  assert.deepEqual(comparison.changes.map(({ verdict }) => verdict), Array(3).fill('not_resolved'));
  assert.deepEqual(comparison.changes.map(({ ratio }) => ratio.value), [1, 1, 1]);
  assert.deepEqual([comparison.added, comparison.gone, comparison.not_comparable], [[], [], []]);
  assert.deepEqual(regressionsOver(comparison, 0), []);
});

test('compareDocuments finds what became slower and faster, with intervals', () => {
  const comparison = compareDocuments(run(4, 100), run(5, 80));
  const [noop, twin, sum] = comparison.changes;
  assert.deepEqual([noop!.verdict, twin!.verdict, sum!.verdict], [
    'slower',
    'not_resolved',
    'faster',
  ]);
  assert.equal(noop!.ratio.value, 1.25);
  assert.ok(noop!.ratio.low! > 1.2 && noop!.ratio.high! < 1.3);
  assert.equal(regressionsOver(comparison, 0.05).length, 1);
  assert.equal(regressionsOver(comparison, 0.3).length, 0);
});

test('compareDocuments names what is new and what is gone', () => {
  const old = run(4, 100);
  const fresh = buildRun(arms, [
    { task: 'call.noop', cases: { 'deno.ffi': { costs: eightRounds(4) } } },
    { task: 'call.id', params: { type: 'u8' }, cases: { 'bun.ffi': { costs: eightRounds(4) } } },
  ]);
  const { added, gone } = compareDocuments(old, fresh);
  assert.deepEqual(added, [{ case: 'call.id[u8]', arm: 'bun.ffi' }]);
  assert.deepEqual(gone, [
    { case: 'call.noop', arm: 'bun.ffi' },
    { case: 'buffer.sum', arm: 'deno.ffi' },
  ]);
});

test('compareDocuments mixes no machines and no libraries', () => {
  const other = compareDocuments(run(4, 100), run(5, 100, { cpu: 'Another CPU' }));
  assert.deepEqual(other.changes, []);
  assert.match(other.not_comparable[0]!.reason, /cpu_model was AMD EPYC 9R14, is Another CPU/);
  const fresh = run(5, 100);
  const [deno, bun] = fresh.arms;
  const library = { ...deno!.library!, sha256: '00'.repeat(32) };
  const rebuilt = compareDocuments(run(4, 100), { ...fresh, arms: [{ ...deno!, library }, bun!] });
  assert.deepEqual(rebuilt.changes.map(({ arm }) => arm), ['bun.ffi']);
  assert.match(rebuilt.not_comparable[0]!.reason, /sha256 was 4f4f4f4f4f4f, is 000000000000/);
});

test('compareDocuments compares builds of the library where it is asked to, and says so', () => {
  const fresh = run(5, 100);
  const [deno, bun] = fresh.arms;
  const library = { ...deno!.library!, sha256: '00'.repeat(32) };
  const rebuilt = { ...fresh, arms: [{ ...deno!, library }, bun!] };
  const old = run(4, 100);
  const { changes, differs, not_comparable } = compareDocuments(old, rebuilt, {
    otherLibrary: true,
  });
  assert.deepEqual(not_comparable, []);
  assert.ok(changes.some(({ arm, verdict }) => arm === deno!.label && verdict === 'slower'));
  const was = old.arms[0]!.library!.sha256.slice(0, 12);
  assert.ok(differs.includes(`${deno!.label} library: was ${was}, is 000000000000.`));
});

test('compareDocuments says that versions differ, which is what it is for', () => {
  const fresh = run(4, 100);
  const [deno, bun] = fresh.arms;
  const { differs, changes } = compareDocuments(run(4, 100), {
    ...fresh,
    arms: [{ ...deno!, version: '2.9.7' }, bun!],
  });
  assert.deepEqual(differs, ['deno.ffi version: was 2.9.6, is 2.9.7.']);
  assert.equal(changes.length, 3);
});

test('three launches a side decide nothing', () => {
  const few = (cost: number) =>
    buildRun(arms, [{ task: 'call.noop', cases: { 'deno.ffi': { costs: [cost, cost, cost] } } }]);
  const [change] = compareDocuments(few(4), few(9)).changes;
  assert.equal(change!.verdict, 'not_resolved');
  assert.match(change!.because!, /Fewer than four launches/);
});

test('a comparison is drawn with the worst first', () => {
  const comparison = compareDocuments(run(4, 100), run(5, 80));
  assertGolden('compare.txt', renderComparison(comparison));
  assertGolden('compare_markdown.txt', renderComparisonMarkdown(comparison));
});

/** A run of so many cases of one arm, each at a cost of its own. */
function many(costs: readonly number[]) {
  return buildRun(
    [buildArm('deno.ffi')],
    costs.map((cost, i): BuiltRow => ({
      task: 'range.loop',
      params: { n: i },
      cases: { 'deno.ffi': { costs: Array.from({ length: 8 }, (_, k) => cost * (1 + k / 1000)) } },
    })),
  );
}

test('compareDocuments takes what unchanged binaries moved by for noise between the runs', () => {
  const old = Array.from({ length: 20 }, (_, i) => 10 + i);
  const moved = old.map((cost, i) => cost * (i === 19 ? 2 : i % 2 ? 1.1 : 0.93));
  const comparison = compareDocuments(many(old), many(moved));
  const { changes, noise_between, noise_floor } = comparison;
  assert.equal(noise_between!.cases, 20);
  assert.ok(noise_floor > 1.3 && noise_floor < 1.6, `${noise_floor}`);
  assert.deepEqual(changes.filter(({ verdict }) => verdict === 'slower').length, 1);
  assert.match(changes[0]!.because!, /Within the noise floor of [34]\d\.\d %/);
  assert.match(renderComparison(comparison), /from what 20 cases moved by/);
  assert.equal(compareDocuments(many(old.slice(0, 9)), many(old.slice(0, 9))).noise_between, null);
});
