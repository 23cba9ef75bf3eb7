/** Launches fake workers and kernels that fail, through the tool's own process control. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../../src/boot/versions.mjs';
import { workerEnvironment } from '../../src/machine/environment.ts';
import { type LaunchLimits, type LaunchResult, launchWorker } from '../../src/launching/launch.ts';
import { protocolVersion, type WorkOrder } from '../../src/worker/protocol.ts';

/** Time that a launch gets which is to come to its own end; more than a loaded machine needs. */
export const ampleMs = 180_000;

/** What every fake worker is told. */
export const order: WorkOrder = {
  protocol: protocolVersion,
  mode: 'measure',
  lane: 'bun.plain',
  library: '',
  task: 'call.noop',
  params: {},
  instrument: '',
  durationNs: 1,
  batchNs: 1,
  callsPerBatch: 1,
  askedAtMs: 0,
};

/** Launches the fake worker with a behaviour. */
export function launchFake(
  behaviour: string,
  limits: Partial<LaunchLimits> = {},
  { given = '', abort }: { given?: string; abort?: AbortSignal } = {},
): Promise<LaunchResult> {
  const script = join(root, 'test', 'faults', 'fake_worker.ts');
  const command = {
    path: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', script, behaviour, given],
    env: workerEnvironment({}),
    cwd: root,
  };
  return launchWorker(command, order, { timeoutMs: ampleMs, ...limits }, abort);
}

/** A folder of this test file, gone when its tests are over. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(root, '.ffi-bench', 'faults-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Whether a process lives; a zombie does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    // Without /proc, kill alone has to do.
    return (error as NodeJS.ErrnoException).syscall === 'open' && pidAnswers(pid);
  }
}

function pidAnswers(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux';
  } catch {
    return false;
  }
}

/** Waits until something is so; answers false where it has not become so in two minutes. */
export async function eventually(isSo: () => boolean): Promise<boolean> {
  for (let i = 0; i < 2400; i++) {
    if (isSo()) return true;
    await sleep(50);
  }
  return isSo();
}
