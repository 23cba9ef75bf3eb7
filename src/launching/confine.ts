/**
 * Bounds what a worker can do to the machine: the memory it may take, and that it does not outlive
 * a tool that was killed. Both are set by small programs of util-linux that become the worker
 * (`exec`): no shell, no process in between. Where they are missing, workers run unbounded.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import process from 'node:process';

/** A program with the arguments that stand before the one it becomes. */
type Prefix = readonly string[];

/** Arguments that start a program under the bounds that this machine can set. */
export function confine(
  path: string,
  args: readonly string[],
  memoryBytes: number | null,
  sameAddresses = false,
): Prefix {
  return [
    ...lifeline(),
    ...(memoryBytes === null ? [] : memoryBound(memoryBytes)),
    ...(sameAddresses ? fixedAddresses() : []),
    path,
    ...args,
  ];
}

/** Whether this machine can bound a worker's memory. */
export function canBoundMemory(): boolean {
  return memoryBound(2 ** 34).length > 0;
}

/** Has the kernel end the worker with the tool. Linux alone knows that. */
function lifeline(): Prefix {
  const program = find('setpriv');
  return program === null ? [] : works([program, '--pdeathsig', 'KILL', '--']);
}

/**
 * Bounds the data segment rather than the address space, of which engines reserve terabytes. Bun
 * reserves 6 GB of it and lays its heap out otherwise below 12 GB. Cores of crashes are not
 * written.
 */
function memoryBound(bytes: number): Prefix {
  const program = find('prlimit');
  return program === null ? [] : works([program, `--data=${bytes}`, '--core=0', '--']);
}

/**
 * Lays memory out alike in every process: engines make shorter code for what lies near. Containers
 * may forbid it.
 */
function fixedAddresses(): Prefix {
  const program = find('setarch');
  return program === null ? [] : works([program, '--addr-no-randomize']);
}

const tried = new Map<string, Prefix>();

/** The prefix where it can start a program here; none where it cannot. */
function works(prefix: readonly string[]): Prefix {
  const key = prefix.join('\0');
  const known = tried.get(key);
  if (known !== undefined) return known;
  const [program, ...args] = prefix;
  const { status, error } = spawnSync(program!, [...args, program!, '--version'], {
    stdio: 'ignore',
    env: {},
    timeout: 5000,
  });
  const usable = status === 0 ? prefix : [];
  // It did not run for want of files, processes or memory: that may change.
  if (error !== undefined) return usable;
  tried.set(key, usable);
  return usable;
}

/** A program of the system, by its absolute path. */
function find(name: string): string | null {
  if (process.platform !== 'linux') return null;
  const folders = ['/usr/bin', '/bin', ...(process.env.PATH ?? '').split(delimiter)];
  return folders.filter(isAbsolute).map((folder) => join(folder, name)).find(existsSync) ?? null;
}
