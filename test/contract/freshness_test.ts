// What C wrote must be what JavaScript reads, in optimized code too: engines have kept a value over
// a call that changed it. Every read of some hundred thousand is checked by the task itself, and so
// are the native call counter and the answers of the optimized code.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { capabilitiesOf } from '../../runtimes/lanes.ts';
import { root } from '../../src/boot/versions.mjs';
import { tasks } from '../../src/catalogue/catalogue.ts';
import { type Params, whyUnsupported } from '../../src/catalogue/task.ts';
import { bundleWorkers, partOf, pathOfWorker, type Workers } from '../../src/launching/bundle.ts';
import { buildFolder, nativeLanes, runIn, type ScriptLane, shortOrder } from './workers.ts';

const leastReads = 300_000;
const callsPerBatch = 4096;
/** How long calls go on, in ns: longer where there were not enough of them. */
const durationsNs = [150e6, 600e6, 2400e6, 9600e6] as const;
const cases: readonly (readonly [string, Params])[] = [
  ['buffer.fill', { bytes: 64 }],
  ['struct.out_pointer', { bytes: 16 }],
];

const folder = buildFolder();
const taskOf = (id: string) => tasks.find((task) => task.id === id)!;
const workerOf = ({ module }: ScriptLane, task: string) => ({
  module,
  part: partOf(taskOf(task)),
});
let workers: Workers;
before(async () => {
  const wanted = nativeLanes.flatMap((row) => cases.map(([task]) => workerOf(row, task)));
  workers = await bundleWorkers(root, folder, wanted);
});

for (const row of nativeLanes) {
  for (const [task, params] of cases) {
    if (whyUnsupported(capabilitiesOf(row), taskOf(task), params) !== null) continue;
    test(`${row.lane} reads nothing stale in ${leastReads} calls of ${task}`, async () => {
      const order = shortOrder(row, { mode: 'pilot', task, params, callsPerBatch });
      const worker = pathOfWorker(workers, workerOf(row, task));
      const pilot = (await runIn(row, worker, order)).messages.find((one) =>
        one.type === 'piloted'
      );
      const callsBefore = pilot!.calls_before!;
      let reads = 0;
      for (const durationNs of durationsNs) {
        const ended = await runIn(row, worker, {
          ...order,
          mode: 'measure',
          callsBefore,
          durationNs,
        });
        const last = ended.messages.at(-1);
        assert.equal(last?.type, 'done', JSON.stringify(last));
        const measured = ended.messages.find((one) => one.type === 'measured');
        reads = measured!.batches_ns.length * callsPerBatch;
        if (reads >= leastReads) break;
      }
      assert.ok(reads >= leastReads, `${reads} reads`);
    });
  }
}
