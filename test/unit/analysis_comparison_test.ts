/** Tests of comparing two runs, and of how the comparison is drawn. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderComparison, renderComparisonMarkdown } from '../../src/report/changes.ts';
import { changeText, differenceSentence, refusalSentence } from '../../src/report/words/changes.ts';
import { compareDocuments, regressionsOver } from '../../src/analysis/comparison.ts';
import type { Document } from '../../src/results/schema.ts';
import { buildArm, buildRun, type BuiltRow } from '../golden/build_run.ts';
import { assertGolden } from '../golden/golden.ts';
import { eightRounds } from '../golden/sample_run.ts';

const arms = [buildArm('deno.ffi'), buildArm('bun.ffi')];
const newer = { deno: '2.9.7' };

/** A run whose two arms are of the versions given; one version in both runs is a control. */
function run(
  noop: number,
  sum: number,
  more: { readonly cpu?: string; readonly deno?: string } = {},
): Document {
  const arms = [buildArm('deno.ffi', { version: more.deno ?? '2.9.6' }), buildArm('bun.ffi')];
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
  assert.deepEqual(comparison.changes.map(({ because }) => because), Array(3).fill('control'));
  assert.deepEqual(comparison.changes.map(({ ratio }) => ratio.value), [1, 1, 1]);
  assert.deepEqual([comparison.added, comparison.gone, comparison.not_comparable], [[], [], []]);
  assert.deepEqual(regressionsOver(comparison, 0), []);
});

test('compareDocuments finds what became slower and faster, with intervals', () => {
  const comparison = compareDocuments(run(4, 100), run(5, 80, newer));
  const [noop, same, sum] = comparison.changes;
  assert.deepEqual([noop!.verdict, same!.verdict, sum!.verdict], [
    'slower',
    'not_tested',
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
  assert.deepEqual(other.not_comparable[0]!.reason, {
    code: 'other_machine',
    what: 'cpu_model',
    old: 'AMD EPYC 9R14',
    new: 'Another CPU',
  });
  const fresh = run(5, 100);
  const [deno, bun] = fresh.arms;
  const library = { ...deno!.library!, sha256: '00'.repeat(32) };
  const rebuilt = compareDocuments(run(4, 100), { ...fresh, arms: [{ ...deno!, library }, bun!] });
  assert.deepEqual(rebuilt.changes.map(({ arm }) => arm), ['bun.ffi']);
  assert.equal(
    refusalSentence(rebuilt.not_comparable[0]!.reason),
    'Another library, by its sha256: library was 4f4f4f4f4f4f, is 000000000000.',
  );
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
  assert.deepEqual(differs, [
    { what: 'library', arm: deno!.label, old: was, new: '000000000000' },
  ]);
});

test('compareDocuments says that versions differ, which is what it is for', () => {
  const fresh = run(4, 100);
  const [deno, bun] = fresh.arms;
  const { differs, changes } = compareDocuments(run(4, 100), {
    ...fresh,
    arms: [{ ...deno!, version: '2.9.7' }, bun!],
  });
  assert.deepEqual(differs.map(differenceSentence), [
    'Differs: deno.ffi version: was 2.9.6, is 2.9.7.',
  ]);
  assert.equal(changes.length, 3);
});

test('three launches a side are not tested, whatever they differ by', () => {
  const few = (cost: number, version: string) =>
    buildRun([buildArm('deno.ffi', { version })], [
      { task: 'call.noop', cases: { 'deno.ffi': { costs: [cost, cost, cost] } } },
    ]);
  const [change] = compareDocuments(few(4, '2.9.6'), few(9, '2.9.7')).changes;
  assert.deepEqual([change!.verdict, change!.because], ['not_tested', 'launches_too_few']);
});

test('a case whose binary and library are unchanged is a control and gets no verdict', () => {
  const [noop] = compareDocuments(run(4, 100), run(40, 100)).changes;
  assert.deepEqual([noop!.verdict, noop!.because], ['not_tested', 'control']);
});

test('a binary is told from another of the same version by its hash, where both are known', () => {
  const hashed = (sha256: string, cost: number) =>
    buildRun([buildArm('deno.ffi', { sha256 })], [
      { task: 'call.noop', cases: { 'deno.ffi': { costs: eightRounds(cost) } } },
    ]);
  const [change] = compareDocuments(hashed('aa', 4), hashed('bb', 9)).changes;
  assert.equal(change!.verdict, 'slower');
});

test('a launch of zero cost leaves the comparison whole', () => {
  const zero = run(4, 100, newer);
  for (const { measured } of zero.raw.launches.slice(0, 2)) {
    measured!.free!.quantiles_ns.fill(0);
  }
  const [noop] = compareDocuments(run(4, 100), zero).changes;
  assert.equal(noop!.launches.new, 7);
});

test('a change is shown so that it cannot be misread', () => {
  assert.equal(changeText(1 / 1000), '÷1,000');
  assert.equal(changeText(1000), '×1,000');
  assert.equal(changeText(1.05), '+5%');
  assert.equal(changeText(0.996), '-0.4%');
  assert.equal(changeText(0.5), '-50%');
  assert.equal(changeText(2.2), '+120%');
});

test('a comparison is drawn with the worst first', () => {
  const comparison = compareDocuments(run(4, 100), run(5, 80, newer));
  assertGolden('compare.txt', renderComparison(comparison));
  assertGolden('compare_markdown.txt', renderComparisonMarkdown(comparison));
});

/** A run of so many cases of an arm that stays the same, and of one that does not. */
function many(costs: readonly number[], version: string) {
  const spread = (cost: number) => Array.from({ length: 8 }, (_, k) => cost * (1 + k / 1000));
  return buildRun(
    [buildArm('deno.ffi'), buildArm('bun.ffi', { version })],
    costs.map((cost, i): BuiltRow => ({
      task: 'range.loop',
      params: { n: i },
      cases: { 'deno.ffi': { costs: spread(cost) }, 'bun.ffi': { costs: spread(cost) } },
    })),
  );
}

test('compareDocuments takes what unchanged binaries moved by for noise between the runs', () => {
  const old = Array.from({ length: 20 }, (_, i) => 10 + i);
  // Controls move by 10 % up and 7 % down in turn: a median of |log| of about 0.084.
  const moved = old.map((cost, i) => cost * (i === 19 ? 2 : i % 2 ? 1.1 : 0.93));
  const comparison = compareDocuments(many(old, '1.4.5'), many(moved, '1.4.6'));
  const { changes, noise_between, noise_floor } = comparison;
  assert.equal(noise_between!.cases, 20);
  assert.ok(noise_floor > 1.3 && noise_floor < 1.6, `${noise_floor}`);
  const told = changes.filter(({ verdict }) => verdict === 'slower' || verdict === 'faster');
  assert.deepEqual(told.map((one) => [one.case, one.arm]), [['range.loop[19]', 'bun.ffi']]);
  assert.equal(
    changes.filter(({ because }) => because === 'within_noise_floor').length,
    19,
  );
  assert.match(renderComparison(comparison), /from what 20 cases moved by/);
  const few = many(old.slice(0, 4), '1.4.5');
  assert.equal(compareDocuments(few, few).noise_between, null);
});
