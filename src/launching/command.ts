/** How the worker of a case is started, and what it is told. */
import process from 'node:process';
import { flagsOf, isPythonLane } from '../../runtimes/lanes.ts';
import { hosts } from '../../runtimes/registry.ts';
import { pythonWork } from '../catalogue/python/tasks.ts';
import type { PlannedCase } from '../planning/plan.ts';
import type { RunArm } from '../planning/arm.ts';
import { batchNs } from '../planning/settings.ts';
import { protocolVersion, type WorkOrder } from '../worker/protocol.ts';
import { partOf, pathOfWorker, type WantedWorker, type Workers } from './bundle.ts';
import { workerEnvironment } from '../machine/environment.ts';
import type { WorkerCommand } from './launch.ts';
import { readableFolders } from '../machine/packages_beside.ts';

/** The worker that runs a case; none where the lane's host is a program, which is one itself. */
export function workerOf({ arm, entry }: Pick<PlannedCase, 'arm' | 'entry'>): WantedWorker[] {
  const { module } = arm.row;
  if (module === null) return [];
  const checkout = arm.library?.checkout;
  return [{ module, part: partOf(entry.task), ...(checkout === undefined ? {} : { checkout }) }];
}

/** The script that a case's host runs, where it runs one. */
export function scriptOf(workers: Workers, planned: PlannedCase): string[] {
  return workerOf(planned).map((wanted) => pathOfWorker(workers, wanted));
}

/** How a worker of a case is started. */
export function workerCommand(
  checkout: string,
  workers: Workers,
  planned: PlannedCase,
  more: Readonly<Record<string, string>> = {},
): WorkerCommand {
  const { arm } = planned;
  const { env } = hosts[arm.row.runtime];
  return {
    path: arm.runtime.path,
    args: [
      // A permission takes a list of folders, where a script is one path.
      ...flagsOf(arm.row).map((flag) =>
        flag.replace('={checkout}', `=${readableFolders(arm.row)}`).replace('{checkout}', checkout)
      ),
      ...scriptOf(workers, planned),
    ],
    env: workerEnvironment({ ...env, ...loaderPath(planned), ...more }),
    cwd: checkout,
  };
}

/** Where the loader looks besides: another library may need others that only this finds. */
function loaderPath({ entry }: PlannedCase): Record<string, string> {
  if (entry.task.foreign === undefined) return {};
  const names = ['LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'DYLD_FALLBACK_LIBRARY_PATH'];
  return Object.fromEntries(names.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  }));
}

/** What varies between the orders of one case. */
export interface OrderPart {
  readonly mode: WorkOrder['mode'];
  readonly callsPerBatch: number;
  readonly durationNs: number;
  /** As `WorkOrder.instrument`. */
  readonly instrument: string;
}

/** What a worker of a case is told. */
export function orderOf({ entry, arm }: PlannedCase, part: OrderPart): WorkOrder {
  const { task, params } = entry;
  return {
    protocol: protocolVersion,
    lane: arm.row.lane,
    library: arm.library?.path ?? '',
    task: task.id,
    ...foreignOf(task),
    ...pythonOf(entry, arm),
    params,
    batchNs: batchNs.target,
    askedAtMs: performance.timeOrigin + performance.now(),
    ...part,
  };
}

/** What a worker in CPython must know of a case. */
function pythonOf({ task, params }: PlannedCase['entry'], { row, runtime }: RunArm) {
  if (!isPythonLane(row)) return {};
  const { python } = runtime;
  return { python: pythonWork(row.mechanism, task, params, python?.folder ?? null) };
}

/** What a worker must know of a task that is none of the catalogue's. */
function foreignOf({ foreign }: PlannedCase['entry']['task']): Pick<WorkOrder, 'foreign'> {
  if (foreign === undefined) return {};
  const { library, functions, description } = foreign;
  return { foreign: description ?? { library, functions } };
}
