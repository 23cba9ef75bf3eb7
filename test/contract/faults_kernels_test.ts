/** What becomes of launches whose native code crashes, exits, spins or takes all memory. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { type RuntimeName, runtimes } from '../../runtimes/registry.ts';
import { runQuietly } from '../../src/boot/child.mjs';
import { readTools } from '../../src/boot/tools.mjs';
import { root } from '../../src/boot/versions.mjs';
import { findZig, zigEnvironment } from '../../src/boot/zig.mjs';
import { workerEnvironment } from '../../src/machine/environment.ts';
import { type LaunchLimits, launchWorker } from '../../src/launching/launch.ts';
import { ampleMs, order } from '../faults/launching.ts';
import { skips } from '../faults/skips.ts';

const library = join(root, 'zig-out', 'lib', 'libffibench_faults.so');
const names = Object.keys(runtimes) as RuntimeName[];
/** Little enough to be used up at once, enough to start: Bun reserves the most. */
const memoryBytes = { deno: 1.5 * 2 ** 30, bun: 3 * 2 ** 30, node: 1.5 * 2 ** 30 } as const;

before(async () => {
  const zig = await findZig();
  assert.ok(zig, 'The fault library needs Zig: run "npm test" once, which installs it.');
  const { code, stderr } = await runQuietly(zig.path, ['build', 'faults'], {
    cwd: root,
    env: zigEnvironment(),
  });
  assert.equal(code, 0, stderr);
  assert.ok(existsSync(library));
});

/** Has a runtime call one kernel of the fault library as a worker of the tool. */
function callFault(name: RuntimeName, kernel: string, limits: Partial<LaunchLimits> = {}) {
  const tool = readTools().runtimes[name];
  if (tool.state === 'missing') throw new Error(tool.reason);
  const { flags, env } = runtimes[name];
  const command = {
    path: tool.path,
    args: [
      ...flags.map((flag) => flag.replace('{checkout}', root)),
      join(root, 'test', 'faults', 'kernel_worker.ts'),
    ],
    env: workerEnvironment(env),
    cwd: root,
  };
  const told = { ...order, lane: `${name}.ffi`, library, task: `fault.${kernel}` };
  return launchWorker(command, told, { timeoutMs: ampleMs, ...limits });
}

/** Each kernel with the ends that it may come to. */
const kernels: readonly (readonly [string, readonly (string | number)[]])[] = [
  ['null', ['SIGSEGV']],
  ['trap', ['SIGILL', 'SIGTRAP']],
  ['stack', ['SIGSEGV', 'SIGBUS', 'SIGABRT']],
  ['overrun', ['SIGSEGV', 'SIGBUS', 'SIGABRT']],
  ['exit', [7]],
];

for (const [kernel, ends] of kernels) {
  test(`a kernel that ends its process by "${kernel}" is a crashed launch everywhere`, async () => {
    for (const name of names) {
      const { outcome, reason, signal, exitCode, measured } = await callFault(name, kernel);
      const end = signal ?? exitCode;
      assert.equal(outcome, 'crashed', `${name}: ${reason}`);
      assert.ok(ends.includes(end as string), `${name} ended by ${end}`);
      assert.match(reason!, new RegExp(`${end} after "verified"`));
      assert.equal(measured, null);
    }
  });
}

test('a kernel that exits as if all were well has not measured anything', async () => {
  for (const name of names) {
    const { outcome, reason } = await callFault(name, 'exit_good');
    assert.deepEqual([outcome, reason], [
      'protocol_error',
      'It ended after "verified", without "done".',
    ]);
  }
});

test('a kernel that spins for ever is killed when its time is over', async () => {
  const results = await Promise.all(
    names.map((name) => callFault(name, 'spin', { timeoutMs: 4000 })),
  );
  for (const { outcome, reason, messages } of results) {
    assert.deepEqual([outcome, reason], [
      'timed_out',
      'It did not end within 4 s and was killed.',
    ]);
    assert.ok(messages.length <= 2);
  }
});

test('a kernel that allocates until it is refused meets the limit of its launch', {
  skip: skips.boundMemory,
}, async () => {
  for (const name of names) {
    const { outcome, reason } = await callFault(name, 'allocate', {
      memoryBytes: memoryBytes[name],
    });
    assert.equal(outcome, 'crashed', `${name}: ${reason}`);
    assert.match(reason!, /It was refused memory under its limit of (1\.5|3\.0) GB\.$/);
  }
});

test('a kernel that is well is done, bounded as it is', async () => {
  for (const name of names) {
    const { outcome, reason } = await callFault(name, 'none', { memoryBytes: memoryBytes[name] });
    assert.equal(outcome, 'done', `${name}: ${reason}`);
  }
});
