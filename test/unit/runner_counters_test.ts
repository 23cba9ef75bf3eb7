// The processor's counters of a launch: whether there are any, when they are read, what is kept.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import type { OpenLane } from '../../src/catalogue/lane.ts';
import { type Counts, countsBetween, findCounters } from '../../src/machine/counters.ts';
import { openCounters } from '../../src/machine/tool_library.ts';
import { observe } from '../../src/launching/observe.ts';
import type { Follower } from '../../src/launching/reader.ts';
import { doneAt, simulate, simulatedSession } from '../faults/simulate.ts';

/** A library whose counters answer `begun`, and then count `counts`. */
function counting(begun: number, counts: readonly number[]) {
  const started: number[] = [];
  const functions = {
    counters_start: (pid: number) => {
      started.push(pid);
      return pid === 0 ? 0 : begun;
    },
    counters_read: (target: Float64Array) => {
      target.set(counts);
      return 0;
    },
  };
  const call = (name: keyof typeof functions) => functions[name];
  return { lane: { call } as unknown as OpenLane, started };
}

test('findCounters says why there are none', () => {
  assert.match(findCounters(null).reason!, /could not be opened/);
  assert.match(findCounters(counting(2, []).lane).reason!, /this machine offers none/);
  assert.match(findCounters(counting(13, []).lane).reason!, /perf_event_paranoid/);
  assert.match(findCounters(counting(77, []).lane).reason!, /gave error 77/);
});

test('findCounters counts instructions and cycles of a process', () => {
  const { lane, started } = counting(0, [300, 100]);
  const { counters } = findCounters(lane);
  counters!.start(42);
  assert.deepEqual(started, [process.pid, 0, 42]);
  assert.deepEqual(counters!.read(), { instructions: 300, cycles: 100 });
  // A counter that never ran.
  assert.equal(findCounters(counting(0, [NaN, 100]).lane).counters!.read(), null);
});

test('counters of this machine are there, or it is said why not', async () => {
  const { counters, reason } = await openCounters();
  if (counters === null) {
    return assert.match(reason!, /offers none|does not let|gave error|could not be opened/);
  }
  assert.equal(reason, null);
  counters.start(process.pid);
  const before = counters.read();
  for (let i = 0; i < 1e6; i++) Math.sqrt(i);
  const { instructions, cycles } = countsBetween(before, counters.read())!;
  assert.ok(instructions > 1e5 && cycles > 1e5, `${instructions} instructions, ${cycles} cycles`);
});

test('observe reads when a worker was verified and when it had measured, once each', () => {
  const said: string[] = [];
  let measured = false;
  const follower = {
    messages: () => said.map((type) => ({ type })),
    measured: () => measured ? {} : null,
  } as unknown as Follower;
  let counted = 0;
  const started: number[] = [];
  const { look, observed } = observe(7, {
    start: (pid) => started.push(pid),
    read: (): Counts => ({ instructions: counted, cycles: counted / 2 }),
  });
  const say = (type: string, total: number) => {
    said.push(type);
    counted = total;
    measured ||= type === 'measured';
    look(follower);
  };
  say('hello', 10);
  say('verified', 100);
  say('manifest', 1090);
  say('measured', 1100);
  say('verified_hot', 5000);
  assert.deepEqual(started, [7]);
  assert.deepEqual(observed().counts, { instructions: 1000, cycles: 500 });
});

test('a launch is recorded with its counts per call', async () => {
  const folder = mkdtempSync(join(os.tmpdir(), 'ffi-bench-counters-'));
  const done = doneAt(5);
  const { calls_per_batch: perBatch, batches_ns: batches } = done.measured!;
  const calls = perBatch * batches.length;
  const counts = { instructions: 30 * calls, cycles: 12 * calls };
  try {
    const document = await simulate(
      simulatedSession(1, 1),
      join(folder, 'j.ndjson'),
      (n) => n === 0 ? { ...done, counts } : done,
    );
    assert.deepEqual(document!.raw.launches.map(({ context }) => context.counters), [
      { instructions_per_call: 30, cycles_per_call: 12 },
      null,
      null,
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
