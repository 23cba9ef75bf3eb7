// What `npm test` checks, as one table: each gate is a program to run, and how its results count.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Tools } from '../boot/tools.mjs';
import { zigEnvironment } from '../boot/zig.mjs';
import { buildGenerated } from '../machine/generators.ts';
import { arm64Checkout, arm64Zig, provideArm64, provideEmulator } from './arm64.ts';
import { provideChromium } from './chromium.ts';
import { provideLibraries } from './libraries.ts';
import { providePyperf } from './pyperf.ts';

export type ToolName = 'deno' | 'bun' | 'node' | 'zig';

/** How a gate's results are counted. */
export type Counting =
  /** One check, passed when the program exits with 0. */
  | 'exit_code'
  /** The tests in the JUnit file that the runner writes. */
  | 'junit'
  /** The tests in the summary of `zig build test`. */
  | 'zig_summary';

export interface Gate {
  readonly name: string;
  readonly tool: ToolName;
  readonly counting: Counting;
  /** The arguments; `files` are the gate's test files, `junit` the file to report into. */
  readonly args: (files: readonly string[], junit: string) => string[];
  /** The folder whose `*_test.ts` files the gate runs. */
  readonly tests?: string;
  /** Which of them, by their names without `_test.ts`; all unless given. */
  readonly only?: readonly string[];
  /** The folder in which its program runs, in place of this checkout. */
  readonly checkout?: string;
  /** All test files become modules of one program, so that what they share is loaded once. */
  readonly together?: boolean;
  /** Gates that share something, such as the compiler's cache, run one after the other. */
  readonly shares?: 'zig';
  /** Nothing runs beside it: it keeps the whole machine busy by itself. */
  readonly alone?: boolean;
  /** A gate that takes longer is ended and counts as failed, in ms; 20 minutes unless given. */
  readonly longest_ms?: number;
  /** Provides what the gate needs beyond the tools; returns environment variables for it. */
  readonly prepare?: () => Promise<Record<string, string>>;
}

const zig = { tool: 'zig', shares: 'zig' } as const;
const check = { counting: 'exit_code' } as const;

const denoTest = (files: readonly string[], junit: string): string[] => [
  ...['test', '--no-check', '--no-prompt', '--cached-only', '--node-modules-dir=manual'],
  ...['--allow-read', '--allow-write', '--allow-env', '--allow-sys', '--allow-run'],
  `--junit-path=${junit}`,
  ...files,
];

const bunTest = (files: readonly string[], junit: string): string[] => [
  ...['test', '--reporter=junit', `--reporter-outfile=${junit}`],
  ...files.map((file) => `./${file}`),
];

/** Runs so many test files at a time, each in a process of its own. */
const nodeTest = (atATime: number) => (files: readonly string[], junit: string): string[] => [
  ...['--test', '--disable-warning=ExperimentalWarning', `--test-concurrency=${atATime}`],
  ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
  ...['--test-reporter=junit', `--test-reporter-destination=${junit}`],
  ...files,
];

const denoTests = { tool: 'deno', counting: 'junit', args: denoTest } as const;
const bunTests = { tool: 'bun', counting: 'junit', args: bunTest } as const;
const nodeTests = { tool: 'node', counting: 'junit', args: nodeTest(1) } as const;
/** The same, two files at a time; for a gate beside which no other runs. */
const nodeTestsInPairs = { ...nodeTests, args: nodeTest(2) } as const;

/** The gates of `npm test`, cheap ones first. */
export const gates: readonly Gate[] = [
  { name: 'format', tool: 'deno', ...check, args: () => ['fmt', '--check'] },
  { name: 'lint', tool: 'deno', ...check, args: () => ['lint'] },
  {
    name: 'types',
    tool: 'node',
    ...check,
    args: () => [join('node_modules', 'typescript', 'bin', 'tsc'), '--noEmit'],
  },
  { name: 'zig_format', ...zig, ...check, args: () => ['fmt', '--check', 'build.zig', 'zig'] },
  { name: 'zig_build', ...zig, ...check, args: () => ['build'] },
  {
    name: 'zig_tests',
    ...zig,
    counting: 'zig_summary',
    args: () => ['build', 'test', '-Doptimize=debug', '--summary', 'all'],
  },
  { name: 'unit_deno', ...denoTests, tests: 'test/unit', together: true },
  { name: 'unit_bun', ...bunTests, tests: 'test/unit' },
  { name: 'unit_node', ...nodeTests, tests: 'test/unit', together: true },
  { name: 'golden', ...nodeTests, tests: 'test/golden' },
  { name: 'workflows', ...nodeTests, tests: 'test/workflows' },
  { name: 'exports', ...nodeTests, tests: 'test/exports', prepare: providePyperf },
  { name: 'package', ...nodeTests, tests: 'test/package', shares: 'zig' },
  { name: 'browser', ...nodeTests, tests: 'test/browser', prepare: provideChromium },
  { name: 'smoke', ...nodeTests, tests: 'test/smoke' },
  {
    name: 'contract',
    ...nodeTestsInPairs,
    tests: 'test/contract',
    alone: true,
    prepare: provideLibraries,
  },
];

