// Pilots: some for each binary of a case, before anything that counts; one that fails is the
// outcome of its case.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pilotNs } from '../../src/planning/settings.ts';
import { keepPilots } from '../../src/session/kept_pilots.ts';
import type { WorkOrder } from '../../src/worker/protocol.ts';
import { doneAt, failedAs, isPilot, simulate, simulatedSession } from '../faults/simulate.ts';

type Made = ReturnType<typeof doneAt>;

/** The orders of a simulated run of one case in three lanes, and its document. */
async function run(rounds: number, answer: (order: WorkOrder) => Made) {
  const folder = mkdtempSync(join(os.tmpdir(), 'ffi-bench-pilots-'));
  const orders: WorkOrder[] = [];
  try {
    const document = await simulate(
      simulatedSession(1, rounds),
      join(folder, 'j.ndjson'),
      () => doneAt(5),
      {
        launch: (_command, order) => {
          orders.push(order);
          return Promise.resolve(answer(order));
        },
      },
    );
    return { orders, document: document! };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A pilot that guesses `guess` calls, of a body that takes `ns`. */
const bodyOf = (ns: number, guess: number) => (order: WorkOrder): Made => {
  const done = doneAt(ns, ns * order.callsPerBatch, 1500);
  return order.mode === 'pilot'
    ? { ...done, messages: [{ type: 'piloted', calls_per_batch: guess }] }
    : done;
};

test('every binary of a case is piloted before the launches that count', async () => {
  const { orders } = await run(3, bodyOf(1, 2 ** 18));
  assert.deepEqual(orders.map(isPilot), [...Array(6).fill(true), ...Array(9).fill(false)]);
  assert.equal(new Set(orders.slice(0, 6).map(({ lane }) => lane)).size, 3);
  assert.ok(orders.slice(6).every(({ callsPerBatch }) => callsPerBatch === 2 ** 18));
});

test('a guess from slow code is put right by pilots that run as launches do', async () => {
  const { orders } = await run(1, bodyOf(5, 1024));
  const own = orders.filter(({ lane }) => lane === 'bun.plain');
  assert.deepEqual(own.map(({ callsPerBatch }) => callsPerBatch), [1, 1024, 65536, 65536]);
  assert.deepEqual(own.map(({ durationNs }) => durationNs === pilotNs), [
    ...[false, true, true, false],
  ]);
});

test('a failed pilot is the outcome of its case, and nothing is launched by guess', async () => {
  const fails = ({ lane }: WorkOrder) => lane === 'node.plain';
  const body = bodyOf(1, 2 ** 18);
  const { orders, document } = await run(
    3,
    (order) => fails(order) ? failedAs('crashed', 'It died.') : body(order),
  );
  assert.equal(orders.filter(fails).length, 1);
  const launches = document.raw.launches.filter(({ arm }) => arm === 'node.plain');
  assert.deepEqual(launches.map(({ outcome, reason }) => [outcome, reason]), [
    ['crashed', 'It died.'],
  ]);
  const own = document.cases.find(({ arm }) => arm === 'node.plain')!;
  assert.equal(own.status, 'failed');
});

test('a second run of the same binaries takes what pilots found before', async () => {
  const folder = mkdtempSync(join(os.tmpdir(), 'ffi-bench-pilots-'));
  try {
    const pilots: number[] = [];
    const { workers } = simulatedSession(1, 1);
    for (const path of ['a', 'b']) {
      let count = 0;
      const body = bodyOf(1, 2 ** 18);
      await simulate(simulatedSession(1, 1), join(folder, path), () => doneAt(5), {
        kept: keepPilots(join(folder, 'kept', 'pilots.json'), {}, workers),
        launch: (_command, order) => {
          if (isPilot(order)) count++;
          return Promise.resolve(body(order));
        },
      });
      pilots.push(count);
    }
    assert.deepEqual(pilots, [6, 0]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
