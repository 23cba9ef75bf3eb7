/**
 * One launch: starts a worker, reads its lines, and settles when its pipes have closed — always, and
 * with one of the outcomes of a result document. A launch that crashes, hangs or babbles costs itself.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import process from 'node:process';
import type { Outcome } from '../results/schema.ts';
import type { MeasuredMessage, Message, WorkOrder } from '../worker/protocol.ts';
import { followProtocol } from './reader.ts';

/** How a worker is started; no shell is involved. */
export interface WorkerCommand {
  readonly path: string;
  readonly args: readonly string[];
  /** The whole environment of the worker. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** What became of a launch. */
export interface LaunchResult {
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
}

const stderrTailChars = 4000;
/** Time that pipes may stay open after the worker has ended: a grandchild may hold them. */
const closeGraceMs = 500;

/** Starts one worker. `signal` kills it, with every process that it started. */
export function launchWorker(
  command: WorkerCommand,
  order: WorkOrder,
  limits: LaunchLimits,
  abort?: AbortSignal,
): Promise<LaunchResult> {
  return new Promise((settle) => {
    const child = spawn(command.path, [...command.args, JSON.stringify(order)], {
      cwd: command.cwd,
      env: { ...command.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    const follower = followProtocol(order);
    let stderrTail = '';
    let problem: { outcome: Outcome; reason: string } | null = null;
    const end = (outcome: Outcome, reason: string) => {
      problem ??= { outcome, reason };
      killGroup(child);
    };
    const timer = setTimeout(
      () => end('timed_out', `It did not end within ${limits.timeoutMs / 1000} s and was killed.`),
      limits.timeoutMs,
    );
    const interrupt = () => end('failed', 'The run was interrupted.');
    abort?.addEventListener('abort', interrupt, { once: true });
    if (abort?.aborted) interrupt();
    child.stdout!.on('data', (bytes: Uint8Array) => {
      const fault = follower.read(bytes);
      if (fault !== null) end('protocol_error', fault);
    });
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      stderrTail = (stderrTail + text).slice(-stderrTailChars);
    });
    child.on('error', (error) => {
      problem ??= { outcome: 'failed', reason: `It could not be started: ${error.message}.` };
    });
    child.on('exit', () => setTimeout(() => closePipes(child), closeGraceMs).unref());
    child.on('close', (exitCode, signal) => {
      clearTimeout(timer);
      abort?.removeEventListener('abort', interrupt);
      killGroup(child);
      const ended = problem ?? judge(follower.messages(), exitCode, signal);
      const measured = follower.measured();
      settle({
        ...ended,
        signal: ended.outcome === 'timed_out' ? null : signal,
        exitCode,
        stderrTail,
        measured: ended.outcome === 'done' ? measured : null,
        messages: follower.messages(),
      });
    });
  });
}

/** What the end of a worker means that nobody stopped. */
function judge(
  messages: readonly Message[],
  exitCode: number | null,
  signal: NodeJS.Signals | null,
): { outcome: Outcome; reason: string | null } {
  const last = messages.at(-1);
  const after = last === undefined ? 'before its first word' : `after "${last.type}"`;
  if (signal !== null) return { outcome: 'crashed', reason: `It died of ${signal} ${after}.` };
  if (last?.type === 'unsupported') return { outcome: 'unsupported', reason: last.reason };
  if (last?.type === 'failed' || last?.type === 'refused') {
    return { outcome: 'failed', reason: last.reason };
  }
  if (last?.type === 'done' && exitCode === 0) return { outcome: 'done', reason: null };
  if (exitCode !== 0) {
    return { outcome: 'crashed', reason: `It ended with exit code ${exitCode} ${after}.` };
  }
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
