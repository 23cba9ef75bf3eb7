/**
 * One launch: starts a worker, reads its lines, and settles when its pipes have closed — always,
 * and with one of the outcomes of a result document. A launch that crashes, hangs or babbles costs
 * itself.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import process from 'node:process';
import type { Outcome } from '../results/schema.ts';
import type { MeasuredMessage, Message, WorkOrder } from '../worker/protocol.ts';
import { confine } from './confine.ts';
import type { Counters } from '../machine/counters.ts';
import { nothingObserved, observe, type Observed } from './observe.ts';
import { type Follower, followProtocol } from './reader.ts';

/** How a worker is started; no shell is involved. */
export interface WorkerCommand {
  readonly path: string;
  readonly args: readonly string[];
  /** The whole environment of the worker. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Whether its memory lies at the same addresses in every launch, where the system can. */
  readonly sameAddresses?: boolean;
}

/** What became of a launch. */
export interface LaunchResult extends Observed {
  readonly outcome: Outcome;
  readonly reason: string | null;
  readonly signal: string | null;
  readonly exitCode: number | null;
  /** The last of what it wrote to stderr. */
  readonly stderrTail: string;
  readonly measured: MeasuredMessage | null;
  /** Everything it said by the protocol, the batches apart. */
  readonly messages: readonly Message[];
}

/** Limits of a launch. */
export interface LaunchLimits {
  /** Time after which a worker is killed, in ms. */
  readonly timeoutMs: number;
  /** Memory that a worker may take, in bytes; without it, as much as there is. */
  readonly memoryBytes?: number;
}

type Ending = Pick<LaunchResult, 'outcome' | 'reason'>;

const stderrTailChars = 4000;
/**
 * Time that pipes may stay open after the worker has ended: one who left its group may hold them.
 */
const closeGraceMs = 500;
/** Time that a killed worker has to end; one that hangs in the kernel is left behind. */
const killGraceMs = 5000;

/** Starts one worker. `abort` kills it, with every process that it started. */
export function launchWorker(
  command: WorkerCommand,
  order: WorkOrder,
  limits: LaunchLimits,
  abort?: AbortSignal,
  counters: Counters | null = null,
): Promise<LaunchResult> {
  let child: ChildProcess;
  try {
    child = startWorker(command, order, limits);
  } catch (error) {
    return Promise.resolve({ ...unstarted(error as Error), ...nothingSaid });
  }
  // Where this process may open no more files, Node makes no pipes and tells of it later.
  if (!child.stdout || !child.stderr) return unpiped(child);
  return follow(child, followProtocol(order), limits, abort, counters);
}

function unpiped(child: ChildProcess): Promise<LaunchResult> {
  return new Promise((settle) =>
    child.once('error', (error) => settle({ ...unstarted(error), ...nothingSaid }))
  );
}

function startWorker(
  { path, args, env, cwd, sameAddresses = false }: WorkerCommand,
  order: WorkOrder,
  limits: LaunchLimits,
): ChildProcess {
  const own = [...args, JSON.stringify(order)];
  const [program, ...rest] = confine(path, own, limits.memoryBytes ?? null, sameAddresses);
  return spawn(program!, rest, {
    cwd,
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that one signal reaches whatever it starts.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
}

/** The result of a launch that was not made, and why. */
export function unlaunched(reason: string): LaunchResult {
  return { outcome: 'failed', reason, ...nothingSaid };
}

const nothingSaid = {
  signal: null,
  exitCode: null,
  stderrTail: '',
  measured: null,
  ...nothingObserved,
  messages: [],
};

function unstarted(error: Error): Ending {
  return { outcome: 'failed', reason: `It could not be started: ${error.message}.` };
}

/** Follows a worker to its end, or ends it. */
function follow(
  child: ChildProcess,
  follower: Follower,
  limits: LaunchLimits,
  abort: AbortSignal | undefined,
  counters: Counters | null,
): Promise<LaunchResult> {
  return new Promise((settle) => {
    let stderrTail = '';
    let problem: Ending | null = null;
    const { look, observed } = observe(child.pid, counters);
    const timers: ReturnType<typeof setTimeout>[] = [];
    const later = (ms: number, act: () => void) => timers.push(setTimeout(act, ms));
    const end = (outcome: Outcome, reason: string) => {
      if (problem !== null) return;
      problem = { outcome, reason };
      killGroup(child);
      later(killGraceMs, () => close(null, null));
    };
    const interrupt = () => end('failed', 'The run was interrupted.');
    const close = (exitCode: number | null, signal: NodeJS.Signals | null) => {
      timers.forEach((timer) => clearTimeout(timer));
      abort?.removeEventListener('abort', interrupt);
      closePipes(child);
      const ended = problem ?? judge(follower.messages(), exitCode, signal, stderrTail, limits);
      settle({
        ...ended,
        signal: ended.outcome === 'timed_out' ? null : signal,
        exitCode,
        stderrTail,
        measured: ended.outcome === 'done' ? follower.measured() : null,
        ...observed(),
        messages: follower.messages(),
      });
    };
    later(
      limits.timeoutMs,
      () => end('timed_out', `It did not end within ${limits.timeoutMs / 1000} s and was killed.`),
    );
    child.stdout!.on('data', (bytes: Uint8Array) => {
      const fault = follower.read(bytes);
      if (fault !== null) end('protocol_error', fault);
      else look(follower);
    });
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      stderrTail = (stderrTail + text).slice(-stderrTailChars);
    });
    child.on('error', (error) => {
      problem ??= unstarted(error);
      later(closeGraceMs, () => close(null, null));
    });
    child.on('exit', (exitCode, signal) => {
      killGroup(child);
      later(closeGraceMs, () => close(exitCode, signal));
    });
    child.on('close', close);
    abort?.addEventListener('abort', interrupt, { once: true });
    if (abort?.aborted) interrupt();
  });
}

/** Words by which engines and allocators say that they were refused memory. */
const refusedMemory = /out of memory|OutOfMemory|cannot allocate memory|allocation fail|bad_alloc/i;

/** What the end of a worker means that the tool did not stop. */
function judge(
  messages: readonly Message[],
  exitCode: number | null,
  signal: NodeJS.Signals | null,
  stderrTail: string,
  { memoryBytes }: LaunchLimits,
): Ending {
  const last = messages.at(-1);
  const after = last === undefined ? 'before its first word' : `after "${last.type}"`;
  const memory = memoryBytes !== undefined && refusedMemory.test(stderrTail)
    ? ` It was refused memory under its limit of ${(memoryBytes / 2 ** 30).toFixed(1)} GB.`
    : '';
  const crashed = (how: string): Ending => ({
    outcome: 'crashed',
    reason: `It ${how} ${after}.${memory}`,
  });
  if (signal !== null) return crashed(`died of ${signal}`);
  const launcher = /^(?:setpriv|prlimit|setarch): (.*)/.exec(stderrTail);
  if (last === undefined && launcher !== null && (exitCode === 126 || exitCode === 127)) {
    return unstarted(new Error(launcher[1]!));
  }
  if (last?.type === 'unsupported') return { outcome: 'unsupported', reason: last.reason };
  if (last?.type === 'failed' || last?.type === 'refused') {
    return { outcome: 'failed', reason: last.reason };
  }
  if (last?.type === 'done' && exitCode === 0) return { outcome: 'done', reason: null };
  if (exitCode !== 0) return crashed(`ended with exit code ${exitCode}`);
  return { outcome: 'protocol_error', reason: `It ended ${after}, without "done".` };
}

/** Kills a worker and what it started. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nothing of the group lives any more.
  }
}

function closePipes(child: ChildProcess): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
}
