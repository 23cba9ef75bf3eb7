/** The lanes: runtime × mechanism, a row each, with what each can do and why not what it cannot. */
import {
  type Capabilities,
  capabilities,
  type Capability,
  type Limits,
} from '../src/catalogue/lane.ts';
import { type Danger, dangers } from '../src/catalogue/dangers.ts';
import { symbolNames } from '../src/catalogue/signatures.ts';
import { shimLacks } from './bun/shim.ts';
import { cpythonLanes } from './cpython/lanes.ts';
import { napiCppLanes, noErrnoInNodeApi } from './napi_cpp/lanes.ts';
import { napiRsLanes } from './napi_rs/lanes.ts';
import { hosts, type LaneRow } from './registry.ts';

const noEngine = 'a plain C function knows no engine, so that it makes no objects';
const noBoundary = 'plain JavaScript crosses no boundary';
const nodeForeignThread = 'node:ffi aborts the process when a foreign thread calls back';

const plain = {
  mechanism: 'plain',
  module: 'runtimes/plain.ts',
  artifact: null,
  cannot: {
    u64_fast: noBoundary,
    buffer_length: noBoundary,
    struct_by_value: noBoundary,
    callback_thread_value: noBoundary,
    callback_thread_notice: noBoundary,
    function_pointer: noBoundary,
    async: noBoundary,
    native_memory: noBoundary,
    native_objects: noBoundary,
    errno: noBoundary,
    errno_survives: noBoundary,
  },
} as const;

const napi = {
  mechanism: 'napi',
  module: 'runtimes/napi.ts',
  artifact: 'addon',
  cannot: { errno: noErrnoInNodeApi },
} as const;

const drops = 'takes the lowest 64 bits of an address that has more, and drops the rest';

const bunIsWrong = {
  wide_pointer: `bun:ffi ${drops} (oven-sh/bun#35246, review)`,
  moved_buffer:
    'ptr() tells where a small array lies now; asking for its buffer moves it, and the ' +
    'address is stale (oven-sh/bun#32054, anomalyco/opentui#1394)',
} as const;

const koffi = {
  mechanism: 'koffi',
  module: 'runtimes/koffi.ts',
  package: 'koffi',
  artifact: 'library',
  cannot: {
    buffer_length: 'koffi takes pointer and length as two arguments',
    callback_thread_notice: 'a foreign thread waits for its callback in koffi, always',
  },
  wrong: { wide_pointer: `koffi ${drops}; no public report was found` },
} as const;

const noSystem = 'the WebAssembly module has no operating system and no errno';
const noThreads = 'the WebAssembly module has no threads and no clock';

/** The functions whose names are like that, each with the reason why a lane is without them. */
function lacking(names: RegExp, reason: string): Limits['lacks'] {
  return Object.fromEntries(
    symbolNames.filter((name) => names.test(name)).map((name) => [name, reason]),
  );
}

function without<T extends object, K extends keyof T>(all: T, name: K): Omit<T, K> {
  const { [name]: _left, ...rest } = all;
  return rest;
}

const wasm = {
  mechanism: 'wasm',
  module: 'runtimes/wasm.ts',
  artifact: 'module',
  cannot: {
    u64_from_number: 'WebAssembly takes 64-bit integers only as BigInt',
    u64_fast: 'WebAssembly gives 64-bit results only as BigInt',
    buffer_length: 'the code around the module takes pointer and length as two arguments',
    struct_by_value: 'a WebAssembly function takes no struct; it goes by pointer',
    callback_thread_value: noThreads,
    callback_thread_notice: noThreads,
    async: noThreads,
    worker: noThreads,
    native_objects: noEngine,
    errno: noSystem,
    errno_survives: noSystem,
    address_of: "a buffer of JavaScript has no address in the module's memory",
  },
  limits: {
    lacks: {
      ...lacking(/^(async_|callback_thread_|counters_|step_|take_|throughput|probe$)/, noThreads),
      ...lacking(/^errno_/, noSystem),
    },
  },
  note:
    'Engines may inline WebAssembly into JavaScript, so that no call may be left; buffers and ' +
    'texts are copied into its memory.',
} as const;

