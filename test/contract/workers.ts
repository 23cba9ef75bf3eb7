// Starts real workers for the contract tests: every lane that this machine offers, one process
// each.
import { build } from 'esbuild';
import { spawn, type SpawnOptions } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { lanes } from '../../runtimes/lanes.ts';
import { type LaneRow, type RuntimeName, runtimes } from '../../runtimes/registry.ts';
import { artifactPath } from '../../src/boot/library.mjs';
import { readTools } from '../../src/boot/tools.mjs';
import { root } from '../../src/boot/versions.mjs';
import { generatedHere } from '../../src/machine/generators.ts';
import { workerEnvironment } from '../../src/machine/environment.ts';
import {
  linePrefix,
  type Message,
  protocolVersion,
  type WorkOrder,
} from '../../src/worker/protocol.ts';
import type { ProbeLine } from './probes/run.ts';
import { makeFolder } from '../../src/boot/folders.mjs';

/** More than a process takes beside whatever else runs, or under an emulator. */
const timeoutMs = 1_200_000;

/** A lane whose worker is a script. */
export type ScriptLane = LaneRow & { readonly module: string; readonly runtime: RuntimeName };

const scriptLanes = lanes.filter((row): row is ScriptLane => row.module !== null);
const builds = generatedHere();

/** The lanes by binding generators, whose builds are here only where a run has named them. */
export const generatedLanes = scriptLanes.filter(({ artifact }) => builds.has(artifact));

/** The lanes whose contract is held: all others, or in a gate of their own those that are built. */
export const allLanes = process.env.FFI_BENCH_GENERATED === undefined
  ? scriptLanes.filter(({ artifact }) => !builds.has(artifact))
  : generatedLanes.filter(({ artifact }) => builds.get(artifact) === true);
/** Those of them that cross into the library. */
export const nativeLanes = allLanes.filter(({ mechanism }) => mechanism !== 'plain');

/** The library, empty for a lane that opens none. */
export function libraryOf(row: LaneRow): string {
  if (row.artifact === null) return '';
  return row.artifact === 'library' ? readTools().library : artifactPath(root, row.artifact);
}

/** An order for a launch as short as can be, unless `more` says otherwise. */
export function shortOrder(
  row: LaneRow,
  more: Pick<WorkOrder, 'mode' | 'task' | 'params'> & Partial<WorkOrder>,
): WorkOrder {
  return {
    protocol: protocolVersion,
    lane: row.lane,
    library: libraryOf(row),
    instrument: '',
    durationNs: 2e6,
    batchNs: 10_000,
    callsPerBatch: 8,
    askedAtMs: Date.now(),
    ...more,
  };
}

/** What a process left behind. */
export interface Ended {
  readonly messages: readonly Message[];
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
  readonly signal: string | null;
}

/** Runs a script with one argument in a lane's runtime, as a worker is run. */
export function runIn(row: ScriptLane, script: string, argument: unknown): Promise<Ended> {
  const tool = readTools().runtimes[row.runtime];
  if (tool.state === 'missing') throw new Error(tool.reason);
  const { flags, env } = runtimes[row.runtime];
  const options: SpawnOptions = {
    cwd: root,
    env: workerEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  };
  const args = [...flags.map((flag) => flag.replace('{checkout}', root)), script];
  return new Promise((settle, refuse) => {
    const child = spawn(tool.path, [...args, JSON.stringify(argument)], options);
    let [stdout, stderr] = ['', ''];
    child.stdout!.setEncoding('utf8').on('data', (text: string) => stdout += text);
    child.stderr!.setEncoding('utf8').on('data', (text: string) => stderr += text);
    child.on('error', refuse);
    child.on('close', (code, signal) => {
      const messages = stdout.split('\n').filter((line) => line.startsWith(linePrefix))
        .map((line) => JSON.parse(line) as Message);
      settle({ messages, stdout, stderr, code, signal });
    });
  });
}

/** A folder that Deno may read, gone after the tests of a file. */
export function buildFolder(): string {
  makeFolder(join(root, '.ffi-bench'));
  const folder = mkdtempSync(join(root, '.ffi-bench', 'contract-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What one process of probes said, by name, and how it ended. */
export interface Probed {
  readonly lines: ReadonlyMap<string, ProbeLine>;
  readonly end: string;
  readonly ended: Ended;
}

/** Runs the probes of a file in a lane, in one process: all of them, or one. */
export async function probeLane(
  row: ScriptLane,
  folder: string,
  file: keyof typeof exportsOf,
  name = '*',
): Promise<Probed> {
  const script = join(folder, `${file}_${row.lane}.mjs`);
  if (!existsSync(script)) await bundleProbes(row, file, script);
  const ended = await runIn(row, script, { library: libraryOf(row), name });
  const lines = ended.stdout.split('\n').filter((line) => line.startsWith('{"probe":'))
    .map((line) => (JSON.parse(line) as { probe: ProbeLine }).probe);
  const last = lines.at(-1)?.name ?? 'the start';
  return {
    lines: new Map(lines.map((line) => [line.name, line])),
    end: `${ended.signal ?? ended.code} after ${last}: ${ended.stderr.slice(-2000)}`,
    ended,
  };
}

/** The name under which a file of probes exports them. */
const exportsOf = {
  symbols: 'symbolProbes',
  refusals: 'refusals',
  danger: 'dangerProbes',
} as const;

/** Refusals name what one runtime alone has, so that each has a file of its own. */
async function bundleProbes(
  { runtime, mechanism, module }: LaneRow,
  file: keyof typeof exportsOf,
  script: string,
): Promise<void> {
  // An interface of a runtime's own is tried in its words, other mechanisms alike in all.
  const tried = mechanism === 'ffi' ? runtime : mechanism;
  const probes = file === 'refusals' ? `refusals_${tried}` : file;
  await build({
    stdin: {
      contents: `import lane from './${module}';\n` +
        `import { ${exportsOf[file]} as probes } from './test/contract/probes/${probes}.ts';\n` +
        `import { runProbes } from './test/contract/probes/run.ts';\n` +
        'await runProbes(lane, probes);\n',
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'esnext',
    external: ['bun:*', 'node:*', 'koffi'],
    outfile: script,
    logLevel: 'silent',
  });
}
