// Every case of the catalogue in every lane, in real processes: known answers, call counts, and the
// same outcome as the capability table says. Nothing is timed.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { capabilitiesOf } from '../../runtimes/lanes.ts';
import { root } from '../../src/boot/versions.mjs';
import { entries } from '../../src/catalogue/catalogue.ts';
import { whyUnsupported } from '../../src/catalogue/task.ts';
import {
  bundleWorkers,
  contractPart,
  pathOfWorker,
  type Workers,
} from '../../src/launching/bundle.ts';
import { skips } from '../faults/skips.ts';
import { allLanes, buildFolder, runIn, type ScriptLane, shortOrder } from './workers.ts';

const folder = buildFolder();
const workerOf = ({ module }: ScriptLane) => ({ module, part: contractPart });
let workers: Workers;
before(async () => {
  workers = await bundleWorkers(root, folder, allLanes.map(workerOf));
});

for (const row of allLanes) {
  test(`${row.lane} keeps the contract of every case`, {
    skip: skips.lane(row.lane),
  }, async () => {
    const order = shortOrder(row, { mode: 'contract', task: '*', params: {} });
    const ended = await runIn(row, pathOfWorker(workers, workerOf(row)), order);
    const said = new Map(
      ended.messages.flatMap((one) => one.type === 'case' ? [[one.case, one] as const] : []),
    );
    const can = capabilitiesOf(row);
    const wrong = entries.flatMap(({ name, task, params }) => {
      const why = whyUnsupported(can, task, params);
      const message = said.get(name);
      if (message === undefined) return [`${name}: nothing was said`];
      const expected = why === null ? 'done' : 'unsupported';
      return message.outcome === expected ? [] : [`${name}: ${message.outcome}: ${message.reason}`];
    });
    const last = [...said.keys()].at(-1);
    const end = `${ended.signal ?? ended.code} after ${last}: ${ended.stderr.slice(-2000)}`;
    assert.deepEqual(wrong.slice(0, 20), [], end);
    assert.equal(ended.messages.at(-1)?.type, 'done', end);
    assert.equal(ended.code, 0, end);
  });
}
