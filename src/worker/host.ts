/**
 * What a worker process offers tasks besides its lane: opening the library again, and a Worker that
 * makes synchronous calls beside the main thread.
 */
import type { Lane } from '../catalogue/lane.ts';
import type { SymbolName } from '../catalogue/signatures.ts';
import type { Host, Offloaded } from '../catalogue/task.ts';
import { apart, leastApart } from '../catalogue/twins/apart.ts';
import { protocolVersion } from './protocol.ts';

/** What a Worker is told, as JSON, in the place where its process has its order. */
export interface ServeOrder {
  readonly protocol: typeof protocolVersion;
  readonly mode: 'serve';
  readonly library: string;
  readonly symbol: SymbolName;
  /** Whether a message asks for so many calls, or else for one. */
  readonly repeats: boolean;
}

/** The host of this process. `script` is the file that runs in it, and in its Workers too. */
export async function makeHost(lane: Lane, library: string, script: URL): Promise<Host> {
  // Loaded by the processes that need it alone, since it takes milliseconds.
  const { Worker } = await import('node:worker_threads');
  const start = (symbol: SymbolName, repeats: boolean): Offloaded => {
    const order: ServeOrder = {
      protocol: protocolVersion,
      mode: 'serve',
      library,
      symbol,
      repeats,
    };
    return callsBy(new Worker(script, { argv: [JSON.stringify(order)] }));
  };
  return {
    open: (requests) => lane.open(library, requests),
    offload: (symbol) => start(symbol, false),
    repeat: (symbol) => start(symbol, true),
  };
}

/** The host of a task that needs none of it. */
export function bareHost(lane: Lane, library: string): Host {
  const refuse = () => {
    throw new Error('A task that starts a Worker must need the capability "worker".');
  };
  return {
    open: (requests) => lane.open(library, requests),
    offload: refuse,
    repeat: refuse,
  };
}

/** The part of a Worker that carries calls. */
interface Carrier {
  postMessage(argument: number): void;
  on(event: 'message', listener: (answer: number) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  terminate(): unknown;
}

/** Calls as messages. A Worker answers in the order in which it was asked. */
function callsBy(worker: Carrier): Offloaded {
  const waiting: ((answer: number) => void)[] = [];
  let next = 0;
  worker.on('message', (answer) => {
    const settle = waiting[next++]!;
    if (next === waiting.length) waiting.length = next = 0;
    settle(answer);
  });
  worker.on('error', (error) => {
    throw error;
  });
  return {
    call: (argument) =>
      new Promise((settle) => {
        waiting.push(settle);
        worker.postMessage(argument);
      }),
    close: () => worker.terminate(),
  };
}

/** The other end, in the Worker: answers every message by a call. */
export async function serve(lane: Lane, { library, symbol, repeats }: ServeOrder): Promise<void> {
  const { parentPort } = await import('node:worker_threads');
  const call = lane.open(library, [{ symbol, form: 'plain' }]).call(symbol);
  // Inlined into the listener, the loop would count towards no better code: 50 ns a call in Deno.
  const answer = repeats
    ? apart(leastApart, repeating(call as (total: number, one: number) => number))
    : call as (argument: number) => unknown;
  parentPort!.on('message', (argument: number) => parentPort!.postMessage(answer(argument)));
}

/** So many calls in a loop of their own. */
function repeating(f: (total: number, one: number) => number): (calls: number) => number {
  return (calls) => {
    let total = 0;
    for (let i = 0; i < calls; i++) total = f(total, 1);
    return total;
  };
}
