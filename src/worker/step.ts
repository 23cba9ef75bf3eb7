/**
 * Steps through calls that have settled: the processor traps after each instruction, and a handler
 * in the library counts it by whose code it is (zig/step.zig).
 *
 * The loop is made as mitata makes its own: an asynchronous function from text, entered once.
 * Engines make other code for a loop that is entered again and again. Before each of its batches it
 * asks the library how many turns that has, and after it tells that it is over; which of them are
 * stepped, and when enough agree, the library decides (zig/step/walk.zig), so that nothing changes
 * in the loop when stepping begins. A stretch of n calls and one of 2n differ by n calls alone:
 * what beginning and ending take cancels out.
 */
import type { Instrument } from '../../runtimes/host/instrument.ts';
import type { SteppedMessage, Stretch } from './protocol.ts';
import { whyNotStepped } from '../catalogue/step_problems.ts';

/** Calls that stand in one turn of the loop, as in mitata's. */
const unrolled = 4;
/** Calls that mitata makes before its loop. */
const callsBeforeLoop = 2;
/** Calls per batch below which a call is long, and the loop takes them one by one. */
const longCallBatch = 256;

/** What a case is stepped with. */
export interface Stepping {
  readonly instrument: Pick<Instrument, 'stepWalk'>;
  readonly callsPerBatch: number;
  /** Batches to make before anything is stepped. */
  readonly settlingBatches: number;
  /** Processor time that all stretches may take together, in ns. */
  readonly mostStepNs: number;
}

/** Settles a body and steps through it; also returns how many calls were made. */
export async function stepCalls(
  body: () => unknown,
  { instrument, callsPerBatch, settlingBatches, mostStepNs }: Stepping,
): Promise<{ message: SteppedMessage; calls: number }> {
  const unroll = callsPerBatch < longCallBatch ? 1 : unrolled;
  const target = new Uint8Array(headBytes + longestText);
  const head = new DataView(target.buffer);
  head.setUint32(place.batchTurns, Math.max(1, Math.round(callsPerBatch / unroll)), true);
  head.setUint32(place.settling, settlingBatches, true);
  head.setUint32(place.settlingAgain, Math.ceil(settlingBatches / 4), true);
  head.setUint32(place.mostNs, mostStepNs, true);
  for (let i = 0; i < callsBeforeLoop; i++) body();
  await makeLoop(unroll)(body, instrument.stepWalk, target);
  return {
    message: {
      type: 'stepped',
      calls: head.getUint32(place.turns, true) * unroll,
      pairs: pairsOf(readStretches(target, head.getUint32(place.length, true))),
      reason: whyNotStepped(head.getInt32(place.code, true)),
    },
    calls: callsBeforeLoop + Number(head.getBigUint64(place.made, true)) * unroll,
  };
}

/** Where `Walk` of zig/step/walk.zig has what is asked for and what is told, in bytes. */
const place = {
  batchTurns: 0,
  settling: 4,
  settlingAgain: 8,
  mostNs: 12,
  turns: 16,
  length: 24,
  code: 28,
  made: 32,
} as const;

/** Bytes of `Walk`, and of the text that follows it at the most. */
const headBytes = 120;
const longestText = 1 << 17;

type Loop = (
  body: () => unknown,
  walk: Instrument['stepWalk'],
  target: Uint8Array,
) => Promise<void>;

/** A loop whose turns have so many calls. */
function makeLoop(unroll: number): Loop {
  const AsyncFunction = (async () => {}).constructor as new (...source: string[]) => Loop;
  return new AsyncFunction(
    ...['$fn', '$walk', '$target'],
    `for (;;) {
      const turns = $walk($target, ${headBytes + longestText});
      if (turns === 0) break;
      for (let o = 0; o < turns; o++) {
        ${'$fn();'.repeat(unroll)}
      }
      $walk($target, ${headBytes + longestText});
    }`,
  );
}

function readStretches(target: Uint8Array, length: number): Stretch[] {
  const text = new TextDecoder().decode(target.subarray(headBytes, headBytes + length));
  return text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
}

/** Each stretch with the one before it, the shorter one first: they take turns. */
function pairsOf(stretches: readonly Stretch[]): [Stretch, Stretch][] {
  return stretches.slice(1).map((stretch, i) =>
    i % 2 === 0 ? [stretches[i]!, stretch] : [stretch, stretches[i]!]
  );
}
