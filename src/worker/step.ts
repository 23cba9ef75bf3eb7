/**
 * Steps through calls that have settled: the processor traps after each instruction, and a handler
 * in the library counts it by whose code it is (zig/step.zig).
 *
 * The loop is made as mitata makes its own: an asynchronous function from text, entered once.
 * Engines make other code for a loop that is entered again and again. Between its batches it always
 * calls the same function of the library, which steps where the plan has a limit and does nothing
 * elsewhere, so that nothing changes in the loop when stepping begins. A stretch of n calls and one
 * of 2n differ by n calls alone: what beginning and ending take cancels out.
 */
import type { Instrument } from '../../runtimes/host/instrument.ts';
import type { SteppedMessage, Stretch } from './protocol.ts';
import { mostPerStretch, whyNotStepped } from '../catalogue/step_problems.ts';

/** Pairs of stretches: where all agree, the count is exact. */
const wantedPairs = 3;
/** Instructions of calls in the shorter stretch of a pair that are enough. */
const wantedInstructions = 1000;
/** Instructions that a call executes in a nanosecond, about: how long a stretch becomes. */
const instructionsPerNs = 4;
/** Calls that stand in one turn of the loop, as in mitata's. */
const unrolled = 4;
/** Calls that mitata makes before its loop. */
const callsBeforeLoop = 2;
/** Calls per batch below which a call is long, and the loop takes them one by one. */
const longCallBatch = 256;

/** What a case is stepped with. */
export interface Stepping {
  readonly instrument: Pick<Instrument, 'stepMark'>;
  readonly callsPerBatch: number;
  /** Duration of a batch, in ns. */
  readonly batchNs: number;
  /** Batches to make before anything is stepped. */
  readonly settlingBatches: number;
}

/** Settles a body and steps through it; also returns how many calls were made. */
export async function stepCalls(
  body: () => unknown,
  stepping: Stepping,
): Promise<{ message: SteppedMessage; calls: number }> {
  const unroll = stepping.callsPerBatch < longCallBatch ? 1 : unrolled;
  const { turns, limits, pairTurns } = planOf(stepping, unroll);
  const target = new Uint8Array(longestText);
  for (let i = 0; i < callsBeforeLoop; i++) body();
  await makeLoop(unroll)(body, stepping.instrument.stepMark, turns, limits, target);
  const { stretches, reason } = readTarget(target);
  return {
    message: { type: 'stepped', calls: pairTurns * unroll, pairs: pairsOf(stretches), reason },
    calls: callsBeforeLoop + turns.reduce((sum, count) => sum + count, 0) * unroll,
  };
}

/** Turns of each batch, and the most instructions to step through it; 0 where it is not stepped. */
interface Plan {
  readonly turns: Float64Array;
  readonly limits: Float64Array;
  /** Turns of the shorter stretch of a pair. */
  readonly pairTurns: number;
}

function planOf({ callsPerBatch, batchNs, settlingBatches }: Stepping, unroll: number): Plan {
  const batch = Math.max(1, Math.round(callsPerBatch / unroll));
  const perTurn = instructionsPerNs * unroll * batchNs / callsPerBatch;
  const pairTurns = Math.max(1, Math.round(wantedInstructions / perTurn));
  const settling = Array<number>(settlingBatches).fill(batch);
  const settlingAgain = Array<number>(Math.ceil(settlingBatches / 4)).fill(batch);
  const pairs = Array.from({ length: wantedPairs }, () => [pairTurns, 2 * pairTurns]).flat();
  // An engine may compile once more when its code is stepped for the first time.
  const turns = Float64Array.from([...settling, pairTurns, ...settlingAgain, ...pairs]);
  const limits = turns.map((_, i) =>
    i === settling.length || i > settling.length + settlingAgain.length ? mostPerStretch : 0
  );
  return { turns, limits, pairTurns };
}

type Loop = (
  body: () => unknown,
  mark: Instrument['stepMark'],
  turns: Float64Array,
  limits: Float64Array,
  target: Uint8Array,
) => Promise<void>;

/** A loop whose turns have so many calls. */
function makeLoop(unroll: number): Loop {
  const AsyncFunction = (async () => {}).constructor as new (...source: string[]) => Loop;
  return new AsyncFunction(
    ...['$fn', '$mark', '$turns', '$limits', '$target'],
    `for (let k = 0; k < $turns.length; k++) {
      const limit = $limits[k];
      const turns = $turns[k];
      $mark(limit, $target, ${longestText});
      for (let o = 0; o < turns; o++) {
        ${'$fn();'.repeat(unroll)}
      }
      $mark(limit, $target, ${longestText});
    }`,
  );
}

/** Bytes for all that the library writes, and for the length and the code in front of it. */
const longestText = 1 << 17;
const headBytes = 8;

function readTarget(target: Uint8Array): { stretches: Stretch[]; reason: string | null } {
  const head = new DataView(target.buffer);
  const [length, code] = [head.getUint32(0, true), head.getInt32(4, true)];
  const text = new TextDecoder().decode(target.subarray(headBytes, headBytes + length));
  const lines = text.split('\n').filter((line) => line !== '');
  return {
    stretches: lines.map((line) => JSON.parse(line)),
    reason: whyNotStepped(code),
  };
}

/** The stretches two by two, without the first, and without one that has no other. */
function pairsOf(stretches: readonly Stretch[]): [Stretch, Stretch][] {
  const counted = stretches.slice(1);
  return Array.from(
    { length: counted.length >> 1 },
    (_, i) => [counted[2 * i]!, counted[2 * i + 1]!],
  );
}
