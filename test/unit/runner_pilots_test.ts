// Pilots: one for each binary of a case, before anything that counts, and again after a failure.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { doneAt, failedAs, simulate, simulatedSession } from '../faults/simulate.ts';

/** Modes and batches of the launches of a simulated run, in order; `pilot` answers the pilots. */
async function ordersOf(rounds: number, pilot: (number: number) => ReturnType<typeof doneAt>) {
  const folder = mkdtempSync(join(os.tmpdir(), 'ffi-bench-pilots-'));
  const orders: { mode: string; lane: string; calls: number }[] = [];
  let pilots = 0;
  try {
    await simulate(simulatedSession(1, rounds), join(folder, 'j.ndjson'), () => doneAt(5), {
      launch: (_command, { mode, lane, callsPerBatch: calls }) => {
        orders.push({ mode, lane, calls });
        return Promise.resolve(mode === 'pilot' ? pilot(pilots++) : doneAt(5));
      },
    });
    return orders;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('every binary of a case is piloted once, before the launches that count', async () => {
  const orders = await ordersOf(3, () => doneAt(1));
  assert.deepEqual(
    orders.map(({ mode }) => mode),
    [...Array(3).fill('pilot'), ...Array(9).fill('measure')],
  );
  assert.equal(new Set(orders.slice(0, 3).map(({ lane }) => lane)).size, 3);
  assert.ok(orders.slice(3).every(({ calls }) => calls === 1024));
});

test('a pilot that failed is made again in the next round', async () => {
  const orders = await ordersOf(2, (n) => n === 0 ? failedAs('crashed', 'It died.') : doneAt(1));
  assert.deepEqual(
    orders.map(({ mode }) => mode),
    [...Array(3).fill('pilot'), ...Array(3).fill('measure'), 'pilot', ...Array(3).fill('measure')],
  );
});
