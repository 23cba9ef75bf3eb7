// How many launches a case is given.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capabilitiesOf, laneRow, lanes } from '../../runtimes/lanes.ts';
import { entries } from '../../src/catalogue/catalogue.ts';
import { profiles } from '../../src/catalogue/profiles.ts';
import { whyUnsupported } from '../../src/catalogue/task.ts';
import { defaultRequests } from '../../src/machine/runtimes.ts';
import { roundsFor, unnarrowed } from '../../src/planning/select.ts';

const entryOf = (wanted: string) => entries.find(({ name }) => name === wanted)!;

test('roundsFor gives what the profile says, and less to what an engine folds', () => {
  const noop = entryOf('call.noop');
  const { rounds } = profiles.default;
  const named = { ...unnarrowed, tasks: ['call.noop', 'call.i32_args'] };
  assert.equal(roundsFor(unnarrowed, noop, laneRow('deno.ffi'), false), rounds);
  assert.equal(roundsFor(named, noop, laneRow('deno.plain'), false), 3);
  assert.equal(roundsFor(named, entryOf('call.i32_args[2]'), laneRow('bun.plain'), false), rounds);
});

test('roundsFor takes the mechanisms of the part that a case is in', () => {
  const inLane = (name: string, lane: string) =>
    roundsFor(unnarrowed, entryOf(name), laneRow(lane), false);
  assert.equal(inLane('call.noop', 'node.wasm'), profiles.default.rounds);
  assert.equal(inLane('call.noop', 'node.plain'), 0);
  assert.equal(inLane('range.formula[1000000]', 'bun.plain'), profiles.default.rounds);
  assert.equal(inLane('range.formula[1000000]', 'bun.ffi'), 0);
  assert.equal(inLane('call.i32_args[16]', 'bun.ffi'), 0);
});

test('roundsFor gives the rest of the catalogue fewer rounds and no controls', () => {
  const publish = { ...unnarrowed, profile: 'publish' } as const;
  const inLane = (name: string, lane: string, isTwin = false) =>
    roundsFor(publish, entryOf(name), laneRow(lane), isTwin);
  assert.equal(inLane('call.noop', 'bun.cc'), 20);
  assert.equal(inLane('call.noop', 'bun.ffi', true), 20);
  assert.equal(inLane('call.noop', 'bun.napi', true), 0);
  assert.equal(inLane('call.i32_args[16]', 'bun.ffi'), 6);
  assert.equal(inLane('call.i32_args[16]', 'bun.ffi', true), 0);
  assert.equal(inLane('call.i32_args[16]', 'bun.cc'), 0);
});

test('a task that is named is measured in few lanes, and in those of its part', () => {
  const named = { ...unnarrowed, tasks: ['call'] };
  assert.equal(
    roundsFor(named, entryOf('call.noop'), laneRow('node.koffi'), false),
    profiles.default.rounds,
  );
  assert.equal(roundsFor(named, entryOf('call.i32_args[16]'), laneRow('node.koffi'), false), 0);
  assert.equal(
    roundsFor(named, entryOf('call.i32_args[16]'), laneRow('node.ffi'), false),
    profiles.default.rounds,
  );
});

test('the lists of a profile keep to its time at 0.28 s a launch', () => {
  const usual = defaultRequests(false).map(({ runtime }) => runtime);
  const launchesOf = (profile: 'quick' | 'default') =>
    entries.flatMap((entry) =>
      lanes.filter(({ runtime }) => usual.includes(runtime)).map((row) =>
        whyUnsupported(capabilitiesOf(row), entry.task, entry.params) === null
          ? roundsFor({ ...unnarrowed, profile }, entry, row, false)
          : 0
      )
    ).reduce((sum, one) => sum + one, 0);
  assert.ok(launchesOf('quick') * 0.28 <= 60, `${launchesOf('quick')} launches`);
  assert.ok(launchesOf('default') * 0.28 <= 360, `${launchesOf('default')} launches`);
});

test('roundsFor gives every case the launches that were asked for', () => {
  const asked = { ...unnarrowed, launches: 20 };
  assert.equal(roundsFor(asked, entryOf('call.noop'), laneRow('deno.ffi'), false), 20);
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
  assert.equal(
    roundsFor(asked, entryOf('call.noop'), laneRow('node.ffi'), false),
    profiles.default.rounds,
  );
});
