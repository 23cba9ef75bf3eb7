/** Reads what a worker says: finds the lines of the protocol in its stdout and holds it to them. */
import {
  linePrefix,
  type MeasuredMessage,
  type Message,
  protocolVersion,
  type WorkOrder,
} from '../worker/protocol.ts';
import { caseName } from '../catalogue/task.ts';
import { messageFault } from './message.ts';

/** What may follow what; `failed`, `refused` and `unsupported` may break off anything, and end. */
const follows: Readonly<Record<string, readonly string[]>> = {
  '': ['hello'],
  hello: ['manifest', 'verified'],
  manifest: ['verified', 'measured'],
  verified: ['manifest', 'piloted', 'stepped', 'measured', 'done'],
  piloted: ['done'],
  stepped: ['verified_hot', 'done'],
  measured: ['verified_hot'],
  verified_hot: ['done'],
};
const enders = new Set(['failed', 'refused', 'unsupported']);

/** The longest line that is read, in characters; a launch of 131,072 batches needs 2 MB. */
const longestLine = 8 * 1024 * 1024;
/** The most noise that is read before a worker counts as babbling, in bytes. */
const mostNoiseBytes = 32 * 1024 * 1024;

/** Follows one worker. */
export interface Follower {
  /** Takes what came on stdout; returns a sentence where the protocol was broken. */
  read(bytes: Uint8Array): string | null;
  /** The messages so far, without the batches of `measured`. */
  messages(): readonly Message[];
  measured(): MeasuredMessage | null;
}

/** Starts following a worker that was given an order. */
export function followProtocol(order: WorkOrder): Follower {
  const decoder = new TextDecoder();
  const splitter = lineSplitter();
  const messages: Message[] = [];
  let measured: MeasuredMessage | null = null;
  let readBytes = 0;
  let broken = false;

  function take(line: string): string | null {
    const message = parse(line);
    if (typeof message === 'string') return message;
    const fault = faultOf(message, messages.at(-1)?.type ?? '', order);
    if (fault !== null) return fault;
    if (message.type === 'measured') measured = message;
    messages.push(message.type === 'measured' ? { ...message, batches_ns: [] } : message);
    return null;
  }

  function read(bytes: Uint8Array): string | null {
    readBytes += bytes.length;
    if (readBytes > mostNoiseBytes) {
      return `It wrote over ${mostNoiseBytes / 1024 / 1024} MB to stdout.`;
    }
    const lines = splitter(decoder.decode(bytes, { stream: true }));
    if (lines === null) return 'It broke the protocol: a line does not end.';
    for (const line of lines) {
      const fault = take(line);
      if (fault !== null) return `It broke the protocol: ${fault}`;
    }
    return null;
  }

  return {
    read(bytes) {
      if (broken) return null;
      const fault = read(bytes);
      broken = fault !== null;
      return fault;
    },
    messages: () => messages,
    measured: () => measured,
  };
}

/**
 * Cuts a stream of text into the lines that the protocol claims, and forgets the others as they
 * come. Answers null where such a line is longer than any that means something.
 */
function lineSplitter(): (text: string) => string[] | null {
  let rest = '';
  let isNoise = false;
  return (text) => {
    const pieces = text.split('\n');
    const lines: string[] = [];
    for (const [index, piece] of pieces.entries()) {
      if (!isNoise) rest += piece;
      if (index < pieces.length - 1) {
        if (!isNoise && rest.startsWith(linePrefix)) lines.push(rest);
        rest = '';
        isNoise = false;
      } else if (rest.length > longestLine) {
        return null;
      } else if (!isNoise && !mayBecomeLine(rest)) {
        isNoise = true;
        rest = '';
      }
    }
    return lines;
  };
}

function mayBecomeLine(start: string): boolean {
  return start.startsWith(linePrefix) || linePrefix.startsWith(start);
}

type Spoken = Message & { readonly ffi_bench: number };

/** A line as a message, or what is wrong with it. */
function parse(line: string): Spoken | string {
  let message: Spoken;
  try {
    message = JSON.parse(line);
  } catch {
    return `a line is not JSON: ${line.slice(0, 80)}`;
  }
  return message.ffi_bench === protocolVersion
    ? message
    : `it speaks version ${shown(message.ffi_bench)}, the tool speaks ${protocolVersion}.`;
}

/** Why a message cannot follow the one before, or is not of this launch; null where all is well. */
function faultOf(message: Spoken, before: string, order: WorkOrder): string | null {
  const fault = messageFault({ ...message });
  if (fault !== null) return fault;
  const isEnd = enders.has(before) || before === 'done';
  if (isEnd || (!enders.has(message.type) && !follows[before]?.includes(message.type))) {
    return `"${message.type}" came after "${before}".`;
  }
  if (message.type !== 'hello') return null;
  const want = caseName(order.task, order.params);
  if (message.case !== want) {
    return `it measures ${shown(message.case)}, it was told "${want}".`;
  }
  return message.lane === order.lane
    ? null
    : `it is a worker of ${shown(message.lane)}, it was told "${order.lane}".`;
}

/** A foreign value, short. */
function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 200);
}
