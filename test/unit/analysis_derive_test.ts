/** Tests of derived figures: costs, pairs, verdicts and noise floors of small built runs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derive, sections } from '../../src/analysis/derive.ts';
import { withoutCostText } from '../../src/report/words/launches.ts';
import { recompute } from '../../src/analysis/recompute.ts';
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
  assert.deepEqual(figures!.launches, {
    done: 0,
    not_done: 2,
    marked: 0,
    never_settled: 0,
    no_free_core: 0,
    repeated: 0,
  });
  assert.deepEqual(derived.pairs, []);
});

test('derive refuses a case or a launch that belongs to nothing', () => {
  const raw = buildRawRun([deno], [{ task: 'call.noop', cases: { 'deno.ffi': { costs: [4] } } }]);
  assert.throws(() => derive({ ...raw, arms: [] }), /names the arm deno\.ffi/);
  assert.throws(() => derive({ ...raw, cases: [] }), /call\.noop on deno\.ffi: not listed/);
});

test('cost is the median over launches of the median free batch, with its exact interval', () => {
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

test('a launch without a cost is counted and enters no figure', () => {
  const raw = buildRawRun([deno, bun], [{
    task: 'call.noop',
    cases: { 'deno.ffi': { costs: eight(4) }, 'bun.ffi': { costs: eight(1) } },
  }]);
  const ofDeno = raw.raw.launches.filter(({ arm }) => arm === 'deno.ffi');
  ofDeno[0]!.measured!.settled = null;
  ofDeno[1]!.measured!.free = { ...ofDeno[1]!.measured!.free!, batches: 9 };
  const { cases: [figures], pairs: [pair] } = derive(raw);
  assert.deepEqual(
    [figures!.launches.done, figures!.launches.never_settled, figures!.launches.no_free_core],
    [8, 1, 1],
  );
  assert.deepEqual([figures!.cost_ns!.launches, figures!.cost_ns!.min], [6, 4.008]);
  assert.equal(figures!.sustained_ns!.launches, 6);
  assert.equal(pair!.rounds, 6);
  assert.equal(withoutCostText(figures!), '1 of 8 never settled, 1 of 8 met no free core');
});

test('the last attempt of a round counts, and the others are counted as repeated', () => {
  const raw = buildRawRun([deno], [{
    task: 'call.noop',
    cases: { 'deno.ffi': { costs: [4, 5] } },
  }]);
  const again = structuredClone(raw.raw.launches[1]!);
  again.measured!.free!.quantiles_ns.fill(7);
  raw.raw.launches.push({ ...again, attempt: 1, sequence: 2 });
  const [figures] = derive(raw).cases;
  assert.deepEqual([figures!.launches.done, figures!.launches.repeated], [2, 1]);
  assert.deepEqual([figures!.cost_ns!.min, figures!.cost_ns!.max], [4, 7]);
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

test('a planted throw costs its own section and is recorded there', () => {
  const raw = buildRawRun([deno, denoPlain], [
    { task: 'call.noop', cases: { 'deno.ffi': { costs: eight(4) } } },
    ...[10, 100, 1000].map((elements): BuiltRow => ({
      task: 'list_sum.refill',
      params: { elements },
      sweep: 'elements',
      cases: {
        'deno.ffi': { costs: eight(elements) },
        'deno.plain': { costs: eight(2 * elements) },
      },
    })),
  ]);
  const whole = derive(raw);
  const thrower = () => {
    throw new RangeError('planted');
  };
  const parts = {
    costModels: 'cost_models',
    breakEvenSizes: 'break_even',
    answersOf: 'answers',
    recommendationsOf: 'recommendations',
  } as const;
  for (const [name, section] of Object.entries(parts)) {
    assert.ok(whole[section].length > 0, section);
    const broken = derive(raw, undefined, { ...sections, [name]: thrower });
    assert.deepEqual(broken, {
      ...whole,
      [section]: [],
      failures: [{ section, error: 'planted' }],
    });
  }
  const withoutPairs = derive(raw, undefined, { ...sections, pairsOf: thrower });
  assert.deepEqual(withoutPairs.cases, whole.cases);
  assert.deepEqual(
    withoutPairs.failures.map(({ section }) => section),
    ['pairs', 'noise_floors', 'break_even', 'answers'],
  );
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
