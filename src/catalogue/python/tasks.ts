/** The catalogue in Python: what each lane of CPython times, or why it has nothing to time. */
import { signatures } from '../signatures.ts';
import type { Params, Task } from '../task.ts';
import { tasks as article } from './article.ts';
import { tasks as buffer } from './buffer.ts';
import { tasks as call } from './call.ts';
import { tasks as callback } from './callback.ts';
import type { PythonCase, PythonTask, PythonTasks, PythonWork, Way } from './case.ts';
import { pythonKernels } from './kernels.ts';
import { tasks as errno } from './errno.ts';
import { tasks as handle } from './handle.ts';
import { tasks as listSum } from './list_sum.ts';
import { tasks as points } from './points.ts';
import { tasks as range } from './range.ts';
import { tasks as records } from './records.ts';
import { tasks as stringIn } from './string_in.ts';
import { tasks as stringOut } from './string_out.ts';
import { tasks as struct } from './struct.ts';
import { tasks as tree } from './tree.ts';
import { ways } from './ways.ts';
import { tasks as work } from './work.ts';

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
  ...points,
  ...records,
  ...tree,
  ...errno,
  ...work,
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
  return builderOf(mechanism, pythonTasks[task.id])?.(params) ?? absent(mechanism, task);
}

/** Why there is no such case, or null; asks without making one, whose texts may be long. */
export function whyNoPythonCase(
  mechanism: PythonMechanism,
  task: Task,
  params: Params,
): string | null {
  const found = pythonTasks[task.id];
  if (builderOf(mechanism, found) === undefined) return absent(mechanism, task);
  const size = task.sweep === null ? 0 : Number(params[task.sweep]);
  const { largestPlain = Infinity } = found ?? {};
  if (mechanism === 'plain' && size > largestPlain) {
    return `one call of more than ${largestPlain} steps takes seconds in Python`;
  }
  const own = extensionOf(mechanism, found)?.(params);
  return typeof own === 'string' ? own : null;
}

/** Tasks that have no sense in Python, each with the reason. */
const withoutPython: Readonly<Record<string, string>> = {
  'string_in.encode_into': 'a str is encoded into bytes of its own, never into a kept buffer',
  'string_in.refill': 'a str is encoded into bytes of its own, never into a kept buffer',
  'string_in.ignored': 'a str is encoded into bytes of its own, never into a kept buffer',
  'string_in.utf16': 'a str holds one, two or four bytes for each character, never UTF-16',
  'buffer.view': 'the question is about the views of JavaScript',
  'struct.by_pointer_dataview': 'a DataView is a value of JavaScript',
  'struct.out_pointer_dataview': 'a DataView is a value of JavaScript',
  'buffer.address_of': 'the address is what a binding takes of a buffer by itself',
  'list_sum.mapped': 'native memory is filled as any other: list_sum.refill is the same',
  'list_sum.handler': 'the question is how an engine makes machine code of a loop',
};

function absent(mechanism: PythonMechanism, { id, timing }: Task): string {
  if (id in withoutPython) return withoutPython[id]!;
  if (timing !== 'batched') return 'a worker in CPython times batches of calls on one thread';
  const found = pythonTasks[id];
  if (found?.native && !isOwn(mechanism)) return lacking[found.needsWay!];
  return found !== undefined
    ? `the catalogue has no statement for ${titles[mechanism]}`
    : 'the catalogue has no statement in Python for it';
}

/** Why a mechanism without a part of `Way` has no statement that needs it. */
const lacking = {
  errno: "an extension reads errno in code of its own, and the binding's functions do not",
  textAt: 'an extension gives no way to read at an address',
  numbersAt: 'an extension gives no way to read at an address',
  freshCallback: 'any function is a callback here: none is made',
} as const;

const isOwn = (mechanism: PythonMechanism) => mechanism === 'plain' || mechanism === 'numpy';

const titles: Readonly<Record<PythonMechanism, string>> = {
  ctypes: 'a call through ctypes',
  cffi_abi: 'a call through cffi',
  cffi_api: 'a call through cffi',
  cython: 'an extension in Cython',
  pyo3: 'an extension by PyO3',
  plain: 'Python alone',
  numpy: 'NumPy alone',
};

type Builder = (params: Params) => PythonCase | string;

/** What makes the case in a mechanism. */
function builderOf(mechanism: PythonMechanism, task: PythonTask | undefined): Builder | undefined {
  if (mechanism === 'plain') return task?.plain;
  if (mechanism === 'numpy') return task?.numpy;
  const { native, needsWay } = task ?? {};
  const way: Way = ways[mechanism];
  if (needsWay !== undefined && way[needsWay] === undefined) return undefined;
  return extensionOf(mechanism, task) ?? (native && ((params) => native(params, way)));
}

/** What makes the case of an extension's own functions. */
function extensionOf(mechanism: PythonMechanism, task?: PythonTask): Builder | undefined {
  return mechanism === 'cython' || mechanism === 'pyo3' ? task?.extension?.[mechanism] : undefined;
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
