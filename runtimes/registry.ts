/**
 * The registry: which runtimes and mechanisms there are, as data; the lanes that they make are in
 * lanes.ts. Adding a runtime or a mechanism is a folder or file here, and a row.
 */

import type { Capability, Limits } from '../src/catalogue/lane.ts';
import type { Danger } from '../src/catalogue/dangers.ts';

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
  /** Whether its compiler makes a twin disappear whose work has no effect. */
  readonly folds: boolean;
  /**
   * What a launch that counts instructions is started with besides, so that every process makes the
   * same code: optimizing compilers work at once where they are asked to, instead of beside the
   * program for as long as that takes, and V8 hashes by a fixed seed. Without compilers beside it,
   * V8 would stay in the middle tier in a loop that it entered there.
   */
  readonly stepping: {
    /** Before all other arguments. */
    readonly flags: readonly string[];
    readonly env: Readonly<Record<string, string>>;
  };
}

const v8Steady = [
  ...['--random-seed=1', '--hash-seed=1'],
  ...['--no-concurrent-recompilation', '--no-maglev-osr'],
];
const jscSteady = { BUN_JSC_useConcurrentJIT: '0', BUN_JSC_useConcurrentGC: '0' };
const asEver = { flags: [], env: {} };

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
    stepping: { flags: [], env: { DENO_V8_FLAGS: v8Steady.join() } },
    folds: true,
  },
  bun: {
    title: 'Bun',
    oldest: '1.1.0',
    flags: ['run', '--no-install'],
    probeFlags: ['run', '--no-install'],
    env: { NO_COLOR: '1' },
    stepping: { flags: [], env: jscSteady },
    folds: true,
  },
  node: {
    title: 'Node',
    oldest: '20.11.0',
    flags: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    probeFlags: [],
    env: { NO_COLOR: '1' },
    stepping: { flags: v8Steady, env: {} },
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
    stepping: asEver,
    folds: true,
  },
  cpython: {
    title: 'CPython',
    oldest: '3.9.0',
    // Isolated, without the machine's packages: what a lane needs, its order names.
    flags: ['-I', '-S', '-B', '{checkout}/runtimes/cpython/worker.py'],
    probeFlags: ['-I', '-S', '-B', '{checkout}/runtimes/cpython/describe.py'],
    env: {},
    stepping: asEver,
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
  addon_rs: 'the addon by napi-rs, which a run with --lane napi_rs builds,',
  module: 'the WebAssembly module, which has the kernels in it',
  module_rs: 'the module by wasm-bindgen, which a run with --lane wasm_bindgen builds,',
} as const;

export type Artifact = keyof typeof artifacts;
/** Those beside the shared library, of which there is one build alone. */
export type OwnArtifact = Exclude<Artifact, 'library'>;

/** What each mechanism is, for help and legends; in the order of tables. */
export const mechanisms = {
  ffi: "the runtime's own foreign function interface",
  napi: 'one Node-API addon, the same binary in every runtime',
  napi_cpp: 'an addon written with node-addon-api, the same binary in every runtime',
  napi_rs: 'an addon written with napi-rs, the same binary in every runtime',
  koffi: 'the npm package koffi, the same in every runtime',
  cc: 'C that the runtime compiles itself when it opens it',
  wasm: 'the same kernels in WebAssembly',
  wasm_bindgen: 'the same kernels in WebAssembly, behind functions by wasm-bindgen',
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
