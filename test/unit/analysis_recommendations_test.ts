/** Tests of the ways of a job: which compete, and what is said of the first two. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derive } from '../../src/analysis/derive.ts';
import { recommendationSentence } from '../../src/report/words/recommendations.ts';
import { buildArm, buildRawRun, type BuiltCase, type BuiltRow } from '../golden/build_run.ts';
import { arms, row } from '../golden/native_run.ts';
import { eightRounds } from '../golden/sample_run.ts';

/** Ways of passing a string, each in one case. */
const way = (task: string, costs: readonly number[], more: Partial<BuiltCase> = {}): BuiltRow => ({
  task,
  params: { bytes: 36 },
  cases: { 'deno.ffi': { costs, ...more } },
});

test('ways are ranked by cost among those that give C the same, in all mechanisms', () => {
  const napi = buildArm('deno.napi');
  const [found, ...others] = derive(buildRawRun([...arms, napi], [
    way('string_in.pre_encoded', eightRounds(5)),
    way('string_in.utf16', eightRounds(70)),
    way('string_in.encode_into', eightRounds(261), { sustainedRatio: 2 }),
    {
      task: 'string_in.direct',
      params: { bytes: 36 },
      cases: { 'deno.napi': { costs: eightRounds(154) } },
    },
  ])).recommendations;
  assert.deepEqual(others, []);
  assert.deepEqual([found!.job, found!.contract, found!.because], [
    'pass_a_string',
    'utf8_text',
    null,
  ]);
  assert.deepEqual(found!.ways.map(({ task, arm }) => [task, arm]), [
    ['string_in.direct', 'deno.napi'],
    ['string_in.encode_into', 'deno.ffi'],
  ]);
  assert.equal(
    recommendationSentence(found!),
    'To pass a string as UTF-8 (36 bytes) on Deno 2.9.6, pass the string itself and let the ' +
      'runtime convert it through napi: 154 ns; the next best takes 261 ns, sustained 523 ns ' +
      '(refill one buffer with TextEncoder.encodeInto).',
  );
});

test('variants of a way stay in the comparison', () => {
  const bigint = (sink: string, cost: number): BuiltRow => ({
    task: 'call.u64_bigint',
    params: { sink },
    cases: { 'deno.ffi': { costs: eightRounds(cost) } },
  });
  const number: BuiltRow = {
    task: 'call.u64_number',
    cases: { 'deno.ffi': { costs: eightRounds(9) } },
  };
  const byRef: BuiltRow = {
    task: 'call.u64_by_ref',
    cases: { 'deno.ffi': { costs: eightRounds(23) } },
  };
  const found = derive(
    buildRawRun(arms, [bigint('consumed', 7.3), bigint('escaping', 18.3), number, byRef]),
  ).recommendations;
  assert.deepEqual(
    found.map(({ contract, variant, ways: [first] }) => [contract, variant, first!.task]),
    [
      ['by_value', 'sink=consumed', 'call.u64_bigint'],
      ['by_value', 'sink=escaping', 'call.u64_number'],
    ],
  );
});

test('a way of one charset is no way of another', () => {
  const napi = buildArm('deno.napi');
  const found = derive(buildRawRun([...arms, napi], [
    way('string_in.encode', eightRounds(200)),
    { ...way('string_in.encode', eightRounds(400)), params: { bytes: 36, charset: 'bmp' } },
    { ...way('string_in.refill', eightRounds(500)), params: { bytes: 36, charset: 'bmp' } },
    {
      task: 'string_in.direct',
      params: { bytes: 36 },
      cases: { 'deno.napi': { costs: eightRounds(154) } },
    },
  ])).recommendations;
  assert.deepEqual(found.map(({ variant, ways }) => [variant, ways.map(({ task }) => task)]), [
    ['bytes=36', ['string_in.direct', 'string_in.encode']],
    ['bytes=36, charset=bmp', ['string_in.encode', 'string_in.refill']],
  ]);
});

test('a recommendation says where the run cannot tell two ways apart', () => {
  const [found] = derive(buildRawRun(arms, [
    row('list_sum.refill', { elements: 100 }, 200, 200.5),
  ])).recommendations;
  assert.equal(found!.because, 'not_told_apart');
  assert.match(
    recommendationSentence(found!),
    /this run cannot tell it from the next \(stay in plain JavaScript/,
  );
});

test('one lucky launch does not make a way the recommended one', () => {
  const [found] = derive(buildRawRun(arms, [
    way('string_in.encode_into', [517, 462, 539, 265, 516, 510, 465, 529]),
    way('string_in.direct', [387, 389, 376, 416, 414, 453, 397, 380]),
  ])).recommendations;
  assert.equal(found!.ways[0]!.task, 'string_in.direct');
  // Of 16 ranks those of "direct" are 2 to 9. Eight ranks sum to 44 or less in as many ways as 0
  // to 8 have partitions, 1 + 1 + 2 + 3 + 5 + 7 + 11 + 15 + 22 = 67, of 12,870.
  assert.equal(found!.p_adjusted, Number((2 * 67 / 12870).toPrecision(7)));
});

test('three launches recommend nothing', () => {
  const [found] = derive(buildRawRun(arms, [
    way('string_in.encode_into', [100, 100, 100]),
    way('string_in.direct', [110, 110, 110]),
  ], 'quick')).recommendations;
  assert.deepEqual([found!.because, found!.p_adjusted], ['launches_too_few', null]);
  assert.doesNotMatch(recommendationSentence(found!), /faster than|times/);
  assert.match(recommendationSentence(found!), /which is faster is not tested\.$/);
});

test('one way alone is no recommendation, and an A/A twin is no other way', () => {
  const twin = buildArm('twin', { lane: 'deno.ffi' });
  const built: BuiltRow = {
    task: 'string_in.encode',
    cases: { 'deno.ffi': { costs: eightRounds(80) }, 'twin': { costs: eightRounds(80) } },
  };
  assert.deepEqual(derive(buildRawRun([...arms, twin], [built])).recommendations, []);
});
