// The capability table is true in both directions: what a lane declares not to do is tried and does
// not work, and everything else is needed by a case of the catalogue that works (which
// catalogue_test.ts sees to).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entries } from '../../src/catalogue/catalogue.ts';
import { capabilities, type Capability } from '../../src/catalogue/lane.ts';
import { buildFolder, nativeLanes, probeLane, type ScriptLane } from './workers.ts';

const folder = buildFolder();

/** What a process dies of where trying must end it. */
const deadly: Readonly<Record<string, readonly Capability[]>> = {
  'node.ffi': ['callback_thread_value', 'callback_thread_notice'],
};

test('every capability is needed by a case of the catalogue', () => {
  const needed = new Set(entries.flatMap(({ task, params }) => task.needs(params)));
  assert.deepEqual([...needed].sort(), Object.keys(capabilities).sort());
});

/** Lanes that refuse something; in plain JavaScript there is nothing to try. */
const refusing = nativeLanes.filter(({ cannot }) => Object.keys(cannot).length > 0);

for (const row of refusing) {
  const dying = deadly[row.lane] ?? [];
  const living = (Object.keys(row.cannot) as Capability[]).filter((one) => !dying.includes(one));
  for (const capability of living) {
    test(`${row.lane} has no ${capability}`, async () => {
      const { lines, end } = await probeLane(row, folder, 'refusals', capability);
      const line = lines.get(capability);
      assert.deepEqual(line?.wrong, [], end);
      assert.ok(line.checks > 0, 'nothing was tried');
    });
  }
  for (const capability of dying) {
    test(`${row.lane} dies of ${capability}`, async () => {
      const { ended, lines } = await probeLane(row, folder, 'refusals', capability);
      assert.equal(lines.size, 0);
      assert.ok(isDead(ended), `it ended with ${ended.code}: ${ended.stderr.slice(-500)}`);
    });
  }
  test(`${row.lane} tries what it refuses and nothing else`, async () => {
    assert.deepEqual(await namesIn(row), Object.keys(row.cannot).sort());
  });
}

function isDead(ended: { code: number | null; signal: string | null }): boolean {
  return ended.signal !== null || (ended.code ?? 0) >= 128;
}

async function namesIn(row: ScriptLane): Promise<string[]> {
  const { ended } = await probeLane(row, folder, 'refusals', '?');
  return JSON.parse(ended.stdout) as string[];
}
