// Launches a healthy fake worker where the system refuses new processes for want of something, and
// prints the result: `files` opens as many as this process may, `processes` allows no more of them,
// `arguments` gives more of them than the kernel takes.
import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { root } from '../../src/boot/versions.mjs';
import { launchWorker } from '../../src/launching/launch.ts';
import { canBoundMemory } from '../../src/launching/confine.ts';
import { ampleMs, order } from './launching.ts';

const [what] = process.argv.slice(2);
// What bounds workers is found out before anything is short.
canBoundMemory();
const opened: number[] = [];
if (what === 'files') openAll();
if (what === 'processes') {
  spawnSync('prlimit', [`--pid=${process.pid}`, '--nproc=0:0'], { stdio: 'inherit' });
}
const script = join(root, 'test', 'faults', 'fake_worker.ts');
const more = what === 'arguments' ? 'x'.repeat(2 ** 22) : '';
const result = await launchWorker(
  { path: process.execPath, args: [script, 'healthy', more], env: {}, cwd: root },
  order,
  { timeoutMs: ampleMs },
);
for (const descriptor of opened) closeSync(descriptor);
process.stdout.write(JSON.stringify(result));

function openAll(): void {
  try {
    for (;;) opened.push(openSync('/dev/null', 'r'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EMFILE') throw error;
  }
}
