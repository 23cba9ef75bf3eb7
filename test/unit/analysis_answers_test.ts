/** Tests of what the questions of the suite found, as facts and in sentences. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derive } from '../../src/analysis/derive.ts';
import { parseDocument } from '../../src/analysis/open.ts';
import { answerSentence } from '../../src/report/words/answers.ts';
import { stringifyDocument } from '../../src/results/document.ts';
import { buildRawRun, buildRun, type BuiltRow } from '../golden/build_run.ts';
import { arms, noop, row, sums } from '../golden/native_run.ts';
import { eightRounds } from '../golden/sample_run.ts';

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
  const document = buildRun(arms, rows);
  const { answers } = document.derived;
  const sentences = Object.fromEntries(
    answers.map((answer) => [answer.question, answerSentence(answer, document.arms)]),
  );
  assert.deepEqual(sentences, {
    Q1: 'On Deno 2.9.6 one crossing costs 4.00 ns, 16 clock cycles (6.01 ns on a busy core); a ' +
      'call from C to C through a pointer costs 1.10 ns.',
    Q2: 'On Deno 2.9.6 summing a list of 10,000 numbers takes 10.1 µs by list_sum.refill, of ' +
      'which the work takes 2.00 µs and converting 8.06 µs: converting costs more than the work. ' +
      'Plain JavaScript takes 20.0 µs: going native is 1.99 times faster.',
    Q3: 'On Deno 2.9.6 summing 10,000 numbers that already lie in memory takes 2.00 µs by ' +
      'handle.sum, 5.02 times less than converting it for each call (list_sum.refill: 10.1 µs). ' +
      'Plain JavaScript takes 10.0 µs: going native is 5.00 times faster.',
    Q4: 'On Deno 2.9.6 one call that takes 1,000 steps costs 300 ns; as 1,000 calls, the ' +
      'crossings alone would cost 4.00 µs. Plain JavaScript takes 901 ns: going native is 3.00 ' +
      'times faster.',
    Q5: 'On Deno 2.9.6 the loop over 1,000,000 that the C compiler may fold takes 5.00 ns; the ' +
      'loop in plain JavaScript, which takes every step, takes 1.00 ms: the compiler does the ' +
      'work ahead.',
    Q6: 'On Deno 2.9.6 the folded loop costs 5.00 ns at 100 and 5.00 ns at 1,000,000: flat, ' +
      'within 10 %.',
    Q7: 'On Deno 2.9.6 the formula in plain JavaScript (3.00 ns) beats going native for 1,000 ' +
      'steps (range.loop: 300 ns).',
  });
  assert.ok(answers.every(({ arm }) => arm === 'deno.ffi'));
});

test('the loop that takes every step is the compiled one where the run has it at that size', () => {
  const rows = [
    row('range.fold', { n: 1000 }, 5, 900, 'n'),
    row('range.loop', { n: 1000 }, 300, 900, 'n'),
  ];
  const { answers } = derive(buildRawRun(arms, rows));
  const folding = answers.find(({ question }) => question === 'Q5')!;
  assert.equal(folding.words.every_step, 'compiled');
  assert.equal(folding.figures.every_step_ns, 300.3);
});

test('work that costs as much alone as with converting leaves no part for converting', () => {
  const rows = [
    row('list_sum.refill', { elements: 64 }, 80, 90),
    row('handle.sum', { elements: 64 }, 100, 90),
  ];
  const document = buildRun(arms, rows);
  const answer = document.derived.answers.find(({ question }) => question === 'Q2')!;
  assert.equal(answer.figures.converting_ns, null);
  assert.equal(answer.words.split, 'work_not_cheaper');
  assert.doesNotMatch(answerSentence(answer, document.arms), /of which/);
  const kept = document.derived.answers.find(({ question }) => question === 'Q3')!;
  assert.match(answerSentence(kept, document.arms), /1\.25 times more than converting/);
});

test('a zero cost costs no answer but its own', () => {
  const rows = [
    noop,
    ...[100, 1_000_000].map((n) => row('range.fold', { n }, n === 100 ? 0 : 5, n, 'n')),
  ];
  const { answers, failures } = derive(buildRawRun(arms, rows));
  assert.deepEqual(failures, []);
  assert.ok(answers.some(({ question }) => question === 'Q1'));
  assert.ok(!answers.some(({ question }) => question === 'Q6'));
});

test('flat means within 10 % either way; else the launches must part', () => {
  const shapeOf = (small: readonly number[], large: readonly number[]) => {
    const rows = [[100, small], [1_000_000, large]].map(([n, costs]): BuiltRow => ({
      task: 'range.fold',
      params: { n: n as number },
      sweep: 'n',
      cases: { 'deno.ffi': { costs: costs as number[] } },
    }));
    const { answers } = derive(buildRawRun(arms, rows));
    return answers.find(({ question }) => question === 'Q6')!.words.shape;
  };
  assert.equal(shapeOf(eightRounds(5), eightRounds(5.2)), 'flat');
  assert.equal(shapeOf(eightRounds(5), eightRounds(9)), 'grows');
  assert.equal(shapeOf(eightRounds(39.9), eightRounds(28.9)), 'shrinks');
  assert.equal(shapeOf([4, 9, 5, 8], [6, 6, 8, 9]), 'not_resolved');
  assert.equal(shapeOf([4, 4, 4], [9, 9, 9]), 'not_tested');
});

test('a question is not answered where the run lacks what it needs', () => {
  assert.deepEqual(derive(buildRawRun(arms, [])).answers, []);
  const failed = { task: 'call.noop', cases: { 'deno.ffi': { failed: 'x', costs: [null] } } };
  assert.deepEqual(derive(buildRawRun(arms, [failed])).answers, []);
});

test('conclusions are valid in a document', () => {
  const document = buildRun(arms, [noop, ...sums]);
  assert.deepEqual(parseDocument(stringifyDocument(document), 'd.json').derived, document.derived);
});
