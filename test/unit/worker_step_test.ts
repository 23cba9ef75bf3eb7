import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stepCalls } from '../../src/worker/step.ts';

/** A library that steps: each call of the body executes so many instructions, besides a few. */
function fakeInstrument(perCall: number, calls: { count: number }, problem = 0) {
  let before = 0;
  let limit = 0;
  return {
    throughput: () => 1,
    stepBegin(most: number) {
      before = calls.count;
      limit = most;
      return problem;
    },
    stepEnd(target: Uint8Array) {
      const instructions = Math.min(limit, 500 + (calls.count - before) * perCall);
      const regions = [{ kind: 'generated', path: '', instructions }];
      const text = JSON.stringify({ instructions, regions });
      target.set(new TextEncoder().encode(text));
      return problem === 0 ? text.length : problem;
    },
  };
}

function step(perCall: number, callsPerBatch: number, problem = 0) {
  const calls = { count: 0 };
  const instrument = fakeInstrument(perCall, calls, problem);
  const body = () => calls.count++;
  const found = stepCalls(body, { instrument, callsPerBatch, settlingBatches: 3 });
  assert.equal(found.calls, calls.count, 'every call is told of');
  return found;
}

test('short calls are stepped in three pairs of n and 2n calls', () => {
  const { message, calls } = step(10, 4096);
  assert.equal(message.reason, null);
  assert.equal(message.pairs.length, 3);
  for (const [once, twice] of message.pairs) {
    assert.equal((twice.instructions - once.instructions) / message.calls, 10);
  }
  assert.ok(calls > 3 * 4096);
});

test('long calls are stepped one by one, in as many pairs as they allow', () => {
  const { message } = step(20_000, 64);
  assert.equal(message.calls, 1);
  assert.equal(message.pairs.length, 1);
});

test('calls of too many instructions, and a library that does not step, give a reason', () => {
  const long = step(200_000, 1).message;
  assert.deepEqual(long.pairs, []);
  assert.match(long.reason!, /too many to step through/);
  const unable = step(10, 4096, -1).message;
  assert.deepEqual(unable.pairs, []);
  assert.match(unable.reason!, /Linux on x86-64/);
});
