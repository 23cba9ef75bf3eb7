// What the report says of a function of another library: how much of its cost is the crossing, and
// how it stands against JavaScript. The figures are those of launches that are made up.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderSections } from '../../src/report/sections.ts';
import { buildArm, buildRun } from '../golden/build_run.ts';
import { eightRounds } from '../golden/sample_run.ts';

test('the section of call says what is the crossing, and what JavaScript takes', () => {
  const arms = ['bun.ffi', 'bun.plain'].map((label) => buildArm(label));
  const run = buildRun(arms, [
    {
      task: 'foreign.cos',
      cases: { 'bun.ffi': { costs: eightRounds(20) }, 'bun.plain': { costs: eightRounds(5) } },
    },
    { task: 'empty.cos', cases: { 'bun.ffi': { costs: eightRounds(5) } } },
    { task: 'call.noop', cases: { 'bun.ffi': { costs: eightRounds(2) } } },
  ], 'call');
  const text = renderSections(run, ['foreign'], { width: 200 });
  assert.match(text, /foreign\.cos in bun\.ffi takes 20\.0 ns: the same signature doing nothing 5/);
  assert.match(text, /doing nothing 5\.00 ns \(25 % of it\), call\.noop 2\.00 ns \(10 % of it\)/);
  assert.match(text, /foreign\.cos in bun\.ffi is 4\.00 times slower than the JavaScript/);
});

test('the section of call says what each unit of a size costs, and what JavaScript takes', () => {
  const arms = ['bun.ffi', 'bun.plain'].map((label) => buildArm(label));
  const run = buildRun(
    arms,
    [64, 128, 256, 512, 1024, 2048].map((buf) => ({
      task: 'foreign.crc32',
      params: { buf },
      sweep: 'buf',
      cases: {
        'bun.ffi': { costs: eightRounds(100 + buf / 8) },
        'bun.plain': { costs: eightRounds(2 * buf) },
      },
    })),
    'call',
  );
  const text = renderSections(run, ['foreign'], { width: 200 });
  assert.match(text, /foreign\.crc32 in bun\.ffi costs 100 ns and 0\.125 ns for each unit of buf/);
  assert.match(text, /foreign\.crc32 in bun\.plain costs 2\.00 ns for each unit of buf/);
  assert.match(
    text,
    /Against JavaScript\n {4}foreign\.crc32 in bun\.ffi is faster than bun\.plain/,
  );
});
