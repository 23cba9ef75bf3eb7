// What lanes get wrong without a word is what the registry says, in both directions.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Danger, dangers } from '../../src/catalogue/dangers.ts';
import { buildFolder, nativeLanes, probeLane, type ScriptLane } from './workers.ts';

const folder = buildFolder();

/** What was wrong by danger; one that is missing, since the process ended, is asked alone. */
async function ask(row: ScriptLane): Promise<Map<Danger, readonly string[]>> {
  const { lines } = await probeLane(row, folder, 'danger');
  const found = new Map<Danger, readonly string[]>();
  for (const name of Object.keys(dangers) as Danger[]) {
    let line = lines.get(name);
    let end = '';
    if (line === undefined) {
      const alone = await probeLane(row, folder, 'danger', name);
      line = alone.lines.get(name);
      end = alone.end;
    }
    if (line?.checks === 0 && line.wrong.length === 0) continue;
    found.set(name, line === undefined ? [`the process ended: ${end}`] : line.wrong);
  }
  return found;
}

for (const row of nativeLanes) {
  test(`${row.lane} is wrong where the registry says so, and nowhere else`, async () => {
    const found = await ask(row);
    const wrong = [...found].filter(([, what]) => what.length > 0);
    const said = Object.keys(row.wrong ?? {}).sort();
    assert.deepEqual(
      wrong.map(([name]) => name).sort(),
      said,
      wrong.map(([name, what]) => `${name}: ${what.join('; ')}`).join('\n'),
    );
    assert.ok(found.size > 0, 'nothing was asked');
  });
}
