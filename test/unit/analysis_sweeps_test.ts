/** Tests of what follows from sweeps and from single costs: cost models, break-even, prices. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derive } from '../../src/analysis/derive.ts';
import { breakEvenSentence, growthText } from '../../src/report/words/sweeps.ts';
import { buildArm, buildRawRun, buildRun, type BuiltRow } from '../golden/build_run.ts';
import { arms, noop, row, sums } from '../golden/native_run.ts';
import { eightRounds } from '../golden/sample_run.ts';

test('a run without sweeps concludes nothing from sizes', () => {
  const derived = derive(buildRawRun(arms, [noop, row('list_sum.refill', { elements: 9 }, 1, 2)]));
  assert.deepEqual(derived.cost_models, []);
  assert.deepEqual(derived.break_even, []);
});

test('a sweep gives its fixed cost and its cost per element', () => {
  const [native, plain, ...others] = derive(buildRawRun(arms, sums)).cost_models;
  assert.deepEqual(others, []);
  assert.deepEqual([native!.task, native!.arm, native!.size_param], [
    'list_sum.refill',
    'deno.ffi',
    'elements',
  ]);
  assert.deepEqual([native!.sizes, native!.smallest, native!.largest], [4, 10, 10_000]);
  // The wobble of eightRounds has its fourth and fifth at 1 and 1.002: the median is 1.001.
  assert.deepEqual([native!.fixed_ns, native!.per_unit_ns], [50.05, 1.001]);
  assert.ok(Math.abs(plain!.per_unit_ns! - 2) < 0.01);
  assert.equal(plain!.fixed_ns, 0);
  assert.ok(native!.off_by < 0.02 && native!.exponent === null);
});

test('a cost that grows with the cube is no line, and its power is told', () => {
  const cubes = [4, 16, 64, 256].map((n) => row('work.matmul', { n }, 30 + n ** 3, n ** 3, 'n'));
  const [native] = derive(buildRawRun(arms, cubes)).cost_models;
  assert.equal(native!.kind, 'curve');
  assert.deepEqual([native!.fixed_ns, native!.per_unit_ns], [null, null]);
  assert.ok(Math.abs(native!.exponent!.value - 3) < 0.15, `${native!.exponent!.value}`);
  assert.match(growthText(native!), /^grows in no straight line, .* to the power 2\.\d+/);
});

test('two sizes make a break-even and no cost model', () => {
  const derived = derive(buildRawRun(arms, [sums[0]!, sums[3]!]));
  assert.deepEqual(derived.cost_models, []);
  assert.equal(derived.break_even.length, 1);
});

test('break-even is where the native way overtakes plain JavaScript', () => {
  const [found, ...others] = derive(buildRawRun(arms, sums)).break_even;
  assert.deepEqual(others, []);
  assert.equal(found!.kind, 'from');
  // 60 against 20 and 150 against 200: slower at 10, faster from 100 on, and nothing between.
  assert.deepEqual(found!.between, { low: 10, high: 100 });
  assert.deepEqual([found!.slower, found!.faster], [[10], [100, 1000, 10_000]]);
  assert.equal(
    breakEvenSentence(found!),
    'list_sum.refill in deno.ffi becomes faster than deno.plain between 10 and 100 elements.',
  );
});

test('break-even agrees with the pairs of its sizes: one that is told apart is told', () => {
  const same = [1000, 10_000].map((n) => row('range.loop', { n }, n, n, 'n'));
  const document = buildRun(arms, [...same, row('range.loop', { n: 100_000 }, 34e3, 1e5, 'n')]);
  const [found] = document.derived.break_even;
  assert.deepEqual([found!.kind, found!.faster, found!.undecided], [
    'partly',
    [100_000],
    [1000, 10_000],
  ]);
  assert.equal(
    breakEvenSentence(found!),
    'range.loop in deno.ffi is faster than deno.plain at 100,000 n; not told apart at 1,000 and ' +
      '10,000.',
  );
});

test('a second label of a binary hides no sweep of the first', () => {
  const again = buildArm('again', { lane: 'deno.ffi' });
  const twins = (n: number): BuiltRow => {
    const { cases, ...rest } = row('list_sum.refill', { elements: n }, n, 2 * n, 'elements');
    return { ...rest, cases: { ...cases, again: { costs: eightRounds(n) } } };
  };
  const rows = [
    twins(10),
    twins(100),
    ...[10, 100].map((n) => row('range.loop', { n }, n, 2 * n, 'n')),
  ];
  assert.deepEqual(
    derive(buildRawRun([...arms, again], rows)).break_even.map(({ task, arm }) => [task, arm]),
    [['list_sum.refill', 'deno.ffi'], ['range.loop', 'deno.ffi']],
  );
});

test('break-even of five rounds is not tested', () => {
  const five = [10, 1000].map((n): BuiltRow => ({
    task: 'range.loop',
    params: { n },
    sweep: 'n',
    cases: { 'deno.ffi': { costs: [1, 1, 1, 1, 1] }, 'deno.plain': { costs: [9, 9, 9, 9, 9] } },
  }));
  const [found] = derive(buildRawRun(arms, five)).break_even;
  assert.deepEqual([found!.kind, found!.between], ['not_tested', null]);
  assert.deepEqual([found!.undecided, found!.untested], [[], [10, 1000]]);
});

test('break-even: never, always, and never against a folded twin', () => {
  const slow = [10, 1000].map((n) => row('range.loop', { n }, 9 * n, n, 'n'));
  const fast = [10, 1000].map((n) => row('range.fold', { n }, 4, n, 'n'));
  const kinds = derive(buildRawRun(arms, [...slow, ...fast])).break_even
    .map(({ task, kind }) => [task, kind]);
  assert.deepEqual(kinds, [['range.loop', 'never'], ['range.fold', 'always']]);
  const folded = fast.map((item) => ({
    ...item,
    cases: { ...item.cases, 'deno.plain': { costs: eightRounds(0.1), folded: true } },
  }));
  assert.deepEqual(derive(buildRawRun(arms, folded)).break_even, []);
});

test('variants of a sweep stay apart', () => {
  const rows = ['ascii', 'bmp'].flatMap((charset) =>
    [8, 64].map((bytes) => row('string_in.encode', { bytes, charset }, bytes, bytes / 2, 'bytes'))
  );
  const variants = derive(buildRawRun(arms, rows)).break_even.map(({ variant }) => variant);
  assert.deepEqual(variants, ['charset=ascii', 'charset=bmp']);
});

test('prices stand beside the cost and the empty call they are counted from', () => {
  const rows = [noop, row('call.i32_args', { args: 2 }, 5, 1), row('range.loop', { n: 9 }, 9, 9)];
  const [price, ...others] = derive(buildRawRun(arms, rows)).prices;
  assert.deepEqual(others, []);
  assert.deepEqual([price!.case, price!.arm], ['call.i32_args[2]', 'deno.ffi']);
  assert.equal(price!.adds_ns.value, Number((price!.cost_ns - price!.noop_ns).toPrecision(7)));
  assert.ok(price!.adds_ns.low! < 1.004 && price!.adds_ns.high! > 1);
});

test('a price says how sure it is, and why it may be nothing', () => {
  // Eight launches from 99.1 to 100.8 % of 4 and of 5: ranks 1 and 7 hold the median with 96.1 %.
  const [sure] = derive(buildRawRun(arms, [noop, row('call.i32_args', { args: 2 }, 5, 1)])).prices;
  assert.equal(sure!.because, null);
  assert.deepEqual(sure!.adds_ns, {
    // 5.005 less 4.004.
    value: 1.001,
    low: Number((5 * 0.991 - 4 * 1.005).toPrecision(7)),
    high: Number((5 * 1.005 - 4 * 0.991).toPrecision(7)),
    // Each misses in 3.9 of 100 runs, so both together hold in at least 92.2.
    coverage: 0.921875,
  });
  const same = derive(buildRawRun(arms, [noop, row('call.i32_args', { args: 2 }, 4.001, 1)]));
  assert.equal(same.prices[0]!.because, 'interval_holds_zero');
  const few = (task: string, cost: number): BuiltRow => ({
    task,
    cases: { 'deno.ffi': { costs: [cost, cost, cost, cost, cost] } },
  });
  const untested = derive(buildRawRun(arms, [few('call.noop', 4), few('call.empty', 9)])).prices;
  assert.equal(untested[0]!.because, 'launches_too_few');
  assert.deepEqual([untested[0]!.adds_ns.value, untested[0]!.adds_ns.low], [5, null]);
});

test('there are no prices without the empty call', () => {
  assert.deepEqual(derive(buildRawRun(arms, [row('call.id', { type: 'i32' }, 5, 1)])).prices, []);
});
