/** Finds the runtimes that a run measures, and asks each binary what it really is. */
import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type HostName, hosts, type RuntimeName, runtimes } from '../../runtimes/registry.ts';
import { artifactPath } from '../boot/library.mjs';
import { messageOf } from '../boot/provision_error.mjs';
import { findMachinePython } from '../boot/python.mjs';
import { provisionRuntime } from '../boot/runtimes.mjs';
import { readTools } from '../boot/tools.mjs';
import { exitCodes, RunError, usageError } from '../usage/errors.ts';
import { unknownName } from '../usage/nearest.ts';
import { workerEnvironment } from './environment.ts';

/** One runtime binary as asked for: `[LABEL=]RUNTIME[@VERSION or @PATH]`. */
export interface RuntimeRequest {
  readonly label: string;
  readonly runtime: HostName;
  /** A version or a path; null for the one that is provisioned. */
  readonly at: string | null;
}

/** A runtime binary that was found, or the reason why it cannot be measured. */
export type FoundRuntime =
  | (RuntimeRequest & {
    readonly state: 'ready';
    readonly path: string;
    readonly version: string;
    readonly engine: string;
    /** What its lanes beyond the standard library are made of; of CPython alone. */
    readonly python?: ProvidedPython;
  })
  | (RuntimeRequest & {
    readonly state: 'missing';
    readonly path: string;
    readonly reason: string;
    readonly python?: undefined;
  });

/** The folder of a Python's packages and extensions, and why a mechanism could not be had. */
export interface ProvidedPython {
  readonly folder: string;
  readonly reasons: Readonly<Record<string, string | undefined>>;
  /** What its workers run besides the interpreter: none may change while a run goes on. */
  readonly files: readonly string[];
}

const names = Object.keys(hosts) as HostName[];
const labelForm = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/;

/** The runtimes that are measured by default; CPython where a lane of it is wanted. */
export function defaultRequests(withPython: boolean): RuntimeRequest[] {
  return names.filter((name) => withPython || name !== 'cpython').map((runtime) => ({
    label: runtime,
    runtime,
    at: null,
  }));
}

/** Reads `--runtime`'s argument. Throws a usage error that names what is wrong with it. */
export function parseRuntime(text: string): RuntimeRequest {
  const [, label, name, at] = /^(?:([^=@]*)=)?([^@]*)(?:@(.*))?$/s.exec(text) ?? [];
  if (name === undefined || !names.includes(name as HostName)) {
    throw usageError(unknownName('runtime', name ?? text, names));
  }
  if (label !== undefined && !labelForm.test(label)) {
    throw usageError(
      `The label "${label}" of --runtime ${text} is not usable: letters, digits, ".", "_" and ` +
        '"-", at most 40.',
    );
  }
  if (at === '') {
    throw usageError(`--runtime ${text} names no version or path after "@".`);
  }
  return { label: label ?? name, runtime: name as HostName, at: at ?? null };
}

/** Finds every requested runtime. What is missing or not what it claims to be says so. */
export function findRuntimes(
  checkout: string,
  requests: readonly RuntimeRequest[],
  abort?: AbortSignal,
): Promise<FoundRuntime[]> {
  return Promise.all(requests.map((request) => findRuntime(checkout, request, abort)));
}

/** Those that are there, of all that could be. Refuses where that is no runtime at all. */
export function presentRuntimes(all: readonly FoundRuntime[]): FoundRuntime[] {
  const present = all.filter(({ state }) => state === 'ready');
  if (present.some(({ runtime }) => isScripted(runtime))) return present;
  const reasons = all.flatMap((one) => one.state === 'missing' ? [`  ${one.reason}`] : []);
  throw new RunError(
    exitCodes.nothingToRun,
    `There is no runtime to measure. One is enough, on PATH or named by its path as in --runtime ` +
      `node=node@/path/to/node:\n${reasons.join('\n')}`,
  );
}

