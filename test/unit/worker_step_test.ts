/** Tests of stepping through calls, with a library that counts what it is told to. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stepCalls } from '../../src/worker/step.ts';

/** A library that steps: each call of the body executes so many instructions, besides a few. */
function fakeInstrument(perCall: number, calls: { count: number }, problem = 0) {
  let begun: number | null = null;
  let length = 0;
  return {
    stepMark(limit: number, target: Uint8Array) {
      const head = new DataView(target.buffer);
      if (limit === 0 || head.getInt32(4, true) !== 0) return 0;
      if (begun === null) {
        begun = calls.count;
        head.setInt32(4, problem, true);
        return problem;
      }
      const instructions = 500 + (calls.count - begun) * perCall;
      begun = null;
      if (instructions >= limit) {
        head.setInt32(4, -8, true);
        return -8;
      }
      const regions = [{ kind: 'generated', path: '', instructions }];
      const line = new TextEncoder().encode(`${JSON.stringify({ instructions, regions })}\n`);
      target.set(line, 8 + length);
      length += line.length;
      head.setUint32(0, length, true);
      return 0;
    },
  };
}

async function step(perCall: number, callsPerBatch: number, problem = 0) {
  const calls = { count: 0 };
  const instrument = fakeInstrument(perCall, calls, problem);
  const body = () => calls.count++;
  const batchNs = 250_000;
  const found = await stepCalls(body, { instrument, callsPerBatch, batchNs, settlingBatches: 3 });
  assert.equal(found.calls, calls.count, 'every call is told of');
  return found;
}

test('short calls are stepped in three pairs of n and 2n calls', async () => {
  const { message, calls } = await step(10, 4096);
  assert.equal(message.reason, null);
  assert.equal(message.pairs.length, 3);
  for (const [once, twice] of message.pairs) {
    assert.equal((twice.instructions - once.instructions) / message.calls, 10);
  }
  assert.ok(calls > 3 * 4096);
});

test('long calls are stepped one by one', async () => {
  const { message } = await step(15_000, 64);
  assert.equal(message.calls, 1);
  assert.equal(message.pairs.length, 3);
});

test('calls that are too long, and a library that does not step, give a reason', async () => {
  const long = await (await step(200_000, 1)).message;
  assert.deepEqual(long.pairs, []);
  assert.match(long.reason!, /too many to step through/);
  const unable = (await step(10, 4096, -1)).message;
  assert.deepEqual(unable.pairs, []);
  assert.match(unable.reason!, /Linux on x86-64/);
});
