// Launches whose core was not free are made again when all rounds are over, in their own round.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { doneAt, simulate, simulatedSession } from '../faults/simulate.ts';

const free = 2000;
const shared = 3000;

/** A run of one case in three lanes, whose n-th launch finds its core free or not. */
async function run(rounds: number, isFree: (n: number) => boolean, levelAtStart = free) {
  const folder = mkdtempSync(join(os.tmpdir(), 'ffi-bench-again-'));
  const session = simulatedSession(1, rounds);
  const probe = { free_level: levelAtStart, ns_per_tick: 0.4, cycles: 2700 };
  const { line } = session;
  const machine = { ...line.provenance.machine, probe };
  const probing = { ...session, line: { ...line, provenance: { ...line.provenance, machine } } };
  try {
    const document = await simulate(probing, join(folder, 'j.ndjson'), (n) => {
      const done = doneAt(5);
      const { batches_ns: batches } = done.measured!;
      const probes = new Array(2 * batches.length).fill(isFree(n) ? free : shared);
      return { ...done, measured: { ...done.measured!, probes } };
    });
    return document!;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a launch that met no free core is made again at the end, in its round', async () => {
  const { raw, derived } = await run(3, (n) => n !== 1);
  assert.deepEqual(raw.launches.map(({ attempt }) => attempt), [...Array(9).fill(0), 1]);
  const [first, last] = [raw.launches[1]!, raw.launches[9]!];
  assert.deepEqual([last.arm, last.round], [first.arm, first.round]);
  assert.ok(derived.cases.every(({ launches }) => launches.no_free_core === 0));
});

test('a core that is never free ends a run after so many attempts, without a cost', async () => {
  const { raw, derived } = await run(3, () => false);
  assert.ok(raw.launches.every(({ attempt }) => attempt <= 2));
  assert.ok(raw.launches.length > 9 && raw.launches.length <= 27);
  assert.ok(derived.cases.every(({ cost_ns: cost }) => cost === null));
});

test('a run that begins on a busy core learns from the first free one what free is', async () => {
  const { raw } = await run(1, (n) => n === 1, shared);
  const freeOnes = raw.launches.map(({ measured }) => measured!.free!.batches > 0);
  assert.deepEqual(freeOnes.slice(0, 3), [true, true, false]);
  assert.equal(raw.launches[2]!.measured!.probe!.free_level, free);
});
