/** Why a lane has no part in a case, whatever its host is written in. */
import { whyUnsupported } from '../catalogue/task.ts';
import type { Params, Task } from '../catalogue/task.ts';
import { type PythonMechanism, whyNoPythonCase } from '../catalogue/python/tasks.ts';
import { capabilitiesOf, isPythonLane } from '../../runtimes/lanes.ts';
import { type LaneRow } from '../../runtimes/registry.ts';

/** The reason, or null where the lane can run it. */
export function whyUnable(row: LaneRow, task: Task, params: Params): string | null {
  return isPythonLane(row)
    ? whyNotInPython(row, task, params)
    : whyUnsupported(capabilitiesOf(row), task, params);
}

type PythonRow = LaneRow & { readonly mechanism: PythonMechanism };

function whyNotInPython(row: PythonRow, task: Task, params: Params): string | null {
  // What has a statement needs no more than that, but for what a mechanism cannot take.
  const asked = task.needs(params).filter((need) => need !== 'plain_javascript');
  const can = capabilitiesOf(row);
  const isOwn = row.mechanism === 'plain' || row.mechanism === 'numpy';
  const missing = isOwn ? undefined : asked.find((need) => can[need] !== true);
  if (missing !== undefined) return can[missing] as string;
  const reason = whyNoPythonCase(row.mechanism, task, params);
  if (reason !== null) return reason;
  return task.sweep !== null && Number(params[task.sweep]) > task.largest
    ? `${task.id} takes ${task.sweep} up to ${task.largest}, not ${params[task.sweep]}`
    : null;
}
