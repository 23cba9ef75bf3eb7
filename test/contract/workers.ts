// Starts real workers for the contract tests: every lane that this machine offers, one process
// each.
import { spawn, type SpawnOptions } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { capabilitiesOf, type LaneRow, lanes, runtimes } from '../../runtimes/registry.ts';
import { readTools } from '../../src/boot/tools.mjs';
import { root } from '../../src/boot/versions.mjs';
import { workerEnvironment } from '../../src/runner/environment.ts';
import { linePrefix, type Message } from '../../src/worker/protocol.ts';

const timeoutMs = 120_000;

/** The lanes whose contract is held here. */
export const nativeLanes: readonly LaneRow[] = lanes.filter(({ mechanism }) =>
  mechanism !== 'plain'
);
export const allLanes: readonly LaneRow[] = lanes;

/** The library, empty for a lane that opens none. */
export function libraryOf(row: LaneRow): string {
  return capabilitiesOf(row).plain_javascript === true ? '' : readTools().library;
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
export function runIn(row: LaneRow, script: string, argument: unknown): Promise<Ended> {
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
  const folder = mkdtempSync(join(root, '.ffi-bench', 'contract-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
