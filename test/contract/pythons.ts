// Starts Python for the contract tests: the machine's own, with the lanes built that the tests of a
// file ask for.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { isPythonLane, lanes } from '../../runtimes/lanes.ts';
import { hosts } from '../../runtimes/registry.ts';
import { root } from '../../src/boot/versions.mjs';
import { workerEnvironment } from '../../src/machine/environment.ts';
import { equipPythons } from '../../src/machine/python.ts';
import { findRuntimes } from '../../src/machine/runtimes.ts';
import { linePrefix } from '../../src/worker/protocol.ts';

/** More than all cases of a lane take, beside whatever else runs. */
const timeoutMs = 10 * 60_000;

/** The lanes of CPython. */
export const pythonLanes = lanes.filter(isPythonLane);

/** A Python that was found, and where its packages and extensions lie. */
export interface ReadyPython {
  readonly path: string;
  readonly folder: string;
  readonly reasons: Readonly<Record<string, string | undefined>>;
}

/** The machine's Python with all lanes. Throws where there is none. */
export async function readyPython(): Promise<ReadyPython> {
  const found = await findRuntimes(root, [{ label: 'cpython', runtime: 'cpython', at: null }]);
  const [one] = await equipPythons(root, found, () => true);
  if (one?.state !== 'ready') throw new Error(one?.reason);
  return { path: one.path, ...one.python! };
}

/**
 * The lanes among these that this machine has. Each of the others, which need a compiler or a
 * package that it has not, gets a test of what is said of it.
 */
export function lanesHere<T extends (typeof pythonLanes)[number]>(
  rows: readonly T[],
  { reasons }: ReadyPython,
): T[] {
  return rows.filter((row) => {
    const reason = reasons[row.mechanism];
    if (reason !== undefined) {
      test(`${row.lane} says why it is not on this machine`, () => {
        assert.match(reason, /no cargo on PATH|no headers|no Python here has pip|not installed/);
      });
    }
    return reason === undefined;
  });
}

/** A message of a script in runtimes/cpython. */
export type Said = Readonly<Record<string, unknown>> & { readonly type: string };

/** Runs a script of runtimes/cpython with an order, to its end. */
export function runPython(
  path: string,
  script: string,
  order: unknown,
): Promise<{ said: Said[]; end: string }> {
  const flags = hosts.cpython.flags.slice(0, -1);
  const args = [...flags, join(root, 'runtimes', 'cpython', script), JSON.stringify(order)];
  return new Promise((settle, refuse) => {
    const child = spawn(path, args, { env: workerEnvironment({}), cwd: root, timeout: timeoutMs });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => stdout += text);
    child.stderr.setEncoding('utf8').on('data', (text: string) => stderr += text);
    child.on('error', refuse);
    child.on('close', (code, signal) => {
      const said = stdout.split('\n').filter((line) => line.startsWith(linePrefix))
        .map((line) => JSON.parse(line) as Said);
      settle({ said, end: `${signal ?? code}: ${stderr.slice(-2000)}` });
    });
  });
}
