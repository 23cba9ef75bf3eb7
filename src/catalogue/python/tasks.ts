/** The catalogue in Python: what each lane of CPython times, or why it has nothing to time. */
import { signatures } from '../signatures.ts';
import type { Params, Task } from '../task.ts';
import { tasks as article } from './article.ts';
import { tasks as buffer } from './buffer.ts';
import { tasks as call } from './call.ts';
import { tasks as callback } from './callback.ts';
import type { PythonCase, PythonTask, PythonTasks, PythonWork } from './case.ts';
import { pythonKernels } from './kernels.ts';
import { tasks as handle } from './handle.ts';
import { tasks as listSum } from './list_sum.ts';
import { tasks as range } from './range.ts';
import { tasks as stringIn } from './string_in.ts';
import { tasks as stringOut } from './string_out.ts';
import { tasks as struct } from './struct.ts';
import { ways } from './ways.ts';

/** Every task that has a statement in Python, by id. */
export const pythonTasks: PythonTasks = {
  ...call,
  ...buffer,
  ...stringIn,
  ...stringOut,
  ...struct,
  ...listSum,
  ...handle,
  ...range,
  ...callback,
  ...article,
};

/** A mechanism of CPython's lanes. */
export type PythonMechanism = keyof typeof ways | 'plain' | 'numpy';

/** A case in a lane of CPython; a sentence where there is none. */
export function pythonCase(
  mechanism: PythonMechanism,
  task: Task,
  params: Params,
): PythonCase | string {
  const found = pythonTasks[task.id];
  if (found === undefined) return 'the catalogue has no statement in Python for it';
  return caseOf(mechanism, found, params) ??
    `the catalogue has no statement for ${titles[mechanism]}`;
}

const titles: Readonly<Record<PythonMechanism, string>> = {
  ctypes: 'a call through ctypes',
  cffi_abi: 'a call through cffi',
  cffi_api: 'a call through cffi',
  cython: 'an extension in Cython',
  pyo3: 'an extension by PyO3',
  plain: 'Python alone',
  numpy: 'NumPy alone',
};

function caseOf(
  mechanism: PythonMechanism,
  task: PythonTask,
  params: Params,
): PythonCase | string | undefined {
  if (mechanism === 'plain') return task.plain?.(params);
  if (mechanism === 'numpy') return task.numpy?.(params);
  const own = mechanism === 'cython' || mechanism === 'pyo3' ? task.extension?.[mechanism] : null;
  return own?.(params) ?? task.native?.(params, ways[mechanism]);
}

/** What a worker of a lane is told of a case that it can run; `folder` as in `PythonWork`. */
export function pythonWork(
  mechanism: PythonMechanism,
  task: Task,
  params: Params,
  folder: string | null,
): PythonWork {
  const found = pythonCase(mechanism, task, params);
  if (typeof found === 'string') throw new Error(`${found}.`);
  const binds = [...new Set(task.binds(params).map(({ symbol }) => symbol))];
  return {
    case: found,
    binds,
    signatures,
    kernels: binds.flatMap((symbol) => pythonKernels[symbol] ?? []),
    folder,
  };
}
