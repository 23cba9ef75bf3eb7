/**
 * The registry: which runtimes and lanes there are, as data. Adding a runtime or a mechanism is a
 * folder or file here and a row below.
 */

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

/** How a runtime is started and recognised. */
export interface Runtime {
  /** As people write it. */
  readonly title: string;
  /** Oldest version that runs a worker and most of its tasks, as far as its packages go back. */
  readonly oldest: string;
  /** Arguments before the script; `{checkout}` stands for the folder that a worker may read. */
  readonly flags: readonly string[];
  /** Arguments before the probe script; see `probe.mjs`. */
  readonly probeFlags: readonly string[];
  /** Variables that a worker of this runtime gets on top of the common ones. */
  readonly env: Readonly<Record<string, string>>;
  /** Shortest warm-up, in ms: a longer one changed no cost (see bench/warm_up.ts). */
  readonly warmUpMs: number;
  /** Whether its compiler makes a twin disappear whose work has no effect. */
  readonly folds: boolean;
  /**
   * What a launch that counts instructions is started with besides: the seeds by which V8 hashes,
   * so that tables have their entries in the same places in every process.
   */
  readonly stepping: {
    /** Before all other arguments. */
    readonly flags: readonly string[];
    readonly env: Readonly<Record<string, string>>;
  };
}

const v8Seeds = ['--random-seed=1', '--hash-seed=1'];
const unseeded = { flags: [], env: {} };

export const runtimes = {
  deno: {
    title: 'Deno',
    oldest: '2.0.0',
    flags: [
      'run',
      '--quiet',
      '--no-config',
      '--no-lock',
      '--cached-only',
      '--node-modules-dir=manual',
      '--allow-ffi',
      '--allow-read={checkout}',
      '--v8-flags=--expose-gc',
    ],
    probeFlags: ['run', '--quiet', '--no-config', '--no-lock', '--cached-only'],
    env: { DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' },
    warmUpMs: 100,
    stepping: { flags: [], env: { DENO_V8_FLAGS: v8Seeds.join() } },
    folds: true,
  },
  bun: {
    title: 'Bun',
    oldest: '1.1.0',
    flags: ['run', '--no-install'],
    probeFlags: ['run', '--no-install'],
    env: { NO_COLOR: '1' },
    warmUpMs: 30,
    stepping: unseeded,
    folds: true,
  },
  node: {
    title: 'Node',
    oldest: '20.11.0',
    flags: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    probeFlags: [],
    env: { NO_COLOR: '1' },
    warmUpMs: 80,
    stepping: { flags: v8Seeds, env: {} },
    folds: true,
  },
} as const satisfies Record<string, Runtime>;

export type RuntimeName = keyof typeof runtimes;

/** The project's own programs that are a worker themselves and run no script. */
export const programs = {
  native: {
    title: 'Native floor',
    oldest: '0.0.0',
    flags: [],
    probeFlags: ['--probe'],
    env: {},
    warmUpMs: 10,
    stepping: unseeded,
    folds: true,
  },
  cpython: {
    title: 'CPython',
    oldest: '3.9.0',
    // Isolated, without the machine's packages: what a lane needs, its order names.
    flags: ['-I', '-S', '-B', '{checkout}/runtimes/cpython/worker.py'],
    probeFlags: ['-I', '-S', '-B', '{checkout}/runtimes/cpython/describe.py'],
    env: {},
    warmUpMs: 20,
    stepping: unseeded,
    folds: false,
  },
} as const satisfies Record<string, Runtime>;

/** Everything that a lane can run in. */
export const hosts: Readonly<Record<HostName, Runtime>> = { ...runtimes, ...programs };

export type HostName = RuntimeName | keyof typeof programs;

/** A runtime × mechanism. */
export interface LaneRow {
  readonly lane: string;
  readonly runtime: HostName;
  readonly mechanism: Mechanism;
  /** First version of the runtime that has the mechanism, where it is not the oldest. */
  readonly since?: string;
  /** Arguments of the runtime that this lane needs besides. */
  readonly flags?: readonly string[];
  /** Module whose default export is the lane; null for a program, which is itself the worker. */
  readonly module: string | null;
  /** What the lane opens: the shared library, another build of the same kernels, or nothing. */
  readonly artifact: Artifact | null;
  /**
   * Capabilities that it lacks, with the reason; a contract test holds this against the runtime.
   */
  readonly cannot: Readonly<Partial<Record<Capability, string>>>;
  /** What it gets wrong without a word, and the public report of that where there is one. */
  readonly wrong?: Readonly<Partial<Record<Danger, string>>>;
  /** What it is without, where it does not bring the whole library or the whole catalogue. */
  readonly limits?: Limits;
  /** npm package that its module loads, which the installed tool has only beside it. */
  readonly package?: string;
  /** A sentence that its figures are to be read with. */
  readonly note?: string;
}

/** The builds of the kernels that lanes open. */
export const artifacts = {
  library: 'the shared library',
  addon: 'the Node-API addon, which has the kernels in it',
  addon_cpp: 'the addon by node-addon-api, which a run with --lane napi_cpp builds,',
  module: 'the WebAssembly module, which has the kernels in it',
} as const;

export type Artifact = keyof typeof artifacts;
/** Those beside the shared library, of which there is one build alone. */
export type OwnArtifact = Exclude<Artifact, 'library'>;

/** What each mechanism is, for help and legends; in the order of tables. */
export const mechanisms = {
  ffi: "the runtime's own foreign function interface",
  napi: 'one Node-API addon, the same binary in every runtime',
  napi_cpp: 'an addon written with node-addon-api, the same binary in every runtime',
  koffi: 'the npm package koffi, the same in every runtime',
  cc: 'C that the runtime compiles itself when it opens it',
  wasm: 'the same kernels in WebAssembly',
  ctypes: "Python's own foreign function interface",
  cffi_abi: 'the package cffi, which reads the library when it is opened',
  cffi_api: 'the package cffi, by an extension that it writes and a C compiler compiles',
  cython: 'an extension module in Cython',
  pyo3: 'an extension module in Rust, by PyO3',
  numpy: 'the same work by NumPy, without the library',
  plain: 'the same work in the language alone',
  call: 'a call in machine code, without JavaScript: the floor',
} as const;

export type Mechanism = keyof typeof mechanisms;

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
  cannot: { errno: 'Node-API tells no errno; an addon hands it on in a function of its own' },
} as const;

