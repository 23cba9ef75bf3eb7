/**
 * Steps through calls that have settled: the processor traps after each instruction, and a handler
 * in the library counts it by whose code it is (zig/step.zig).
 *
 * The loop has the shape of mitata's, and makes as many calls as a launch makes before anything is
 * stepped. A stretch of n calls and one of 2n differ by n calls alone: what beginning and ending
 * take cancels out.
 */
import type { Instrument } from '../../runtimes/host/instrument.ts';
import type { SteppedMessage, Stretch } from './protocol.ts';

/** Pairs of stretches: where all agree, the count is exact. */
const wantedPairs = 3;
/** Instructions of calls in the shorter stretch of a pair that are enough. */
const wantedInstructions = 1000;
/**
 * Instructions that are stepped for one case: a step takes 1 to 20 µs. It is no limit of time, so
 * that a loaded machine counts what a quiet one does.
 */
const mostSteps = 100_000;
/** Instructions of the stepping that counts for nothing. */
const trialSteps = 3000;
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
    stepper.trial();
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

/** Steps pairs, as many as are wanted or may be stepped; calls that are long get fewer. */
function stepPairs(
  { step, left }: Stepper,
  found: { turns: number; pairs: [Stretch, Stretch][] },
): void {
  const first: [Stretch, Stretch] = [step(1), step(2)];
  const perPair = first[0].instructions + first[1].instructions;
  const perTurn = Math.max(1, first[1].instructions - first[0].instructions);
  found.turns = Math.max(1, Math.round(wantedInstructions / perTurn));
  if (found.turns === 1) found.pairs.push(first);
  while (found.pairs.length < wantedPairs && (found.turns > 1 || left() > 1.5 * perPair)) {
    found.pairs.push([step(found.turns), step(2 * found.turns)]);
  }
}

/** Why a case is not stepped. */
class NotStepped extends Error {}

interface Stepper {
  /** Steps through the start of one turn. */
  trial(): void;
  /** Steps through so many turns of the loop. */
  step(turns: number): Stretch;
  /** Instructions that may still be stepped. */
  left(): number;
}

/** Longest text that the library writes, in bytes; see `length_max` of zig/step.zig. */
const longestText = 16384;

function openStepper({ stepBegin, stepEnd }: Instrument, make: (turns: number) => void): Stepper {
  const bytes = new Uint8Array(longestText);
  const decoder = new TextDecoder();
  let left = mostSteps;

  function stretch(turns: number, limit: number): Stretch {
    const code = stepBegin(limit);
    make(turns);
    const length = stepEnd(bytes, longestText);
    const told = Math.min(code, length);
    if (told < 0) throw new NotStepped(problems[told] ?? `the library says ${told}`);
    return JSON.parse(decoder.decode(bytes.subarray(0, length)));
  }

  for (let i = 0; i < warmings; i++) stretch(0, 1);
  return {
    trial: () => void stretch(1, trialSteps),
    left: () => left,
    step(turns) {
      const found = stretch(turns, left);
      left -= found.instructions;
      if (left > 0) return found;
      throw new NotStepped(
        `a pair of calls takes over ${mostSteps} instructions, too many to step through`,
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
