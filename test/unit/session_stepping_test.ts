/** A launch that hangs while it is stepped is made again, and once only. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LaunchResult } from '../../src/launching/launch.ts';
import { launchTwice } from '../../src/session/stepping.ts';

/** Launches that end so, one after the other, and how many were made. */
function launching(...outcomes: readonly LaunchResult['outcome'][]) {
  const made: LaunchResult['outcome'][] = [];
  const launch = () => {
    const outcome = outcomes[made.length]!;
    made.push(outcome);
    return Promise.resolve({ outcome } as LaunchResult);
  };
  return { made, launch };
}

test('launchTwice repeats a launch that timed out or crashed', async () => {
  for (const first of ['timed_out', 'crashed'] as const) {
    const { made, launch } = launching(first, 'done');
    assert.equal((await launchTwice(launch)).outcome, 'done');
    assert.deepEqual(made, [first, 'done']);
  }
});

test('launchTwice makes no third launch, and none after an end that would come again', async () => {
  const hanging = launching('timed_out', 'timed_out');
  assert.equal((await launchTwice(hanging.launch)).outcome, 'timed_out');
  assert.equal(hanging.made.length, 2);
  const refused = launching('failed');
  assert.equal((await launchTwice(refused.launch)).outcome, 'failed');
  assert.equal(refused.made.length, 1);
});
