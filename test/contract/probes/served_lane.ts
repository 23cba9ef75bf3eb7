// A lane whose functions live in a process of another language: what a test asks of it goes through
// two named pipes, one line each way, and JavaScript waits. So the same known answers are asked of
// CPython's lanes as of every other.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Capabilities, OpenLane, Pointer } from '../../../src/catalogue/lane.ts';
import { signatures, type SymbolName } from '../../../src/catalogue/signatures.ts';
import type { Word } from '../../../src/catalogue/words.ts';

/** A process that serves a lane's functions. */
export interface Served {
  readonly lane: OpenLane;
  close(): void;
}

/** How the process is started: the order is its last argument. */
export interface Serving {
  readonly path: string;
  readonly args: readonly string[];
  readonly order: Readonly<Record<string, unknown>>;
  readonly folder: string;
}

type Reply = {
  readonly value?: unknown;
  readonly error?: string;
  readonly callback?: number;
  readonly args?: readonly unknown[];
};

// A callback takes what the table says; the test states it.
// deno-lint-ignore no-explicit-any
type Callback = (...args: any[]) => unknown;

/** Lanes that were served so far: each has pipes of its own. */
let started = 0;

/** Starts the process and opens the pipes. */
export function serveLane(serving: Serving, capabilities: Capabilities): Served {
  const { path, args, order, folder } = serving;
  started++;
  const [there, back] = ['in', 'out'].map((name) => join(folder, `served_${started}.${name}`));
  execFileSync('mkfifo', [there!, back!]);
  const child = spawn(path, [...args, JSON.stringify({ ...order, in: there, out: back })], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const pipes = { write: openSync(there!, 'w'), read: openSync(back!, 'r') };
  return { lane: remoteLane(pipes, capabilities), close: () => end(child, pipes) };
}

interface Pipes {
  readonly write: number;
  readonly read: number;
}

function end(child: ChildProcess, { write, read }: Pipes): void {
  closeSync(write);
  closeSync(read);
  child.kill();
}

function remoteLane(pipes: Pipes, capabilities: Capabilities): OpenLane {
  const readLine = lineReader(pipes.read);
  const callbacks: { word: Word; fn: Callback }[] = [];
  const keys = new WeakMap<object, number>();
  let nextKey = 0;
  const keyOf = ({ buffer }: ArrayBufferView) => {
    if (!keys.has(buffer)) keys.set(buffer, nextKey++);
    return keys.get(buffer)!;
  };

  function ask(request: unknown): unknown {
    writeSync(pipes.write, `${JSON.stringify(request)}\n`);
    for (;;) {
      const reply = JSON.parse(readLine()) as Reply;
      if (reply.error !== undefined) throw new Error(reply.error);
      if (reply.callback === undefined) return reply.value;
      writeSync(pipes.write, `${JSON.stringify({ value: answerOf(reply) })}\n`);
    }
  }

  function answerOf({ callback, args }: Reply): unknown {
    const { word, fn } = callbacks[callback!]!;
    const { callback: types } = word as { callback: { args: Word[]; result: Word } };
    const answer = fn(...args!.map((arg, i) => given(types.args[i]!, arg)));
    return types.result === 'pointer' ? answer : spelled(answer);
  }

  function call(name: SymbolName, args: readonly unknown[]): unknown {
    const { args: words, result } = signatures[name];
    const views = args.filter(ArrayBuffer.isView) as Uint8Array[];
    const sent = args.map((arg, i) => taken(words[i]!, arg, keyOf));
    const said = ask({ do: 'call', name, args: sent }) as { result: unknown; buffers: string[] };
    const outs = views.slice(0, said.buffers.length);
    outs.forEach((view, i) => bytesOf(view).set(Buffer.from(said.buffers[i]!, 'hex')));
    return given(result, said.result);
  }

  return {
    capabilities,
    call: (name: SymbolName) => (...args: unknown[]) => call(name, args),
    readCString: null,
    readTextAt: (at: Pointer) => ask({ do: 'text_at', at }),
    bool: (value: boolean) => value,
    samePointer: (a: unknown, b: unknown) => ask({ do: 'same', a, b }),
    addressOf: (buffer: Uint8Array) => ask({ do: 'address_of', key: keyOf(buffer) }),
    numbersAt: (at: Pointer, count: number) => ask({ do: 'numbers_at', at, count }),
    structForm: () => ({
      make: (fields: readonly number[]) => fields,
      fields: (value: readonly number[]) => value,
    }),
    callback(word: Word, fn: Callback, thread = 'same') {
      callbacks.push({ word, fn });
      // What a foreign thread asks waits until the other side has its turn.
      const turns = thread === 'same' ? undefined : setInterval(() => ask({ do: 'turn' }), 1);
      return { ref: callbacks.length - 1, close: () => clearInterval(turns) };
    },
    close() {},
  } as unknown as OpenLane;
}

function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** An argument as the request has it. */
function taken(word: Word, value: unknown, keyOf: (view: ArrayBufferView) => number): unknown {
  if (word === 'cstring') {
    return hexOf(typeof value === 'string' ? Buffer.from(value) : value as Uint8Array);
  }
  if (ArrayBuffer.isView(value)) {
    const view = value as Uint8Array;
    return { bytes: hexOf(bytesOf(view)), count: view.length, key: keyOf(view) };
  }
  if (Array.isArray(value)) return value.map(spelled);
  return word === 'pointer' || typeof word === 'object' ? value : spelled(value);
}

/** A number in JSON without a loss. */
function spelled(value: unknown): unknown {
  if (typeof value === 'bigint') return { i: String(value) };
  if (typeof value !== 'number') return value;
  if (Object.is(value, -0)) return { x: '-0' };
  return Number.isFinite(value) ? value : { x: String(value) };
}

/** What a reply has, as the table's word says. */
function given(word: Word, value: unknown): unknown {
  if (typeof word === 'object') return (value as unknown[]).map((field) => given('f64', field));
  if (word === 'pointer' || word === 'cstring') return value;
  const { x, i } = (value ?? {}) as { x?: string; i?: string };
  if (x !== undefined) return Number(x);
  if (word === 'i64' || word === 'u64') return BigInt(i ?? (value as number));
  return i === undefined ? value : Number(i);
}

function lineReader(from: number): () => string {
  let rest = '';
  const bytes = Buffer.alloc(1 << 16);
  return () => {
    for (;;) {
      const at = rest.indexOf('\n');
      if (at >= 0) {
        const line = rest.slice(0, at);
        rest = rest.slice(at + 1);
        return line;
      }
      const count = readSync(from, bytes);
      if (count === 0) throw new Error('the process that serves the lane has ended');
      rest += bytes.toString('latin1', 0, count);
    }
  };
}