const wasmBindgen = {
  ...wasm,
  mechanism: 'wasm_bindgen',
  module: 'runtimes/wasm_bindgen.ts',
  artifact: 'module_rs',
  cannot: {
    ...without(wasm.cannot, 'native_objects'),
    struct_by_value: 'a struct by wasm-bindgen is an object that lives in the module',
    data_view: 'wasm-bindgen takes typed arrays alone',
    array_buffer: 'wasm-bindgen takes typed arrays alone',
  },
} as const;

/** The tasks of zig/native.zig; a test holds the two lists against each other. */
const nativeTasks = [
  ...['call.empty', 'call.noop', 'call.i32_args', 'call.f64_args', 'call.mixed6', 'call.id'],
  ...['call.u64_bigint', 'call.i64_bigint', 'call.u64_by_ref', 'call.pointer_id'],
  ...['call.function_pointer', 'call.polymorphic'],
  ...['buffer.touch', 'buffer.sum', 'buffer.fill'],
  ...['string_in.pre_encoded', 'string_in.encode_into', 'string_in.direct'],
  ...['string_out.c_string', 'struct.by_pointer', 'list_sum.refill', 'handle.sum'],
  ...['range.loop', 'range.fold', 'callback.sync'],
];

const notInErrno = 'the small C that cc() compiles here has no errno';
const notInShim = 'the small C that cc() compiles here starts no thread';

export const lanes: readonly LaneRow[] = [
  {
    lane: 'deno.ffi',
    runtime: 'deno',
    mechanism: 'ffi',
    artifact: 'library',
    module: 'runtimes/deno/ffi.ts',
    cannot: {
      string_argument: 'Deno.dlopen takes no JavaScript string; encode it into a buffer',
      u64_fast: 'Deno.dlopen gives 64-bit results only as BigInt',
      buffer_length: 'Deno.dlopen takes pointer and length as two arguments',
      callback_thread_notice: 'a foreign thread waits for its callback in Deno, always',
      native_objects: noEngine,
      errno: 'Deno has no function that tells errno',
    },
    wrong: {
      wide_pointer: `Deno.UnsafePointer.create ${drops}; no public report was found`,
    },
  },
  {
    lane: 'bun.ffi',
    runtime: 'bun',
    mechanism: 'ffi',
    artifact: 'library',
    module: 'runtimes/bun/ffi.ts',
    cannot: {
      struct_by_value: 'bun:ffi takes no struct by value',
      callback_thread_value: 'a threadsafe JSCallback does not wait: the foreign thread gets 0',
      async: 'bun:ffi has no asynchronous call; it ignores the flag "nonblocking"',
      native_objects: noEngine,
      errno: 'bun:ffi has no function that tells errno',
    },
    wrong: bunIsWrong,
  },
  {
    lane: 'node.ffi',
    runtime: 'node',
    since: '26.1.0',
    // On by default in later versions, which take the flag all the same.
    flags: ['--experimental-ffi'],
    mechanism: 'ffi',
    artifact: 'library',
    module: 'runtimes/node/ffi.ts',
    cannot: {
      u64_from_number: 'node:ffi takes 64-bit integers only as BigInt',
      u64_fast: 'node:ffi gives 64-bit results only as BigInt',
      buffer_length: 'node:ffi takes pointer and length as two arguments',
      struct_by_value: 'node:ffi takes no struct by value',
      callback_thread_value: nodeForeignThread,
      callback_thread_notice: nodeForeignThread,
      function_pointer: 'node:ffi calls symbols of a library only, no raw address',
      async: 'node:ffi has no asynchronous call; it ignores the flag "nonblocking"',
      native_objects: noEngine,
      errno: 'node:ffi has no function that tells errno',
    },
  },
  { lane: 'deno.napi', runtime: 'deno', ...napi },
  { lane: 'bun.napi', runtime: 'bun', ...napi },
  { lane: 'node.napi', runtime: 'node', ...napi },
  ...napiCppLanes,
  ...napiRsLanes,
  {
    lane: 'deno.koffi',
    runtime: 'deno',
    ...koffi,
    cannot: { ...koffi.cannot, data_view: 'koffi takes no DataView in Deno' },
  },
  { lane: 'bun.koffi', runtime: 'bun', ...koffi },
  { lane: 'node.koffi', runtime: 'node', ...koffi },
  {
    lane: 'bun.cc',
    runtime: 'bun',
    mechanism: 'cc',
    module: 'runtimes/bun/cc.ts',
    artifact: 'library',
    cannot: {
      string_argument: 'cc() takes no JavaScript string; encode it into a buffer',
      buffer_length: 'cc() takes pointer and length as two arguments',
      struct_by_value: 'bun:ffi takes no struct by value',
      callback_thread_value: notInShim,
      callback_thread_notice: notInShim,
      async: 'bun:ffi has no asynchronous call',
      native_objects: noEngine,
      errno: 'bun:ffi has no function that tells errno',
      errno_survives: notInErrno,
      worker: 'the small C that cc() compiles here has no function that waits',
    },
    limits: { lacks: shimLacks },
    note: 'cc() compiles with TinyCC, which optimizes little: compare its calls, not its work.',
  },
  { lane: 'deno.wasm', runtime: 'deno', ...wasm },
  { lane: 'bun.wasm', runtime: 'bun', ...wasm },
  { lane: 'node.wasm', runtime: 'node', ...wasm },
  { lane: 'deno.wasm_bindgen', runtime: 'deno', ...wasmBindgen },
  { lane: 'bun.wasm_bindgen', runtime: 'bun', ...wasmBindgen },
  { lane: 'node.wasm_bindgen', runtime: 'node', ...wasmBindgen },
  { lane: 'deno.plain', runtime: 'deno', ...plain },
  { lane: 'bun.plain', runtime: 'bun', ...plain },
  { lane: 'node.plain', runtime: 'node', ...plain },
  ...cpythonLanes,
  {
    lane: 'native.call',
    runtime: 'native',
    mechanism: 'call',
    module: null,
    artifact: 'library',
    cannot: {},
    limits: {
      tasks: nativeTasks,
      otherTasks: 'there is nothing like it without JavaScript, or the floor does not have it',
    },
  },
];