async function findRuntime(
  checkout: string,
  request: RuntimeRequest,
  abort: AbortSignal | undefined,
): Promise<FoundRuntime> {
  let path = '';
  try {
    path = await pathOf(checkout, request);
    const said = await ask(checkout, request.runtime, path, abort);
    const reason = whyUnfit(request, said, path);
    if (reason !== null) return { ...request, state: 'missing', path, reason };
    return {
      ...request,
      state: 'ready',
      // What lies on PATH may be a script that starts the runtime.
      path: request.at === null ? said.path ?? path : path,
      version: said.version,
      engine: said.engine,
    };
  } catch (error) {
    return { ...request, state: 'missing', path, reason: messageOf(error) };
  }
}

function isScripted(name: HostName): name is RuntimeName {
  return name in runtimes;
}

async function pathOf(checkout: string, { runtime, at }: RuntimeRequest): Promise<string> {
  if (at === null) {
    if (runtime === 'cpython') return await findMachinePython();
    if (!isScripted(runtime)) return artifactPath(checkout, runtime);
    const tool = readTools().runtimes[runtime];
    if (tool.state === 'missing') throw new Error(tool.reason);
    return tool.path;
  }
  if (/[/\\]/.test(at) || existsSync(at)) {
    if (!existsSync(at)) throw new Error(`There is no file ${at}.`);
    return resolve(at);
  }
  if (isScripted(runtime)) return await provisionRuntime(runtime, at);
  throw new Error(
    runtime === 'cpython'
      ? `"${at}" is no path, and no Python is fetched: name one by its path, as in ` +
        '--runtime py314=cpython@/usr/bin/python3.14.'
      : `"${at}" is no path, and the ${hosts[runtime].title.toLowerCase()} has no other versions.`,
  );
}

interface Said {
  readonly runtime: string;
  readonly version: string;
  readonly engine: string;
  /** Its own path; absent where it does not tell. */
  readonly path?: string;
  /** Its own path as it tells it, of a Python. */
  readonly executable?: string;
}

/** Asks a binary what it is. Throws a sentence where it does not answer. */
function ask(
  checkout: string,
  runtime: HostName,
  path: string,
  abort: AbortSignal | undefined,
): Promise<Said> {
  const { probeFlags, title, env } = hosts[runtime];
  const script = join(checkout, 'runtimes', 'probe.mjs');
  const args = [...probeFlags.map((flag) => flag.replace('{checkout}', checkout)), script];
  return new Promise((settle, refuse) => {
    execFile(path, args, {
      env: workerEnvironment(env),
      timeout: 20_000,
      maxBuffer: 1 << 20,
      killSignal: 'SIGKILL',
      ...(abort === undefined ? {} : { signal: abort }),
    }, (error, stdout) => {
      const line = stdout.split('\n').find((one) => one.startsWith('{"ffi_bench_probe":1'));
      if (line !== undefined) return settle(JSON.parse(line));
      const why = error === null ? 'it said something else' : error.message.split('\n')[0];
      refuse(new Error(`${path} does not answer as ${title}: ${why}.`));
    });
  });
}

function whyUnfit({ runtime }: RuntimeRequest, said: Said, path: string): string | null {
  const { title, oldest } = hosts[runtime];
  if (said.runtime !== runtime) {
    return `${path} is not ${title}: it says that it is ${said.runtime} ${said.version}.`;
  }
  if (said.executable !== undefined && said.executable !== realpathSync(path)) {
    return `${path} only starts ${said.executable}: name that file, which is measured and watched.`;
  }
  return isOlder(said.version, oldest)
    ? `${title} ${said.version} is too old: this suite needs ${oldest} or newer.`
    : null;
}

/** Whether a version `a.b.c` is older than another; what follows a "-" or "+" does not count. */
export function isOlder(version: string, than: string): boolean {
  const parts = (text: string) => text.split(/[-+]/)[0]!.split('.').map(Number);
  const [a, b] = [parts(version), parts(than)];
  for (let i = 0; i < 3; i++) {
    if ((a[i] ?? 0) !== (b[i] ?? 0)) return (a[i] ?? 0) < (b[i] ?? 0);
  }
  return false;
}
