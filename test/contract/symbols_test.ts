// Every function of the signature table in every native lane, with known answers at the edges of
// its types.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capabilitiesOf } from '../../runtimes/lanes.ts';
import { signatures, type SymbolName } from '../../src/catalogue/signatures.ts';
import { answers, isAsked } from './probes/symbols.ts';
import { skips } from '../faults/skips.ts';
import { buildFolder, nativeLanes, probeLane } from './workers.ts';

const folder = buildFolder();

test('every function of the table has known answers', () => {
  assert.deepEqual(Object.keys(answers).sort(), Object.keys(signatures).sort());
});

for (const row of nativeLanes) {
  test(`${row.lane} answers every function of the table`, {
    skip: skips.lane(row.lane),
  }, async () => {
    const { lines, end } = await probeLane(row, folder, 'symbols');
    const can = capabilitiesOf(row);
    const wrong = (Object.keys(signatures) as SymbolName[]).flatMap((name) => {
      const line = lines.get(name);
      if (line === undefined) return [`${name}: nothing was said`];
      if (isAsked(name, can) && line.checks === 0) {
        return [`${name}: ${line.wrong.join() || 'nothing asked'}`];
      }
      return line.wrong.map((what) => `${name}: ${what}`);
    });
    assert.deepEqual(wrong, [], end);
  });
}