const hour_ms = 60 * 60_000;

/** The gates of `npm run test:long`. */
const longGates: readonly Gate[] = [
  { name: 'long', ...nodeTests, tests: 'test/long', alone: true, longest_ms: 3 * hour_ms },
];

/** Contract tests that are one for each lane. */
const laneTests = ['capabilities', 'catalogue', 'symbols'];

/** The gates of `npm run test:release`: too long for each change, and run before each release. */
const releaseGates: readonly Gate[] = [
  // Optimised, as the release ships it: the release finds all of it in the compiler's cache.
  { name: 'zig_cross', ...zig, ...check, args: () => ['build', 'cross'], longest_ms: hour_ms },
  {
    name: 'release',
    ...nodeTests,
    tests: 'test/release',
    shares: 'zig',
    longest_ms: hour_ms,
  },
  {
    name: 'generated',
    ...nodeTests,
    tests: 'test/contract',
    only: [...laneTests, 'counting', 'danger', 'freshness', 'generated'],
    // Why one could not be built goes to its skipped tests.
    prepare: async () => ({
      FFI_BENCH_GENERATED: JSON.stringify(
        await buildGenerated(new Set(['napi_cpp', 'napi_rs', 'wasm_bindgen'])),
      ),
    }),
    longest_ms: hour_ms,
    alone: true,
  },
];

/** The gates of `npm run test:arm64`: what can be known of linux-arm64 without one. */
const arm64Gates: readonly Gate[] = [
  {
    name: 'arm64_zig',
    ...zig,
    counting: 'zig_summary',
    args: () => ['build', 'test', ...arm64Zig, '-Doptimize=debug', '--summary', 'all'],
    prepare: provideEmulator,
    alone: true,
  },
  {
    name: 'arm64_contract',
    ...nodeTests,
    tests: 'test/contract',
    only: [...laneTests, 'mechanisms_addon', 'mechanisms_native'],
    prepare: () => provideArm64('linux-x64'),
    checkout: arm64Checkout,
    longest_ms: hour_ms,
    alone: true,
  },
  {
    name: 'arm64_smoke',
    ...nodeTests,
    tests: 'test/arm64',
    prepare: () => provideArm64('linux-arm64'),
    checkout: arm64Checkout,
    longest_ms: hour_ms,
    alone: true,
  },
];

/** Sets of gates besides those of `npm test`, by the option that takes them. */
export const gateSets = { long: longGates, release: releaseGates, arm64: arm64Gates } as const;

/** The test files of a gate, relative to the checkout, in a fixed order. */
export function testFilesOf(gate: Gate, root: string): string[] {
  const folder = gate.tests;
  if (folder === undefined || !existsSync(join(root, folder))) return [];
  const { only } = gate;
  return readdirSync(join(root, folder)).filter((name) => name.endsWith('_test.ts')).sort()
    .filter((name) => only?.includes(name.replace('_test.ts', '')) ?? true)
    .map((name) => `${folder}/${name}`);
}

/** The executable of a gate's tool, or an error that says why there is none. */
export function toolPath(tools: Tools, name: ToolName): string {
  const tool = name === 'zig' ? tools.zig : tools.runtimes[name];
  if (tool.state === 'ready') return tool.path;
  throw new Error(`This gate needs ${name} ${tool.version}. ${tool.reason}`);
}

/** The environment of every gate: the caller's and Zig's, without colours: its output is a file. */
export function gateEnvironment(extra: Record<string, string>): Record<string, string> {
  const inherited = Object.entries(zigEnvironment()).flatMap(([name, value]) =>
    value === undefined || name === 'FORCE_COLOR' ? [] : [[name, value] as const]
  );
  return { ...Object.fromEntries(inherited), NO_COLOR: '1', ...extra };
}
