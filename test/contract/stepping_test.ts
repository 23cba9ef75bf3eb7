// Real workers step through real calls: whatever surrounds it, the same kernel of the same library
// executes the same instructions in every lane that opens it, and a second launch counts the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instructionsOf } from '../../src/analysis/instructions.ts';
import { readTools } from '../../src/boot/tools.mjs';
import { root } from '../../src/boot/versions.mjs';
import { artifactPath } from '../../src/boot/library.mjs';
import { bundleWorkers, pathOfWorker } from '../../src/launching/bundle.ts';
import { workerEnvironment } from '../../src/machine/environment.ts';
import { launchWorker, type WorkerCommand } from '../../src/launching/launch.ts';
import type { Instructions } from '../../src/results/schema.ts';
import { instrumentArtifact } from '../../runtimes/host/instrument.ts';
import { flagsOf, laneRow } from '../../runtimes/lanes.ts';
import { hosts, type LaneRow } from '../../runtimes/registry.ts';
import { ampleMs } from '../faults/launching.ts';
import { buildFolder, libraryOf, shortOrder } from './workers.ts';

const rows = ['deno.ffi', 'bun.ffi', 'node.ffi', 'native.call'].map(laneRow);
const isAble = process.platform === 'linux' && process.arch === 'x64';

const wanted = rows.flatMap(({ module }) => module === null ? [] : [{ module, part: 'call' }]);
const workers = await bundleWorkers(root, buildFolder(), wanted);

function commandOf(row: LaneRow): WorkerCommand {
  const { env, stepping } = hosts[row.runtime];
  const more = { env: workerEnvironment({ ...env, ...stepping.env }), cwd: root };
  if (row.module === null) return { path: artifactPath(root, 'native'), args: [], ...more };
  const tool = readTools().runtimes[row.runtime as 'deno'];
  assert.ok(tool.state !== 'missing', `${row.runtime} is missing`);
  const script = pathOfWorker(workers, { module: row.module, part: 'call' });
  const flags = flagsOf(row).map((flag) => flag.replace('{checkout}', root));
  return { path: tool.path, args: [...stepping.flags, ...flags, script], ...more };
}

async function count(row: LaneRow): Promise<Instructions> {
  const artifact = instrumentArtifact(row.runtime);
  const order = shortOrder(row, {
    mode: 'instructions',
    task: 'call.i32_args',
    params: { args: 2 },
    instrument: artifact === 'library' ? readTools().library : artifactPath(root, artifact),
    callsPerBatch: 16384,
    durationNs: 100e6,
    batchNs: 250_000,
    mostStepNs: 2e9,
  });
  const ended = await launchWorker(commandOf(row), order, { timeoutMs: ampleMs });
  assert.equal(ended.outcome, 'done', ended.reason ?? '');
  const stepped = ended.messages.find((message) => message.type === 'stepped');
  assert.ok(stepped !== undefined);
  return instructionsOf([stepped], [libraryOf(row)]);
}

function libraryPart({ regions }: Instructions) {
  return regions.filter(({ region }) => region === 'library')
    .map(({ low, high }) => ({ low, high }));
}

/** Elsewhere the floor says why not, and nothing can be compared. */
const stepped = isAble ? rows : [];

test('the floor counts exactly, or tells why it does not', async () => {
  const { reason, per_call: { exact } } = await count(laneRow('native.call'));
  assert.deepEqual([reason === null, exact], [isAble, isAble], reason ?? '');
});

test('the same kernel executes the same instructions in every lane', async () => {
  const floor = libraryPart(await count(laneRow('native.call')));
  for (const row of stepped) {
    const counted = await count(row);
    assert.equal(counted.reason, null, row.lane);
    assert.deepEqual(libraryPart(counted), floor, row.lane);
  }
  assert.equal(floor.length, isAble ? 1 : 0);
});

test('a second launch of machine code counts what the first did', async () => {
  const row = laneRow('native.call');
  assert.deepEqual(await count(row), await count(row));
});
