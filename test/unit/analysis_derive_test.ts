/** Tests of derived figures: costs and counts of cases, sections that fail, recomputing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derive, sections } from '../../src/analysis/derive.ts';
import { recompute } from '../../src/analysis/recompute.ts';
import { withoutCostText } from '../../src/report/words/launches.ts';
import { estimators } from '../../src/stats/estimators.ts';
import { buildArm, buildRawRun, buildRun, type BuiltRow } from '../golden/build_run.ts';

const deno = buildArm('deno.ffi');
const bun = buildArm('bun.ffi');
const denoPlain = buildArm('deno.plain');
const eight = (cost: number) => Array.from({ length: 8 }, (_, index) => cost * (1 + index / 1000));

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
