// Real workers in CPython step through calls and count what calls allocate: the kernels execute
// the same instructions there as in the floor, and known statements allocate known bytes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instructionsOf } from '../../src/analysis/instructions.ts';
import { artifactPath } from '../../src/boot/library.mjs';
import { readTools } from '../../src/boot/tools.mjs';
import { root } from '../../src/boot/versions.mjs';
import { entries } from '../../src/catalogue/catalogue.ts';
import { pythonWork } from '../../src/catalogue/python/tasks.ts';
import { launchWorker } from '../../src/launching/launch.ts';
import { workerEnvironment } from '../../src/machine/environment.ts';
import type { WorkOrder } from '../../src/worker/protocol.ts';
import { laneRow } from '../../runtimes/lanes.ts';
import { hosts } from '../../runtimes/registry.ts';
import { lanesHere, pythonLanes, readyPython } from './pythons.ts';
import { shortOrder } from './workers.ts';

const python = await readyPython();
const here = lanesHere(pythonLanes, python);
const isAble = process.platform === 'linux' && process.arch === 'x64';

/** What varies between the orders. */
type Asked = Pick<WorkOrder, 'mode'> & Partial<WorkOrder>;

/** What a worker of a lane says to an order for a case. */
async function launch(lane: string, name: string, more: Asked) {
  const row = here.find((one) => one.lane === lane)!;
  const { task, params } = entries.find((entry) => entry.name === name)!;
  const { flags, env, stepping } = hosts.cpython;
  const order = shortOrder(row, {
    task: task.id,
    params,
    python: pythonWork(row.mechanism, task, params, python.folder),
    ...more,
  });
  const command = {
    path: python.path,
    args: [...stepping.flags, ...flags.map((flag) => flag.replace('{checkout}', root))],
    env: workerEnvironment({ ...env, ...stepping.env }),
    cwd: root,
  };
  const ended = await launchWorker(command, order, { timeoutMs: 60_000 });
  assert.equal(ended.outcome, 'done', `${lane} ${name}: ${ended.reason}`);
  return ended.messages;
}

async function stepped(lane: string, name: string, callsPerBatch = 4096) {
  const messages = await launch(lane, name, {
    mode: 'instructions',
    instrument: readTools().library,
    callsPerBatch,
    durationNs: 20e6,
    batchNs: 250_000,
    mostStepNs,
  });
  const message = messages.find((one) => one.type === 'stepped')!;
  return instructionsOf([message], [readTools().library]);
}

/** Processor time for stepping, in ns: so much that a slow machine counts all of it. */
const mostStepNs = 2e9;

/** Instructions of `i32_args_2` in the floor; nothing where nothing can be stepped. */
async function floorPart() {
  const order = shortOrder(laneRow('native.call'), {
    mode: 'instructions',
    task: 'call.i32_args',
    params: { args: 2 },
    instrument: readTools().library,
    callsPerBatch: 16384,
    durationNs: 20e6,
    batchNs: 250_000,
    mostStepNs,
  });
  const path = artifactPath(root, 'native');
  const command = { path, args: [], env: workerEnvironment({}), cwd: root };
  const { messages } = await launchWorker(command, order, { timeoutMs: 60_000 });
  const message = messages.find((one) => one.type === 'stepped')!;
  return libraryPart(instructionsOf([message], [readTools().library]).regions);
}

const libraryPart = (regions: Awaited<ReturnType<typeof stepped>>['regions']) =>
  regions.filter(({ region }) => region === 'library').map(({ low, high }) => ({ low, high }));

for (const { lane } of here.filter(({ artifact }) => artifact === 'library')) {
  test(`${lane} is stepped: the kernel executes what it does in the floor`, async () => {
    const { reason, regions } = await stepped(lane, 'call.i32_args[2]');
    assert.equal(reason === null, isAble, reason ?? '');
    assert.deepEqual(libraryPart(regions), await floorPart());
    assert.equal(regions.some(({ file }) => file?.includes('ython') === true), isAble);
  });
}

for (const { lane } of here.filter(({ artifact }) => artifact === null)) {
  const name = lane === 'cpython.numpy' ? 'buffer.sum[16]' : 'call.noop';
  test(`${lane} is stepped, and no instruction of it is the library's`, async () => {
    const { reason, regions } = await stepped(lane, name);
    assert.equal(reason === null, isAble, reason ?? '');
    assert.deepEqual(libraryPart(regions), []);
  });
}

test('a case whose calls are too long is not stepped, and says so', async () => {
  const { reason } = await stepped('cpython.plain', 'range.loop[1000000]', 1);
  assert.match(reason!, /instructions, too many to step through|Linux on x86-64 alone/);
});

/** Bytes per call of a case, and the reason where there are none. */
async function allocated(lane: string, name: string) {
  const messages = await launch(lane, name, { mode: 'measure', countsAllocations: true });
  const message = messages.find((one) => one.type === 'measured')!;
  return [message.allocated_bytes_per_call, message.allocated_because ?? null];
}

test('what a call allocates is counted in bytes, or there is a reason', async () => {
  // Nothing at all; a bytearray of 64 bytes: its object, and its bytes with the end mark.
  assert.deepEqual(await allocated('cpython.plain', 'call.noop'), [0, null]);
  const [bytes] = await allocated('cpython.plain', 'buffer.allocation[64]');
  assert.ok(Number(bytes) >= 64 + 1 + 40 && Number(bytes) < 200, `${bytes}`);
  const [less] = await allocated('cpython.plain', 'buffer.allocation[8]');
  assert.equal(Number(bytes) - Number(less), 56);
  for (const lane of ['cpython.numpy', 'cpython.cffi_abi']) {
    if (!here.some((one) => one.lane === lane)) continue;
    assert.deepEqual(await allocated(lane, 'buffer.sum[16]'), [null, 'memory_of_its_own']);
  }
});

test('a launch that is not asked to count allocations gives no reason either', async () => {
  const messages = await launch('cpython.plain', 'call.noop', { mode: 'measure' });
  const message = messages.find((one) => one.type === 'measured')!;
  assert.equal(message.allocated_bytes_per_call, null);
  assert.equal('allocated_because' in message, false);
});