/** Whether a lane runs in CPython, whose worker is told what to time. */
export function isPythonLane(
  row: LaneRow,
): row is LaneRow & { readonly mechanism: (typeof cpythonLanes)[number]['mechanism'] } {
  return row.runtime === 'cpython';
}

/** The row of a lane. Throws where there is none. */
export function laneRow(lane: string): LaneRow {
  const row = lanes.find((one) => one.lane === lane);
  if (row === undefined) throw new Error(`There is no lane "${lane}" in the registry.`);
  return row;
}

/** What a lane gets right of each danger; otherwise how it is wrong, or why it was not asked. */
export function dangersOf(row: LaneRow): Record<Danger, true | string> {
  const { wrong, cannot, limits } = row;
  const noAddress = limits?.lacks?.danger_bits ?? cannot.address_of;
  const of = (name: Danger) => {
    if (isPythonLane(row)) return 'it was asked of lanes of JavaScript alone';
    if (wrong?.[name] !== undefined) return wrong[name];
    return /pointer|moved/.test(name) ? noAddress ?? true : true;
  };
  const names = Object.keys(dangers) as Danger[];
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<Danger, true | string>;
}

/** The arguments with which a lane's host is started; `{checkout}` as in `Runtime`. */
export function flagsOf({ runtime, flags = [] }: LaneRow): readonly string[] {
  return [...hosts[runtime].flags, ...flags];
}

/** What a lane can do, and why not what it cannot. */
export function capabilitiesOf({ mechanism, cannot, limits }: LaneRow): Capabilities {
  const all = Object.keys(capabilities) as Capability[];
  const why = (name: Capability) =>
    name === 'plain_javascript' && mechanism !== 'plain'
      ? 'the question is about plain JavaScript, without a crossing'
      : name === 'extension' && mechanism !== 'cython' && mechanism !== 'pyo3'
      ? 'only extensions of CPython hold code of their own here'
      : cannot[name] ?? true;
  const can = Object.fromEntries(all.map((name) => [name, why(name)]));
  return { ...can, ...(limits === undefined ? {} : { limits }) } as Capabilities;
}
