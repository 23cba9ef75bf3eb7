// What the project's own workflows conclude from a run of two arms, and which version is new.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { armChanges, changesTable, overLimit } from '../../bench/two_arms.ts';
import { watchedVersion } from '../../bench/watch.ts';
import type { Document } from '../../src/results/schema.ts';

/** A document as far as `armChanges` reads it. */
function documentOf(instructions: Readonly<Record<string, number | null>>): Document {
  const arms = Object.keys(instructions);
  return {
    arms: arms.map((label) => ({ label })),
    cases: arms.map((arm) => ({
      case: 'call.noop',
      arm,
      instructions: instructions[arm] === null
        ? null
        : { per_call: { low: instructions[arm], high: instructions[arm], exact: true } },
    })),
    derived: {
      cases: arms.map((arm, i) => ({ case: 'call.noop', arm, cost_ns: { value: 10 + i } })),
      pairs: [],
    },
  } as unknown as Document;
}

test('armChanges sets each arm of a library beside the same lane with the other', () => {
  const changes = armChanges(
    documentOf({ 'deno.ffi.base': 100, 'deno.ffi.head': 103, 'bun.ffi.base': 50, 'node.napi': 7 }),
    'base',
    'head',
  );
  assert.deepEqual(changes, [
    { case: 'call.noop', lane: 'deno.ffi', instructions: 1.03, time: 1.1, isResolved: false },
  ]);
});

test('armChanges knows runtimes by their labels too, and what was not counted', () => {
  const [change] = armChanges(
    documentOf({ 'before.ffi': null, 'after.ffi': 103 }),
    'before',
    'after',
  );
  assert.equal(change?.lane, 'ffi');
  assert.equal(change?.instructions, null);
});

test('overLimit takes growth over the limit alone', () => {
  const changes = armChanges(
    documentOf({ 'a.ffi.base': 100, 'a.ffi.head': 102, 'b.ffi.base': 100, 'b.ffi.head': 90 }),
    'base',
    'head',
  );
  assert.equal(overLimit(changes, 0.02).length, 0);
  assert.deepEqual(overLimit(changes, 0.019).map(({ lane }) => lane), ['a.ffi']);
});

test('changesTable has a row per case and a dash where nothing was counted', () => {
  const table = changesTable(armChanges(documentOf({ 'x.a': null, 'x.b': 1 }), 'a', 'b'));
  assert.match(table, /\| call\.noop \| x \| – \| ×1\.10 \| no \|/);
});

test('watchedVersion is the newest that was kept, by number and not by letter', () => {
  const files = ['deno-2.9.6.json', 'deno-2.10.0.json', 'bun-9.9.9.json', 'deno-3.0.0-rc.1.json'];
  assert.equal(watchedVersion(files, 'deno', '2.8.0'), '2.10.0');
  assert.equal(watchedVersion([], 'deno', '2.8.0'), '2.8.0');
});
