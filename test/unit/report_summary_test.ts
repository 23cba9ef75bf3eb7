/** Tests of the block of answers: its size, and that each answer follows from the launches. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareVersions, summaryOf } from '../../src/analysis/summary.ts';
import { renderSections } from '../../src/report/sections.ts';
import { blockLines, payText, summaryLines } from '../../src/report/words/summary.ts';
import type { Document } from '../../src/results/schema.ts';
import { buildArm, buildRun } from '../golden/build_run.ts';
import { assertGolden } from '../golden/golden.ts';
import { eightRounds, sampleRun } from '../golden/sample_run.ts';
import { summaryRun } from '../golden/summary_run.ts';

const run = summaryRun();

test('the block is what a run and a report end on', () => {
  assertGolden('summary.txt', renderSections(run, ['summary']));
  assertGolden('summary_quick.txt', renderSections(summaryRun('quick'), ['summary']));
});

test('the block has at most 24 lines of 80 columns', () => {
  for (const document of [run, summaryRun('quick'), sampleRun(), sampleRun('quick')]) {
    const lines = summaryLines(document);
    assert.ok(lines.length > 0 && lines.length <= blockLines, String(lines.length));
    assert.deepEqual(lines.filter((line) => line.length > 80), []);
  }
  assert.deepEqual(summaryLines(buildRun([], [])), []);
});

/** The median of the free batches of each launch of a case, sorted, in ns. */
function costsOf({ raw }: Document, name: string, arm: string): number[] {
  return raw.launches.filter((launch) => launch.case === name && launch.arm === arm)
    .map(({ measured }) => measured!.free!.quantiles_ns[4]!).sort((a, b) => a - b);
}

function middle(sorted: readonly number[]): number {
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2;
}

test('each answer of the block follows from the raw launches', () => {
  const text = summaryLines(run).join('\n');
  const cost = (name: string, arm: string) => middle(costsOf(run, name, arm));
  const noop = (arm: string) => cost('call.noop', arm);
  for (const [arm, title] of [['deno.ffi', 'Deno'], ['bun.ffi', 'Bun'], ['node.ffi', 'Node']]) {
    const [, ns, ofC] = new RegExp(`${title} [\\d.]+ +([\\d.]+) ns.*×([\\d.]+) of C`).exec(text)!;
    assert.equal(Number(ns).toPrecision(2), noop(arm!).toPrecision(2));
    assert.equal(Number(ofC).toPrecision(2), (noop(arm!) / noop('native.call')).toPrecision(2));
  }
  const [, ratio] = /Bun against Deno: ×([\d.]+)/.exec(text)!;
  assert.ok(Math.abs(Number(ratio) - noop('bun.ffi') / noop('deno.ffi')) < 0.01);
  const string = 'string_in.encode_into[36]';
  const node = /Node {2}WebAssembly encodeInto ([\d.]+) ns, Node-API ×([\d.]+)/;
  const [, best, api] = node.exec(text)!;
  assert.equal(Number(best).toPrecision(2), cost(string, 'node.wasm').toPrecision(2));
  const times = cost(string, 'node.napi') / cost(string, 'node.wasm');
  assert.equal(Number(api).toPrecision(2), times.toPrecision(2));
  assert.match(text, /a list: Deno 100 to 1,000; Bun any; Node 100 to 1,000/);
});

test('payText says where native code begins to pay, and what is open', () => {
  const found = (fields: Partial<Parameters<typeof payText>[0]>) =>
    payText({
      ...{ task: 'list_sum.refill', arm: 'bun.ffi', base: 'bun.plain', size_param: 'elements' },
      ...{ variant: '', kind: 'partly', between: null },
      ...{ faster: [], slower: [], undecided: [], untested: [] },
      ...fields,
    });
  assert.equal(found({ kind: 'always' }), 'any');
  assert.equal(found({ kind: 'from', between: { low: 100, high: 1000 } }), '100 to 1,000');
  assert.equal(found({ kind: 'until', between: { low: 100, high: 1000 } }), 'only up to 100');
  assert.equal(found({ faster: [256, 4096], undecided: [16] }), 'at most 256');
  assert.equal(
    found({ faster: [100, 1000], untested: [100_000] }),
    'at most 100 (open at 100,000)',
  );
  assert.equal(found({ slower: [16, 256], undecided: [4096] }), 'over 256, if at all');
  assert.equal(
    found({ kind: 'mixed', faster: [16, 4096], slower: [256] }),
    'only at 16 and 4,096',
  );
});

test('a way that the launches do not tell from the best one is marked', () => {
  const deno = summaryOf(run).jobs.find(({ found }) =>
    found.job === 'pass_a_string' && found.runtime === 'deno'
  )!;
  assert.deepEqual(
    deno.ways.map(({ way, isTold }) => [way.mechanism, isTold]),
    [['ffi', false], ['wasm', false], ['napi', true]],
  );
});

test('of several versions the newest leads, and is compared with the oldest', () => {
  const arms = ['2.0.0', '2.10.0', '2.9.6'].map((version) =>
    buildArm(version, { lane: 'deno.ffi', version, path: `/opt/deno-${version}` })
  );
  const costs = { '2.0.0': 8, '2.10.0': 4, '2.9.6': 6 };
  const cases = Object.fromEntries(
    Object.entries(costs).map(([label, cost]) => [label, { costs: eightRounds(cost) }]),
  );
  const lines = summaryLines(buildRun(arms, [{ task: 'call.noop', cases }]));
  assert.match(lines[2]!, /^ {2}Deno 2\.10\.0 +4\.00 ns/);
  assert.match(lines[3]!, /Deno 2\.10\.0 against 2\.0\.0: ×0\.50 .* 2\.00 times faster, certain/);
  assert.ok(compareVersions('2.10.0', '2.9.6') > 0);
  const both = summaryLines(buildRun(arms, [
    { task: 'call.noop', cases },
    { task: 'buffer.touch', params: { bytes: 64 }, cases },
  ]));
  assert.equal(both[4], 'Other calls, newest version against oldest');
  assert.match(both[5]!, /^ {2}buffer\.touch\[64\] on Deno: ×0\.50 \(.*\), faster, certain$/);
});

test('a function that was called leads the block', () => {
  const arms = ['deno.ffi', 'bun.ffi'].map((label) => buildArm(label));
  const cases = (cost: number) => ({
    'deno.ffi': { costs: eightRounds(cost) },
    'bun.ffi': { costs: eightRounds(cost / 2) },
  });
  const lines = summaryLines(
    buildRun(arms, [
      { task: 'call.noop', cases: cases(4) },
      { task: 'foreign.cos', cases: cases(20) },
    ], 'call'),
  );
  assert.match(lines[1]!, /^cos, best first/);
  assert.match(lines[2]!, /bun\.ffi +10\.0 ns/);
});
