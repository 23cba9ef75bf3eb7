/** Tests of what stretches that were stepped say of one call. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instructionsOf } from '../../src/analysis/instructions.ts';
import { schemaFaults } from '../../src/results/check.ts';
import { Instructions } from '../../src/results/schema.ts';
import type { StepKind, SteppedMessage, Stretch } from '../../src/worker/protocol.ts';

type Told = readonly (readonly [StepKind, string, number])[];

function stretch(told: Told): Stretch {
  const regions = told.map(([kind, path, instructions]) => ({ kind, path, instructions }));
  return { instructions: regions.reduce((sum, one) => sum + one.instructions, 0), regions };
}

function stepped(calls: number, pairs: readonly (readonly [Told, Told])[]): SteppedMessage {
  return {
    type: 'stepped',
    calls,
    pairs: pairs.map(([once, twice]) => [stretch(once), stretch(twice)]),
    reason: null,
  };
}

/** Ten in generated code and two in the library a call, beside what beginning and ending take. */
const steady: readonly [Told, Told] = [
  [['generated', '', 140], ['file', '/a/libffibench.so', 25], ['runtime', '', 300]],
  [['generated', '', 180], ['file', '/a/libffibench.so', 33], ['runtime', '', 300]],
];

test('a count is exact where three pairs agree, and what surrounds the calls cancels out', () => {
  const found = instructionsOf([stepped(4, [steady, steady, steady])], ['/a/libffibench.so']);
  assert.deepEqual(schemaFaults(Instructions, found), []);
  assert.deepEqual(found, {
    per_call: { low: 12, high: 12, exact: true },
    regions: [
      { region: 'generated', file: null, low: 10, high: 10 },
      { region: 'library', file: 'libffibench.so', low: 2, high: 2 },
    ],
    launches: 1,
    reason: null,
  });
});

test('pairs that differ give a range, and two pairs are not enough to be exact', () => {
  const collected: readonly [Told, Told] = [
    steady[0],
    [...steady[1], ['file', '/usr/lib/libc.so.6', 8]],
  ];
  const found = instructionsOf([stepped(4, [steady, steady, collected])], []);
  assert.deepEqual(found.per_call, { low: 12, high: 14, exact: false });
  assert.deepEqual(
    found.regions.find(({ file }) => file === 'libffibench.so'),
    { region: 'other', file: 'libffibench.so', low: 2, high: 2 },
  );
  assert.deepEqual(
    found.regions.find(({ file }) => file === 'libc.so.6'),
    { region: 'other', file: 'libc.so.6', low: 0, high: 2 },
  );
  const short = instructionsOf([stepped(4, [steady, steady])], []);
  assert.deepEqual(short.per_call, { low: 12, high: 12, exact: false });
});

test('a pair that met what comes once is left out where three agree after it', () => {
  const disturbed: readonly [Told, Told] = [steady[0], [...steady[1], ['runtime', '', 4000]]];
  const found = instructionsOf([stepped(4, [disturbed, steady, steady, steady])], []);
  assert.deepEqual(found.per_call, { low: 12, high: 12, exact: true });
});

test('launches of one case must agree to be exact', () => {
  const other: readonly [Told, Told] = [steady[0], [...steady[1], ['builtins', '', 26]]];
  const launches = [stepped(4, [steady, steady, steady]), stepped(4, [other, other, other])];
  const found = instructionsOf(launches, []);
  assert.deepEqual(found.per_call, { low: 12, high: 18.5, exact: false });
  assert.equal(found.launches, 2);
});

test('a case that could not be stepped tells why', () => {
  const reason = 'no trap arrives: a debugger takes them, or the machine is emulated';
  const found = instructionsOf([{ type: 'stepped', calls: 1, pairs: [], reason }], []);
  assert.deepEqual(schemaFaults(Instructions, found), []);
  assert.equal(found.reason, reason);
  assert.equal(found.launches, 0);
});
