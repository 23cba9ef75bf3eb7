// As many calls must reach the library as are timed. The pilot says how many come before those that
// are timed, since no other function of the library is called in a measuring launch until it has
// measured: in Node, all of them share one wrapper and what that has seen.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { capabilitiesOf } from '../../runtimes/lanes.ts';
import { root } from '../../src/boot/versions.mjs';
import { tasks } from '../../src/catalogue/catalogue.ts';
import { whyUnsupported } from '../../src/catalogue/task.ts';
import { bundleWorkers, pathOfWorker, type Workers } from '../../src/launching/bundle.ts';
import type { WorkOrder } from '../../src/worker/protocol.ts';
import { buildFolder, nativeLanes, runIn, shortOrder } from './workers.ts';

const folder = buildFolder();
let workers: Workers;
before(async () => {
  const wanted = nativeLanes.flatMap(({ module }) =>
    ['buffer', 'callback'].map((part) => ({ module, part }))
  );
  workers = await bundleWorkers(root, folder, wanted);
});

for (const row of nativeLanes) {
  test(`${row.lane} counts the calls that are timed, and no others before them`, async () => {
    const ask = (more: Pick<WorkOrder, 'mode' | 'callsBefore'>) =>
      runIn(
        row,
        pathOfWorker(workers, { module: row.module, part: 'buffer' }),
        shortOrder(row, { task: 'buffer.fill', params: { bytes: 64 }, ...more }),
      );
    const pilot = (await ask({ mode: 'pilot' })).messages.find(({ type }) => type === 'piloted');
    assert.ok(pilot?.type === 'piloted' && pilot.calls_before !== undefined, 'the pilot counts');

    const right = await ask({ mode: 'measure', callsBefore: pilot.calls_before });
    assert.deepEqual(
      right.messages.map(({ type }) => type),
      ['hello', 'verified', 'manifest', 'measured', 'verified_hot', 'done'],
    );

    const wrong = await ask({ mode: 'measure', callsBefore: pilot.calls_before + 1 });
    const last = wrong.messages.at(-1);
    assert.ok(last?.type === 'failed', JSON.stringify(last));
    assert.match(last.reason, /calls/);
  });

  const ofThread = ['callback.thread_value', { n: 1 }] as const;
  const task = tasks.find(({ id }) => id === ofThread[0])!;
  if (whyUnsupported(capabilitiesOf(row), task, ofThread[1]) !== null) continue;
  test(`${row.lane} counts by itself what no pilot can foresee`, async () => {
    const ended = await runIn(
      row,
      pathOfWorker(workers, { module: row.module, part: 'callback' }),
      shortOrder(row, {
        mode: 'measure',
        task: ofThread[0],
        params: ofThread[1],
        callsBefore: 999_999,
      }),
    );
    assert.equal(ended.messages.at(-1)?.type, 'done', JSON.stringify(ended.messages.at(-1)));
  });
}
