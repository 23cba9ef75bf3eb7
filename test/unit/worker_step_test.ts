/** Tests of stepping through calls, with a library that counts what it is told to. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stepCalls } from '../../src/worker/step.ts';

/** A library that has one batch settle, and steps stretches of a turn and of two. */
function fakeInstrument(perCall: number, calls: { count: number }, code = 0) {
  let asked = 0;
  let begun = 0;
  let length = 0;
  return {
    stepWalk(target: Uint8Array) {
      const head = new DataView(target.buffer);
      const turns = [head.getUint32(0, true), 1, 2, 1, 2, 1, 2][asked >> 1] ?? 0;
      const isEnd = asked % 2 === 1;
      asked++;
      head.setInt32(28, code, true);
      head.setUint32(16, 1, true);
      if (code !== 0) return 0;
      if (!isEnd) {
        begun = calls.count;
        head.setBigUint64(32, head.getBigUint64(32, true) + BigInt(turns), true);
        return turns;
      }
      if (asked === 2) return 0;
      const instructions = 500 + (calls.count - begun) * perCall;
      const regions = [{ kind: 'generated', path: '', instructions }];
      const line = new TextEncoder().encode(`${JSON.stringify({ instructions, regions })}\n`);
      target.set(line, 120 + length);
      length += line.length;
      head.setUint32(24, length, true);
      return 0;
    },
  };
}

async function step(perCall: number, callsPerBatch: number, code = 0) {
  const calls = { count: 0 };
  const instrument = fakeInstrument(perCall, calls, code);
  const body = () => calls.count++;
  const more = { settlingBatches: 1, mostStepNs: 1e6 };
  const found = await stepCalls(body, { instrument, callsPerBatch, ...more });
  assert.equal(found.calls, calls.count, 'every call is told of');
  return found.message;
}

test('neighbouring stretches are pairs, the shorter one first', async () => {
  const message = await step(10, 4096);
  assert.equal(message.reason, null);
  assert.equal(message.calls, 4);
  assert.equal(message.pairs.length, 5);
  for (const [once, twice] of message.pairs) {
    assert.equal((twice.instructions - once.instructions) / message.calls, 10);
  }
});

test('long calls are stepped one by one', async () => {
  const message = await step(15_000, 64);
  assert.equal(message.calls, 1);
});

test('calls that are too long, and a library that does not step, give a reason', async () => {
  const long = await step(200_000, 1, -8);
  assert.deepEqual(long.pairs, []);
  assert.match(long.reason!, /too many instructions/);
  assert.match((await step(10, 4096, -1)).reason!, /Linux on x86-64/);
});
