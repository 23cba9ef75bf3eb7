/** Tests of derived figures: costs, pairs, verdicts and noise floors of small built runs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derive, recompute } from '../../src/results/derive.ts';
import type { Arm } from '../../src/results/schema.ts';
import { estimators } from '../../src/stats/estimators.ts';
import { buildArm, buildRawRun, buildRun, type BuiltRow } from '../golden/build_run.ts';

const deno = buildArm('deno.ffi');
const bun = buildArm('bun.ffi');
const denoPlain = buildArm('deno.plain');
const eight = (cost: number) => Array.from({ length: 8 }, (_, index) => cost * (1 + index / 1000));

function pairOf(arms: readonly Arm[], row: BuiltRow, profile: 'quick' | 'default' = 'default') {
  return derive(buildRawRun(arms, [row], profile)).pairs;
}

test('derive of a run without cases, and of cases without launches', () => {
  assert.deepEqual(derive(buildRawRun([], [])).cases, []);
  const derived = derive(buildRawRun([deno], [
    { task: 'call.noop', cases: { 'deno.ffi': { failed: 'It broke.', costs: [null, null] } } },
  ]));
  const [figures] = derived.cases;
  assert.equal(figures!.cost_ns, null);
  assert.equal(figures!.lower_mode_ns, null);
  assert.deepEqual(figures!.launches, { done: 0, not_done: 2, marked: 0 });
  assert.deepEqual(derived.pairs, []);
});

test('derive refuses a case or a launch that belongs to nothing', () => {
  const raw = buildRawRun([deno], [{ task: 'call.noop', cases: { 'deno.ffi': { costs: [4] } } }]);
  assert.throws(() => derive({ ...raw, arms: [] }), /names the arm deno\.ffi/);
  assert.throws(() => derive({ ...raw, cases: [] }), /call\.noop on deno\.ffi: not listed/);
});

test('cost is the median of p10 over launches with its exact interval', () => {
  const costs = [4.4, 4, 4.1, 4.3, 4.2, 4.5, 4.6, 4.7];
  const [figures] = derive(buildRawRun([deno], [
    { task: 'call.noop', cases: { 'deno.ffi': { costs, sustainedRatio: 2 } } },
  ])).cases;
  assert.deepEqual(figures!.cost_ns, {
    value: 4.35,
    low: 4,
    high: 4.6,
    coverage: 0.9609375,
    min: 4,
    max: 4.7,
    launches: 8,
  });
  assert.equal(figures!.sustained_ns!.value, 8.7);
  assert.equal(figures!.cost_cycles, 17.4);
  assert.equal(figures!.precision, 0.06896552);
});

test('under six launches there is no interval', () => {
  const [figures] = derive(buildRawRun([deno], [
    { task: 'call.noop', cases: { 'deno.ffi': { costs: [4, 5, 6] } } },
  ])).cases;
  const { value, low, high, min, max } = figures!.cost_ns!;
  assert.deepEqual([value, low, high, min, max], [5, null, null, 4, 6]);
  assert.equal(figures!.precision, null);
});

test('slow launches are counted and their range is given', () => {
  const [figures] = derive(buildRawRun([deno], [
    {
      task: 'call.f64',
      cases: { 'deno.ffi': { costs: [4.6, 4.6, 6.3, 4.6, 118, 4.6, 4.6, 4.6] } },
    },
  ])).cases;
  assert.equal(figures!.lower_mode_ns, 4.6);
  assert.deepEqual(figures!.slow, { count: 2, min_ns: 6.3, max_ns: 118 });
});

test('a batch of under a hundred clock steps is under resolution', () => {
  const under = (calls: number) =>
    derive(buildRawRun([deno], [{
      task: 'call.noop',
      cases: { 'deno.ffi': { costs: [4], measured: { calls_per_batch: calls } } },
    }])).cases[0]!.under_resolution;
  assert.equal(under(249), true);
  assert.equal(under(251), false);
});

test('a pair is the median ratio of same rounds, with a verdict where they agree', () => {
  const [pair, ...others] = pairOf([deno, bun], {
    task: 'call.noop',
    cases: { 'deno.ffi': { costs: eight(4) }, 'bun.ffi': { costs: eight(1) } },
  });
  assert.deepEqual(others, []);
  assert.deepEqual([pair!.arm, pair!.base, pair!.rounds], ['bun.ffi', 'deno.ffi', 8]);
  assert.equal(pair!.ratio.value, 0.25);
  assert.equal(pair!.p, 0.0078125);
  assert.equal(pair!.verdict, 'faster');
});

test('a pair takes only rounds that both arms finished', () => {
  const [pair] = pairOf([deno, bun], {
    task: 'call.noop',
    cases: {
      'deno.ffi': { costs: [4, 4, 4, 4, 4, 4, 4, null] },
      'bun.ffi': { costs: [null, 8, 8, 8, 8, 8, 8, 8] },
    },
  });
  assert.deepEqual([pair!.rounds, pair!.ratio.value, pair!.verdict], [6, 2, 'slower']);
});

test('five rounds decide nothing, and the pair says why', () => {
  const [pair] = pairOf([deno, bun], {
    task: 'call.noop',
    cases: { 'deno.ffi': { costs: [4, 4, 4, 4, 4] }, 'bun.ffi': { costs: [1, 1, 1, 1, 1] } },
  });
  assert.equal(pair!.verdict, 'not_resolved');
  assert.match(pair!.because!, /Only 5 rounds .* needs 6/);
  assert.equal(pair!.p_adjusted, null);
});

test('rounds that disagree are not resolved', () => {
  const [pair] = pairOf([deno, bun], {
    task: 'call.noop',
    cases: {
      'deno.ffi': { costs: [4, 4, 4, 4, 4, 4, 4, 4] },
      'bun.ffi': { costs: [3, 5, 3, 5, 3, 5, 3, 3] },
    },
  });
  assert.equal(pair!.verdict, 'not_resolved');
  assert.match(pair!.because!, /disagree/);
});

test('the quick profile gives ratios and no verdicts', () => {
  const [pair] = pairOf([deno, bun], {
    task: 'call.noop',
    cases: { 'deno.ffi': { costs: eight(4) }, 'bun.ffi': { costs: eight(1) } },
  }, 'quick');
  assert.equal(pair!.ratio.value, 0.25);
  assert.equal(pair!.verdict, null);
});

test('no ratio is taken against a folded twin', () => {
  const pairs = pairOf([deno, denoPlain], {
    task: 'range.fold',
    cases: {
      'deno.ffi': { costs: eight(4) },
      'deno.plain': { costs: eight(0.1), folded: true },
    },
  });
  assert.deepEqual(pairs, []);
});

test('the pairs of a row: with the first arm, ffi among each other, native with its plain', () => {
  const arms = ['deno.ffi', 'bun.ffi', 'node.ffi', 'node.plain', 'deno.plain', 'bun.napi']
    .map((label) => buildArm(label));
  const pairs = pairOf(arms, {
    task: 'call.noop',
    cases: Object.fromEntries(arms.map(({ label }, index) => [label, { costs: eight(1 + index) }])),
  });
  assert.deepEqual(pairs.map(({ arm, base }) => `${arm} / ${base}`), [
    'bun.ffi / deno.ffi',
    'node.ffi / deno.ffi',
    'node.ffi / bun.ffi',
    'node.plain / deno.ffi',
    'node.ffi / node.plain',
    'deno.ffi / deno.plain',
    'bun.napi / deno.ffi',
  ]);
});

test('A/A arms give a noise floor, and no verdict comes below it', () => {
  const twin = buildArm('twin', { lane: 'deno.ffi' });
  const derived = derive(buildRawRun([deno, bun, twin], [{
    task: 'call.noop',
    cases: {
      'deno.ffi': { costs: eight(100) },
      'bun.ffi': { costs: eight(103) },
      'twin': { costs: eight(105) },
    },
  }]));
  assert.deepEqual(derived.noise_floors, [
    { case: 'call.noop', arms: ['twin', 'deno.ffi'], rounds: 8, ratio: 1.05 },
  ]);
  assert.deepEqual(derived.run_noise_floor, { ratio: 1.05, comparisons: 1 });
  const [pair, control] = derived.pairs;
  assert.equal(pair!.verdict, 'not_resolved');
  assert.match(pair!.because!, /noise floor of 5\.0 %/);
  assert.deepEqual([control!.arm, control!.base, control!.verdict], ['twin', 'deno.ffi', null]);
  assert.match(control!.because!, /A\/A/);
});

test('verdicts are corrected together: one lucky pair among many is not resolved', () => {
  const rows = (lucky: number) =>
    Array.from({ length: 20 }, (_, index): BuiltRow => ({
      task: `call.t${index}`,
      cases: {
        'deno.ffi': { costs: eight(4) },
        'bun.ffi': {
          costs: index < lucky ? eight(1) : [3, 5, 3, 5, 3, 5, 3, 5],
        },
      },
    }));
  const verdicts = (lucky: number) =>
    derive(buildRawRun([deno, bun], rows(lucky))).pairs.filter(({ verdict }) =>
      verdict === 'faster'
    )
      .length;
  assert.equal(verdicts(1), 0);
  assert.equal(verdicts(10), 10);
});

test('every estimator of the table gives figures for the same run', () => {
  const raw = buildRawRun([deno, bun], [{
    task: 'call.noop',
    cases: { 'deno.ffi': { costs: [4, 4, 4, 4, 4, 4, 4, 90] }, 'bun.ffi': { costs: eight(1) } },
  }]);
  for (const estimator of estimators) {
    const { cases } = derive(raw, estimator);
    assert.ok(cases[0]!.cost_ns!.value < 4.1, estimator.name);
  }
});

test('recompute finds nothing in an honest document and names what was changed', () => {
  const document = buildRun([deno, bun], [{
    task: 'call.noop',
    cases: { 'deno.ffi': { costs: eight(4) }, 'bun.ffi': { costs: eight(1) } },
  }]);
  assert.deepEqual(recompute(document), []);
  const forged = structuredClone(document);
  forged.derived.cases[0]!.cost_ns!.value = 2;
  forged.derived.pairs[0]!.verdict = 'slower';
  assert.deepEqual(recompute(forged), [
    { place: '/derived/cases/0/cost_ns/value', stored: '2', computed: '4.014' },
    { place: '/derived/pairs/0/verdict', stored: '"slower"', computed: '"faster"' },
  ]);
  const shortened = structuredClone(document);
  shortened.derived.cases.pop();
  assert.equal(recompute(shortened)[0]!.stored, 'absent');
});
