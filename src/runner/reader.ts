/** Reads what a worker says: finds the lines of the protocol in its stdout and holds it to them. */
import {
  linePrefix,
  type MeasuredMessage,
  type Message,
  protocolVersion,
  type WorkOrder,
} from '../worker/protocol.ts';
import { caseName } from '../catalogue/task.ts';

/** What may follow what; `failed`, `refused` and `unsupported` may follow anything. */
const follows: Readonly<Record<string, readonly string[]>> = {
  '': ['hello'],
  hello: ['manifest', 'verified'],
  manifest: ['verified'],
  verified: ['piloted', 'measured', 'done'],
  piloted: ['done'],
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
  /** Takes what came on stdout; answers a sentence where the protocol was broken. */
  read(bytes: Uint8Array): string | null;
  /** The messages so far, without the batches of `measured`. */
  messages(): readonly Message[];
  measured(): MeasuredMessage | null;
}

/** Starts following a worker that was given an order. */
export function followProtocol(order: WorkOrder): Follower {
  const decoder = new TextDecoder();
  const messages: Message[] = [];
  let measured: MeasuredMessage | null = null;
  let rest = '';
  let readBytes = 0;

  function take(line: string): string | null {
    if (!line.startsWith(linePrefix)) return null;
    const fault = faultOf(line);
    return fault === null ? null : `It broke the protocol: ${fault}`;
  }

  function faultOf(line: string): string | null {
    let message: Message & { ffi_bench: number };
    try {
      message = JSON.parse(line);
    } catch {
      return `a line is not JSON: ${line.slice(0, 80)}`;
    }
    if (message.ffi_bench !== protocolVersion) {
      return `it speaks version ${message.ffi_bench}, the tool speaks ${protocolVersion}.`;
    }
    const before = messages.at(-1)?.type ?? '';
    if (!enders.has(message.type) && !follows[before]?.includes(message.type)) {
      return `"${message.type}" came after "${before}".`;
    }
    const want = caseName(order.task, order.params);
    if (message.type === 'hello' && message.case !== want) {
      return `it measures "${message.case}", it was told "${want}".`;
    }
    if (message.type === 'measured') {
      const fault = measuredFault(message);
      if (fault !== null) return fault;
      measured = message;
      messages.push({ ...message, batches_ns: [] });
    } else {
      messages.push(message);
    }
    return null;
  }

  return {
    read(bytes) {
      readBytes += bytes.length;
      if (readBytes > mostNoiseBytes) {
        return `It wrote over ${mostNoiseBytes / 1024 / 1024} MB to stdout.`;
      }
      const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
      rest = lines.pop()!;
      if (rest.length > longestLine) {
        if (rest.startsWith(linePrefix)) return 'It broke the protocol: a line does not end.';
        rest = '';
      }
      for (const line of lines) {
        const fault = take(line);
        if (fault !== null) return fault;
      }
      return null;
    },
    messages: () => messages,
    measured: () => measured,
  };
}

/** What is wrong with the figures of a launch, or null. */
function measuredFault(message: MeasuredMessage): string | null {
  const { batches_ns: batches, calls_per_batch: calls, warm_up: warmUp } = message;
  if (!Array.isArray(batches) || batches.length === 0) return 'it measured no batch.';
  if (!batches.every((ns) => Number.isFinite(ns) && ns >= 0)) {
    return 'a batch lasted no finite time, or less than none.';
  }
  if (!Number.isSafeInteger(calls) || calls < 1) return `${calls} calls per batch.`;
  const figures = [warmUp?.calls, warmUp?.elapsed_ns, message.crossings_per_call];
  return figures.every((figure) => Number.isFinite(figure) && figure! >= 0)
    ? null
    : 'a figure of "measured" is missing or no number.';
}