/** The functions that runtimes/napi_cpp/addon.cc has, and why it has no others. */
const napiCppHas = new RegExp(
  '^(noop|i32_args_[12]|f64_args_2|buffer_(touch|sum|fill)|string_(sum|ignore)(_z)?' +
    '|string_(prepare|get|copy)|calls|manifest|spin_chain|throughput)$',
);
const notInNapiCpp = 'the addon by node-addon-api is written for few functions';

const napiCpp = {
  mechanism: 'napi_cpp',
  module: 'runtimes/napi_cpp.ts',
  artifact: 'addon_cpp',
  cannot: {
    errno: napi.cannot.errno,
    data_view: 'the addon takes Uint8Arrays alone',
    array_buffer: 'the addon takes Uint8Arrays alone',
    native_memory: notInNapiCpp,
    native_objects: notInNapiCpp,
    address_of: notInNapiCpp,
    worker: notInNapiCpp,
  },
  limits: {
    lacks: Object.fromEntries(
      symbolNames.filter((name) => !napiCppHas.test(name)).map((name) => [name, notInNapiCpp]),
    ),
  },
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
      ...lacking(/^(async_|callback_thread_|counters_|step_|throughput|probe$)/, noThreads),
      ...lacking(/^errno_/, noSystem),
    },
  },
  note:
    'Engines may inline WebAssembly into JavaScript, so that no call may be left; buffers and ' +
    'texts are copied into its memory.',
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
  { lane: 'deno.napi_cpp', runtime: 'deno', ...napiCpp },
  { lane: 'bun.napi_cpp', runtime: 'bun', ...napiCpp },
  { lane: 'node.napi_cpp', runtime: 'node', ...napiCpp },
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
