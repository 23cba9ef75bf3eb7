/** Tests of what a run concludes: sweeps, prices, answers and recommendations. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { breakEvenSentence, conclusionLines } from '../../src/report/conclusions.ts';
import { derive } from '../../src/results/derive.ts';
import { parseDocument, stringifyDocument } from '../../src/results/document.ts';
import { buildArm, buildRawRun, buildRun, type BuiltRow } from '../golden/build_run.ts';
import { eightRounds } from '../golden/sample_run.ts';

const arms = ['deno.ffi', 'deno.plain', 'native.call'].map((label) => buildArm(label));

function row(
  name: string,
  params: Readonly<Record<string, number | string>>,
  ffi: number,
  plain: number,
  sweep?: string,
): BuiltRow {
  return {
    task: name,
    params,
    ...(sweep ? { sweep } : {}),
    cases: {
      'deno.ffi': { costs: eightRounds(ffi) },
      'deno.plain': { costs: eightRounds(plain) },
    },
  };
}

const noop: BuiltRow = {
  task: 'call.noop',
  cases: {
    'deno.ffi': { costs: eightRounds(4) },
    'deno.plain': { costs: eightRounds(0.1), folded: true },
    'native.call': { costs: eightRounds(1.1) },
  },
};

/** Costs 50 ns and 1 ns per element natively, 2 ns per element in plain JavaScript. */
const sums = [10, 100, 1000, 10_000].map((elements) =>
  row('list_sum.refill', { elements }, 50 + elements, 2 * elements, 'elements')
);

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
  assert.deepEqual([native!.sizes, native!.launches], [4, 32]);
  assert.ok(Math.abs(native!.per_unit_ns - 1) < 0.01, `${native!.per_unit_ns}`);
  assert.ok(Math.abs(native!.fixed_ns - 50) < 2, `${native!.fixed_ns}`);
  assert.ok(native!.per_unit_low_ns! <= 1 && native!.per_unit_high_ns! >= 1);
  assert.ok(Math.abs(plain!.per_unit_ns - 2) < 0.01);
  assert.ok(native!.fit_error < 0.02);
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
  assert.ok(found!.size! > 35 && found!.size! < 70, `${found!.size}`);
  assert.ok(found!.low! <= found!.size! && found!.size! <= found!.high!);
  assert.deepEqual([found!.smallest, found!.largest], [10, 10_000]);
  assert.match(
    breakEvenSentence(found!),
    /^list_sum\.refill in deno\.ffi is faster than deno\.plain from \d+ elements/,
  );
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

test('there are no prices without the empty call', () => {
  assert.deepEqual(derive(buildRawRun(arms, [row('call.id', { type: 'i32' }, 5, 1)])).prices, []);
});

test('every question is answered from figures, in a sentence', () => {
  const rows = [
    noop,
    ...sums,
    row('handle.sum', { elements: 10_000 }, 2_000, 10_000),
    row('range.loop', { n: 1000 }, 300, 900),
    ...[100, 1_000_000].map((n) => row('range.fold', { n }, 5, n, 'n')),
    {
      task: 'range.formula',
      params: { n: 1000 },
      cases: { 'deno.plain': { costs: eightRounds(3) } },
    },
  ];
  const answers = derive(buildRawRun(arms, rows)).answers;
  const sentences = Object.fromEntries(answers.map((answer) => [answer.question, answer.sentence]));
  assert.deepEqual(sentences, {
    Q1:
      'On Deno 2.9.6 one crossing costs 4.00 ns, 16 clock cycles; from C to C through a pointer ' +
      'it is 1.10 ns.',
    Q2: 'On Deno 2.9.6 summing an ordinary list of 10,000 numbers takes 10.1 µs by ' +
      'list_sum.refill, of which the work takes 2.00 µs and converting 8.06 µs: converting is ' +
      'dearer than the work. Plain JavaScript takes 20.0 µs: going native is 1.99 times faster.',
    Q3: 'On Deno 2.9.6 summing 10,000 numbers that already lie in memory takes 2.00 µs by ' +
      'handle.sum, 5.02 times less than converting it for each call (list_sum.refill: 10.1 µs). ' +
      'Plain JavaScript takes 10.0 µs: going native is 5.00 times faster.',
    Q4: 'On Deno 2.9.6 one call that takes 1,000 steps costs 300 ns; as 1,000 calls, the ' +
      'crossings alone would cost 4.00 µs. Plain JavaScript takes 901 ns: going native is 3.00 ' +
      'times faster.',
    Q5: 'On Deno 2.9.6 the loop over 1,000,000 that the C compiler may fold takes 5.00 ns where ' +
      'taking every step takes 1.00 ms: it does less work, 200,000 times less.',
    Q6: 'On Deno 2.9.6 the folded loop costs 5.00 ns at 100 and 5.00 ns at 1,000,000: flat.',
    Q7: 'On Deno 2.9.6 the formula in plain JavaScript (3.00 ns) beats going native for 1,000 ' +
      'steps (range.loop: 300 ns).',
  });
  assert.ok(answers.every(({ arm }) => arm === 'deno.ffi'));
});

