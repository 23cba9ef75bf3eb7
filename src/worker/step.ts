/**
 * Steps through calls that have settled: the processor traps after each instruction, and a handler
 * in the library counts it by whose code it is (zig/step.zig).
 *
 * The loop has the shape of mitata's, and makes as many calls as a launch makes before anything is
 * stepped. A stretch of n calls and one of 2n differ by n calls alone: what beginning and ending
 * take cancels out.
 */
import type { Instrument } from '../../runtimes/host/instrument.ts';
import { now } from '../measure/mitata.ts';
import type { SteppedMessage, Stretch } from './protocol.ts';

/** Pairs of stretches: where all agree, the count is exact. */
const wantedPairs = 3;
/** Instructions of the shorter stretch of a pair that are enough. */
const wantedInstructions = 3000;
/** The longest that one case may be stepped, in ns; a step takes 1 to 20 µs. */
const longestNs = 1.5e9;
/** Instructions of one call above which it is not stepped, however fast steps are. */
const mostPerCall = 1_000_000;
/** Beginnings and ends before the first that counts, so that engines have compiled them. */
const warmings = 64;
/** Calls that stand in one turn of the loop, as in mitata's. */
const unrolled = 4;
/** Calls per batch below which a call is long, and the loop takes them one by one. */
const longCallBatch = 256;

/** What a case is stepped with. */
export interface Stepping {
  readonly instrument: Instrument;
  readonly callsPerBatch: number;
  /** Batches to make before anything is stepped. */
  readonly settlingBatches: number;
}

/** Settles a body and steps through it; also returns how many calls were made. */
export function stepCalls(
  body: () => unknown,
  { instrument, callsPerBatch, settlingBatches }: Stepping,
): { message: SteppedMessage; calls: number } {
  const unroll = callsPerBatch < longCallBatch ? 1 : unrolled;
  const loop = unroll === 1 ? callOneByOne : callByFour;
  const turnsPerBatch = Math.max(1, Math.round(callsPerBatch / unroll));
  let turnsMade = 0;
  const make = (turns: number) => {
    loop(body, turns);
    turnsMade += turns;
  };
  const settle = (batches: number) => {
    for (let i = 0; i < batches; i++) make(turnsPerBatch);
  };
  const found = { turns: 1, pairs: [] as [Stretch, Stretch][], reason: null as string | null };
  try {
    settle(settlingBatches);
    const stepper = openStepper(instrument, make);
    // An engine may compile once more when the loop is stepped for the first time.
    stepper.step(1);
    settle(Math.ceil(settlingBatches / 4));
    stepPairs(stepper, found);
  } catch (error) {
    if (!(error instanceof NotStepped)) throw error;
    found.reason = error.message;
  }
  const { turns, pairs, reason } = found;
  return {
    message: { type: 'stepped', calls: turns * unroll, pairs, reason },
    calls: turnsMade * unroll,
  };
}

function callByFour(body: () => unknown, turns: number): void {
  for (let i = 0; i < turns; i++) {
    body();
    body();
    body();
    body();
  }
}

function callOneByOne(body: () => unknown, turns: number): void {
  for (let i = 0; i < turns; i++) body();
}

/** Steps pairs while there is time for more; one pair at the least, which is of one turn. */
function stepPairs(
  { step, left }: Stepper,
  found: { turns: number; pairs: [Stretch, Stretch][] },
): void {
  const first: [Stretch, Stretch] = [step(1), step(2)];
  const perTurn = Math.max(1, first[1].instructions - first[0].instructions);
  found.turns = Math.max(1, Math.round(wantedInstructions / perTurn));
  if (found.turns === 1) found.pairs.push(first);
  const perPair = 2 * first[0].instructions + 3 * found.turns * perTurn;
  while (found.pairs.length < wantedPairs && (found.turns > 1 || left() > perPair)) {
    found.pairs.push([step(found.turns), step(2 * found.turns)]);
  }
}

/** Why a case is not stepped. */
class NotStepped extends Error {}

interface Stepper {
  /** Steps through so many turns of the loop. */
  step(turns: number): Stretch;
  /** Instructions that there is time for. */
  left(): number;
}

/** Longest text that the library writes, in bytes; see `length_max` of zig/step.zig. */
const longestText = 16384;

function openStepper({ stepBegin, stepEnd }: Instrument, make: (turns: number) => void): Stepper {
  const bytes = new Uint8Array(longestText);
  const decoder = new TextDecoder();
  let spentNs = 0;
  let stepped = 0;

  function stretch(turns: number, limit: number): Stretch {
    const start = now();
    const code = stepBegin(limit);
    make(turns);
    const length = stepEnd(bytes, longestText);
    const told = Math.min(code, length);
    if (told < 0) throw new NotStepped(problems[told] ?? `the library says ${told}`);
    spentNs += now() - start;
    const found: Stretch = JSON.parse(decoder.decode(bytes.subarray(0, length)));
    stepped += found.instructions;
    return found;
  }
  const left = () => Math.max(0, (longestNs - spentNs) * stepped / spentNs);

  for (let i = 0; i < warmings; i++) stretch(0, 1);
  spentNs = stepped = 0;
  stretch(0, mostPerCall);
  return {
    left,
    step(turns) {
      const limit = Math.min(mostPerCall, Math.floor(left()));
      const found = stretch(turns, limit);
      if (found.instructions < limit) return found;
      throw new NotStepped(
        `a call takes over ${Math.floor(limit / turns / 1000)} thousand instructions, ` +
          'too many to step through',
      );
    },
  };
}

/** Why the library does not step, by the codes of zig/step.zig. */
const problems: Readonly<Record<number, string>> = {
  [-1]: 'a thread can step itself on Linux on x86-64 alone',
  [-2]: 'a thread of this process is being stepped already',
  [-3]: 'no thread of this process is being stepped',
  [-4]: 'another thread of this process is being stepped',
  [-5]: 'the system does not list the mappings of this process',
  [-6]: 'the system lets no handler for traps be set',
  [-7]: 'no trap arrives: a debugger takes them, or the machine is emulated',
};
