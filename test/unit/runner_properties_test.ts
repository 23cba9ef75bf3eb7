/** Properties of protocol, journal and statistics; test/long has the long runs. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { journalHolds, protocolHolds, statisticsHold } from '../faults/properties.ts';
import { doneAt, failedAs, simulate, simulatedSession } from '../faults/simulate.ts';

test('the protocol reader takes anything, cut anywhere, and passes on only what holds', () => {
  protocolHolds(150);
});

test('the journal reader takes anything, and a torn journal up to where it was torn', async () => {
  const folder = mkdtempSync(join(os.tmpdir(), 'ffi-bench-properties-'));
  try {
    const path = join(folder, 'j.ndjson');
    const some = (n: number) => n % 5 === 3 ? failedAs('crashed', 'It died.') : doneAt(5);
    await simulate(simulatedSession(1, 3), path, some);
    journalHolds(40, readFileSync(path, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('statistics keep to their sample, whatever its order', () => {
  statisticsHold(150);
});