test('a cost is called growing only where the launches of two sizes part', () => {
  const flatness = (small: readonly number[], large: readonly number[]) => {
    const rows = [[100, small], [1_000_000, large]].map(([n, costs]): BuiltRow => ({
      task: 'range.fold',
      params: { n: n as number },
      sweep: 'n',
      cases: { 'deno.ffi': { costs: costs as number[] } },
    }));
    const answers = derive(buildRawRun(arms, rows)).answers;
    return answers.find(({ question }) => question === 'Q6')!.sentence;
  };
  assert.match(flatness(eightRounds(5), eightRounds(9)), /1,000,000: it grows 1.80 times\.$/);
  assert.match(flatness(eightRounds(9), eightRounds(5)), /1,000,000: flat\.$/);
  const few = flatness([4, 9, 5], [6, 6, 8]);
  assert.match(few, /1,000,000: this run cannot tell whether it grows\.$/);
});

test('a question is not answered where the run lacks what it needs', () => {
  assert.deepEqual(derive(buildRawRun(arms, [])).answers, []);
  const failed = { task: 'call.noop', cases: { 'deno.ffi': { failed: 'x', costs: [null] } } };
  assert.deepEqual(derive(buildRawRun(arms, [failed])).answers, []);
});

test('the recommendation is the way that pays least, garbage collection included', () => {
  const way = (task: string, cost: number, sustainedRatio = 1.02): BuiltRow => ({
    task,
    params: { bytes: 36 },
    cases: { 'deno.ffi': { costs: eightRounds(cost), sustainedRatio } },
  });
  const [found, ...others] = derive(buildRawRun(arms, [
    way('string_in.pre_encoded', 5),
    way('string_in.encode', 80, 2.5),
    way('string_in.encode_into', 90),
    way('string_in.direct', 150),
  ])).recommendations;
  assert.deepEqual(others, []);
  assert.equal(
    found!.sentence,
    'To pass a string (36 bytes) on Deno 2.9.6, refill one buffer with TextEncoder.encodeInto: ' +
      '90.1 ns; the next best takes 150 ns (pass the string itself and let the runtime convert ' +
      'it).',
  );
});

test('a recommendation says where the run cannot tell two ways apart', () => {
  const [found] = derive(buildRawRun(arms, [
    row('list_sum.refill', { elements: 100 }, 200, 200.5),
  ])).recommendations;
  assert.match(found!.sentence, /this run cannot tell it from the next \(stay in plain JavaScript/);
});

test('one lucky launch does not make a way the recommended one', () => {
  const way = (task: string, costs: readonly number[]): BuiltRow => ({
    task,
    params: { bytes: 36 },
    cases: { 'deno.ffi': { costs } },
  });
  const [found] = derive(buildRawRun(arms, [
    way('string_in.encode_into', [517, 462, 539, 265, 516, 510, 465, 529]),
    way('string_in.direct', [387, 389, 376, 416, 414, 453, 397, 380]),
  ])).recommendations;
  assert.equal(found!.case, 'string_in.direct[36]');
  assert.match(found!.sentence, /this run cannot tell it from the next \(refill one buffer/);
});

test('one way alone is no recommendation, and an A/A twin is no other way', () => {
  const twin = buildArm('twin', { lane: 'deno.ffi' });
  const built: BuiltRow = {
    task: 'string_in.encode',
    cases: { 'deno.ffi': { costs: eightRounds(80) }, 'twin': { costs: eightRounds(80) } },
  };
  assert.deepEqual(derive(buildRawRun([...arms, twin], [built])).recommendations, []);
});

test('conclusions are valid in a document and fit the terminal', () => {
  const document = buildRun(arms, [noop, ...sums]);
  assert.deepEqual(parseDocument(stringifyDocument(document), 'd.json').derived, document.derived);
  const lines = conclusionLines(document, 80);
  assert.ok(lines.every((line) => line.length <= 80), lines.join('\n'));
  assert.deepEqual(
    lines.filter((line) => /^\S/.test(line)),
    ['Answers', 'When going native pays', 'Recommendations'],
  );
  assert.deepEqual(conclusionLines(buildRun([], [])), []);
});
