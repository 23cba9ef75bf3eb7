/**
 * The registry: which runtimes and lanes there are, as data. Adding a runtime or a mechanism is a
 * folder or file here and a row below.
 */

import { type Capabilities, capabilities, type Capability } from '../src/catalogue/lane.ts';

/** How a runtime can be made to show which path a call took. */
export type EvidenceSource =
  | {
    /** The engine traces its fast calls when asked by its environment. */
    readonly kind: 'trace';
    readonly env: Readonly<Record<string, string>>;
    /** What it means that the last call was traced, `{symbol}` being its name, and that it was not. */
    readonly fast: string;
    readonly slow: string;
  }
  | {
    /** The engine's fast path can be switched off; what gets slower was on it. */
    readonly kind: 'ablation';
    readonly env: Readonly<Record<string, string>>;
    readonly path: string;
  };

/** How a runtime is started and recognised. */
export interface Runtime {
  /** As people write it. */
  readonly title: string;
  /** Oldest version whose foreign function interface this suite speaks. */
  readonly oldest: string;
  /** Arguments before the script; `{checkout}` stands for the folder that a worker may read. */
  readonly flags: readonly string[];
  /** Arguments before the probe script; see `probe.mjs`. */
  readonly probeFlags: readonly string[];
  /** Variables that a worker of this runtime gets on top of the common ones. */
  readonly env: Readonly<Record<string, string>>;
  /** Shortest warm-up: no plateau below the last optimizing tier was seen to last longer. */
  readonly warmUpMs: number;
  /** How the path of a call can be shown; absent where the runtime has no way. */
  readonly evidence?: EvidenceSource;
}

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
    warmUpMs: 120,
    evidence: {
      kind: 'trace',
      env: { DENO_UNSTABLE_FFI_TRACE_TURBO: '1' },
      fast: "The last call to {symbol} went through V8's fast API call.",
      slow: "The last call did not go through V8's fast API call.",
    },
  },
  bun: {
    title: 'Bun',
    oldest: '1.4.0',
    flags: ['run', '--no-install'],
    probeFlags: ['run', '--no-install'],
    env: { NO_COLOR: '1' },
    warmUpMs: 40,
    evidence: {
      kind: 'ablation',
      env: { BUN_JSC_useFFICallInDFG: '0' },
      path: "JavaScriptCore's optimized native call (useFFICallInDFG)",
    },
  },
  node: {
    title: 'Node',
    oldest: '26.1.0',
    flags: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    probeFlags: [],
    env: { NO_COLOR: '1' },
    warmUpMs: 100,
  },
} as const satisfies Record<string, Runtime>;

export type RuntimeName = keyof typeof runtimes;

/** A runtime × mechanism. */
export interface LaneRow {
  readonly lane: string;
  readonly runtime: RuntimeName;
  readonly mechanism: Mechanism;
  /** Module whose default export is the lane. */
  readonly module: string;
  /** Capabilities that it lacks, with the reason; a contract test holds this against the runtime. */
  readonly cannot: Readonly<Partial<Record<Capability, string>>>;
}

/** What each mechanism is, for help and legends; in the order of tables. */
export const mechanisms = {
  ffi: "the runtime's own foreign function interface",
  plain: 'the same work in JavaScript alone',
} as const;

export type Mechanism = keyof typeof mechanisms;

const noBoundary = 'plain JavaScript crosses no boundary';
const nodeForeignThread = 'node:ffi aborts the process when a foreign thread calls back';

const plain = {
  mechanism: 'plain',
  module: 'runtimes/plain.ts',
  cannot: {
    u64_fast: noBoundary,
    buffer_length: noBoundary,
    struct_by_value: noBoundary,
    callback_thread_value: noBoundary,
    callback_thread_notice: noBoundary,
    function_pointer: noBoundary,
    async: noBoundary,
    native_memory: noBoundary,
  },
} as const;

export const lanes: readonly LaneRow[] = [
  {
    lane: 'deno.ffi',
    runtime: 'deno',
    mechanism: 'ffi',
    module: 'runtimes/deno/ffi.ts',
    cannot: {
      string_argument: 'Deno.dlopen takes no JavaScript string; encode it into a buffer',
      u64_fast: 'Deno.dlopen gives 64-bit results only as BigInt',
      buffer_length: 'Deno.dlopen takes pointer and length as two arguments',
      callback_thread_notice: 'a foreign thread waits for its callback in Deno, always',
    },
  },
  {
    lane: 'bun.ffi',
    runtime: 'bun',
    mechanism: 'ffi',
    module: 'runtimes/bun/ffi.ts',
    cannot: {
      array_buffer: 'bun:ffi takes views only, no bare ArrayBuffer',
      struct_by_value: 'bun:ffi takes no struct by value',
      callback_thread_value: 'a threadsafe JSCallback does not wait: the foreign thread gets 0',
      async: 'bun:ffi has no asynchronous call; it ignores the flag "nonblocking"',
    },
  },
  {
    lane: 'node.ffi',
    runtime: 'node',
    mechanism: 'ffi',
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
    },
  },
  { lane: 'deno.plain', runtime: 'deno', ...plain },
  { lane: 'bun.plain', runtime: 'bun', ...plain },
  { lane: 'node.plain', runtime: 'node', ...plain },
];

/** The row of a lane. Throws where there is none. */
export function laneRow(lane: string): LaneRow {
  const row = lanes.find((one) => one.lane === lane);
  if (row === undefined) throw new Error(`There is no lane "${lane}" in the registry.`);
  return row;
}

/** What a lane can do, and why not what it cannot. */
export function capabilitiesOf({ mechanism, cannot }: LaneRow): Capabilities {
  const all = Object.keys(capabilities) as Capability[];
  const why = (name: Capability) =>
    name === 'plain_javascript' && mechanism !== 'plain'
      ? 'the question is about plain JavaScript, without a crossing'
      : cannot[name] ?? true;
  return Object.fromEntries(all.map((name) => [name, why(name)])) as Capabilities;
}
