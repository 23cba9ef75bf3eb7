// Every function of the signature table in every native lane, with known answers at the edges of
// its types.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signatures } from '../../src/catalogue/signatures.ts';
import { skips } from '../faults/skips.ts';
import { wrongAnswersIn } from './answers.ts';
import { answers } from './probes/symbols.ts';
import { buildFolder, nativeLanes } from './workers.ts';

const folder = buildFolder();

test('every function of the table has known answers', () => {
  assert.deepEqual(Object.keys(answers).sort(), Object.keys(signatures).sort());
});

for (const row of nativeLanes) {
  test(`${row.lane} gives the known answer of every function of the table`, {
    skip: skips.lane(row.lane),
  }, async () => {
    const { wrong, end } = await wrongAnswersIn(row, folder);
    assert.deepEqual(wrong, [], end);
  });
}
