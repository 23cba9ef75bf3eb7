// How many launches a case is given.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { laneRow } from '../../runtimes/registry.ts';
import { entries } from '../../src/catalogue/catalogue.ts';
import { profiles } from '../../src/catalogue/profiles.ts';
import { roundsFor, unnarrowed } from '../../src/planning/select.ts';

const entryOf = (wanted: string) => entries.find(({ name }) => name === wanted)!;

test('roundsFor gives what the profile says, and less to what an engine folds', () => {
  const noop = entryOf('call.noop');
  const { rounds } = profiles.default;
  assert.equal(roundsFor(unnarrowed, noop, laneRow('deno.ffi'), false), rounds);
  assert.equal(roundsFor(unnarrowed, noop, laneRow('deno.plain'), false), 3);
  assert.equal(
    roundsFor(unnarrowed, entryOf('call.i32_args[2]'), laneRow('bun.plain'), false),
    rounds,
  );
});

test('roundsFor gives every case the launches that somebody asked for', () => {
  const asked = { ...unnarrowed, launches: 20 };
  assert.equal(roundsFor(asked, entryOf('call.noop'), laneRow('deno.plain'), false), 20);
});

test('roundsFor lets a case go on for long where a precision is asked for', () => {
  const precise = { ...unnarrowed, precision: 0.01 };
  const noop = entryOf('call.noop');
  assert.equal(roundsFor(precise, noop, laneRow('deno.ffi'), false), 100);
  assert.equal(roundsFor({ ...precise, launches: 30 }, noop, laneRow('deno.ffi'), false), 30);
});

test('roundsFor gives nothing to a lane that was not asked for', () => {
  const asked = { ...unnarrowed, lanes: ['ffi'] };
  assert.equal(roundsFor(asked, entryOf('call.noop'), laneRow('deno.plain'), false), 0);
  assert.equal(roundsFor(asked, entryOf('call.noop'), laneRow('node.ffi'), false), 8);
});
