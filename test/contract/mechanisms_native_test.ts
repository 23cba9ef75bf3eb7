// The native floor: it has the tasks that the registry says, and each case of them keeps the
// contract and can be timed. The worker is a program of its own, so that it is asked case by
// case.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { capabilitiesOf, laneRow } from '../../runtimes/lanes.ts';
import { artifactPath } from '../../src/boot/library.mjs';
import { readTools } from '../../src/boot/tools.mjs';
import { root } from '../../src/boot/versions.mjs';
import { entries } from '../../src/catalogue/catalogue.ts';
import { whyUnsupported } from '../../src/catalogue/task.ts';
import { launchWorker } from '../../src/launching/launch.ts';
import type { WorkOrder } from '../../src/worker/protocol.ts';
import { ampleMs } from '../faults/launching.ts';
import { skips } from '../faults/skips.ts';
import { shortOrder } from './workers.ts';

const program = artifactPath(root, 'native');
const row = laneRow('native.call');
const can = capabilitiesOf(row);
const command = { path: program, args: [], env: {}, cwd: root };
const limits = { timeoutMs: ampleMs };

function orderOf(entry: (typeof entries)[number], mode: WorkOrder['mode']): WorkOrder {
  const { task, params } = entry;
  return shortOrder(row, { mode, task: task.id, params, instrument: readTools().library });
}

test('the native floor has the tasks that the registry says', () => {
  const said = execFileSync(program, ['--tasks'], { encoding: 'utf8' }).trim().split('\n');
  assert.deepEqual(said.sort(), [...can.limits!.tasks!].sort());
});

test('the native floor says what it is', () => {
  const said = JSON.parse(execFileSync(program, ['--probe'], { encoding: 'utf8' }));
  assert.equal(said.runtime, 'native');
  assert.match(said.version, /^\d+\.\d+\.\d+$/);
});

test('every case of the native floor keeps the contract, and no other is taken', async () => {
  for (const entry of entries) {
    const why = whyUnsupported(can, entry.task, entry.params);
    // One refusal of each task is enough.
    if (why !== null && entry.params !== entry.task.params[0]) continue;
    const ended = await launchWorker(command, orderOf(entry, 'contract'), limits);
    assert.equal(ended.outcome, why === null ? 'done' : 'unsupported', entry.name);
  }
});

test('the native floor times a case as workers do', { skip: skips.timing }, async () => {
  const entry = entries.find(({ name }) => name === 'call.i32_args[2]')!;
  const pilot = await launchWorker(command, orderOf(entry, 'pilot'), limits);
  assert.deepEqual(pilot.messages.map(({ type }) => type), [
    ...['hello', 'manifest', 'verified', 'piloted', 'done'],
  ]);
  const ended = await launchWorker(command, orderOf(entry, 'measure'), limits);
  assert.equal(ended.outcome, 'done', ended.reason ?? '');
  assert.deepEqual(ended.messages.map(({ type }) => type), [
    ...['hello', 'manifest', 'verified', 'measured', 'verified_hot', 'done'],
  ]);
  assert.equal(ended.measured!.calls_per_batch, 8);
  const { batches_ns: batches, probes } = ended.measured!;
  assert.ok(batches.length > 0);
  assert.equal(probes.length, 2 * batches.length);
});

test('the native floor refuses what is no order', () => {
  const said = execFileSync(program, ['{"protocol":1}'], { encoding: 'utf8' });
  assert.match(said, /^\{"ffi_bench":2,"type":"failed","reason":"A worker takes one argument/);
});
