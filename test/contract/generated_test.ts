// The lanes by binding generators, where they are built: every function of the table. Whatever else
// is held of lanes, "npm run test:release" holds of them, since it takes ten seconds a lane.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { skips } from '../faults/skips.ts';
import { wrongAnswersIn } from './answers.ts';
import { buildFolder, generatedLanes } from './workers.ts';

const folder = buildFolder();

for (const row of generatedLanes) {
  test(`${row.lane} gives the known answer of every function of the table where it is built`, {
    skip: skips.generated(row.lane),
  }, async () => {
    const { wrong, end } = await wrongAnswersIn(row, folder);
    assert.deepEqual(wrong, [], end);
  });
}
