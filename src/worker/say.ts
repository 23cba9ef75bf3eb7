/** Says messages of the protocol on stdout. */
import { ownProcess } from '../../runtimes/host/own_process.ts';
import type { Prepared } from '../catalogue/task.ts';
import type { Measurement } from '../measure/measure.ts';
import { sayWrong } from './known_answers.ts';
import { type Message, toLine, type WrongAnswer } from './protocol.ts';

/** Ends the worker with a message in place of what was to follow. */
export class Stop extends Error {
  readonly last: Message;
  constructor(last: Message) {
    super(last.type);
    this.last = last;
  }
}

/** What ends a worker whose known answers were wrong. */
export function stopWrong(wrong: readonly WrongAnswer[], when: string): Stop {
  return new Stop({ type: 'failed', reason: sayWrong(wrong, when), wrong });
}

/** Writes one line whole; `console.log` may lose data when the process exits. */
export function say(message: Message): void {
  const bytes = new TextEncoder().encode(toLine(message));
  for (let at = 0; at < bytes.length;) at += ownProcess.write(bytes.subarray(at));
}

/** The message about a measurement. Times are kept to a tenth of a nanosecond. */
export function measured(found: Measurement, prepared: Prepared): Message {
  return {
    type: 'measured',
    calls_per_batch: found.callsPerBatch,
    begins_ns: Array.from(found.beginsNs, Math.round),
    batches_ns: Array.from(found.batchesNs, (ns) => Math.round(ns * 10) / 10),
    probes: Array.from(found.probes),
    crossings_per_call: prepared.crossings,
    allocated_bytes_per_call: allocatedPerCall(found),
    ...(found.allocatedBecause === undefined ? {} : { allocated_because: found.allocatedBecause }),
    involuntary_switches: ownProcess.involuntarySwitches(),
  };
}

/** To a tenth of a byte; what the clock and the loop allocate themselves stays below that. */
function allocatedPerCall({ allocatedBytes, bodyCalls }: Measurement): number | null {
  if (allocatedBytes === null) return null;
  return Math.round(allocatedBytes * 10 / bodyCalls) / 10;
}
