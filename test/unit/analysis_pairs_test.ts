/** Tests of pairs of arms: ratios, verdicts and their reasons, noise floors. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derive } from '../../src/analysis/derive.ts';
import type { Arm } from '../../src/results/schema.ts';
import { buildArm, buildRawRun, type BuiltRow } from '../golden/build_run.ts';

const deno = buildArm('deno.ffi');
const bun = buildArm('bun.ffi');
const denoPlain = buildArm('deno.plain');
const eight = (cost: number) => Array.from({ length: 8 }, (_, index) => cost * (1 + index / 1000));

function pairOf(arms: readonly Arm[], row: BuiltRow, profile: 'quick' | 'default' = 'default') {
  return derive(buildRawRun(arms, [row], profile)).pairs;
}

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

test('five rounds are not tested, whatever they say', () => {
  const [pair] = pairOf([deno, bun], {
    task: 'call.noop',
    cases: { 'deno.ffi': { costs: [4, 4, 4, 4, 4] }, 'bun.ffi': { costs: [1, 1, 1, 1, 1] } },
  });
  assert.deepEqual([pair!.verdict, pair!.because], ['not_tested', 'rounds_too_few']);
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
  assert.equal(pair!.because, 'interval_holds_one');
});

test('the quick profile gives ratios and no verdicts', () => {
  const [pair] = pairOf([deno, bun], {
    task: 'call.noop',
    cases: { 'deno.ffi': { costs: eight(4) }, 'bun.ffi': { costs: eight(1) } },
  }, 'quick');
  assert.equal(pair!.ratio.value, 0.25);
  assert.deepEqual([pair!.verdict, pair!.because], ['not_tested', 'profile_without_verdicts']);
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
  assert.deepEqual(derived.run_noise_floor, { ratio: 1.05, most: 1.05, comparisons: 1 });
  const [pair, control] = derived.pairs;
  assert.equal(pair!.verdict, 'not_resolved');
  assert.equal(pair!.because, 'within_noise_floor');
  assert.deepEqual([control!.arm, control!.base, control!.verdict], [
    'twin',
    'deno.ffi',
    'not_tested',
  ]);
  assert.equal(control!.because, 'control');
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

test('no verdict lies inside the noise floor of the run, whatever its own row says', () => {
  const twin = buildArm('twin', { lane: 'deno.ffi' });
  // Rows whose twins differ by 0 to 19 %: their 95th percentile is 18.05 %.
  const rows = Array.from({ length: 20 }, (_, index): BuiltRow => ({
    task: `call.t${index}`,
    cases: {
      'deno.ffi': { costs: eight(100) },
      'bun.ffi': { costs: eight(index === 0 ? 110 : 300) },
      'twin': { costs: eight(100 + index) },
    },
  }));
  const { pairs, run_noise_floor: floor } = derive(buildRawRun([deno, bun, twin], rows));
  assert.deepEqual(floor, { ratio: 1.1805, most: 1.19, comparisons: 20 });
  assert.equal(pairs[0]!.because, 'within_noise_floor');
  assert.ok(
    pairs.filter(({ because }) => because === null)
      .every(({ ratio }) => Math.abs(Math.log(ratio.value)) > Math.log(1.1805)),
  );
});

test('where costs and rounds part by more than the interval, the pair says so', () => {
  // Of 20 rounds eleven have the base in its fast mode and nine in the slow one, the arm with it:
  // the ratio is 50, in two rounds 60, and its interval, ranks 6 and 15, is 50 alone. The costs are
  // 60 (nine of 50, two of 60, nine of 500) and 1: their quotient is 60.
  const base = [...Array(11).fill(1), ...Array(9).fill(10)];
  const arm = [...Array(9).fill(50), 60, 60, ...Array(9).fill(500)];
  const [apart] = pairOf([deno, bun], {
    task: 'call.noop',
    cases: { 'deno.ffi': { costs: base }, 'bun.ffi': { costs: arm } },
  });
  assert.deepEqual([apart!.ratio.value, apart!.ratio.low, apart!.ratio.high], [50, 50, 50]);
  assert.deepEqual([apart!.of_costs, apart!.costs_disagree], [60, true]);
  const [same] = pairOf([deno, bun], {
    task: 'call.noop',
    cases: { 'deno.ffi': { costs: eight(4) }, 'bun.ffi': { costs: eight(1) } },
  });
  assert.deepEqual([same!.of_costs, same!.costs_disagree], [0.25, false]);
});

test('versions of a lane are compared, and a plain twin with its own binary', () => {
  const arms = ['deno', 'old'].flatMap((label) =>
    ['ffi', 'plain'].map((mechanism) =>
      buildArm(`${label}.${mechanism}`, {
        lane: `deno.${mechanism}`,
        ...label === 'old' ? { version: '2.8.0', path: '/opt/old' } : {},
      })
    )
  );
  const pairs = pairOf(arms, {
    task: 'call.noop',
    cases: Object.fromEntries(arms.map(({ label }, index) => [label, { costs: eight(1 + index) }])),
  });
  assert.deepEqual(pairs.map(({ arm, base }) => `${arm} / ${base}`), [
    'deno.ffi / deno.plain',
    'old.ffi / deno.ffi',
    'old.plain / deno.plain',
    'old.ffi / old.plain',
  ]);
});
