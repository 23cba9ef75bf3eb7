/**
 * Measures one body in this process: one mitata `measure()` call in a regime that is forced, since
 * mitata's own choice rests on a warm-up of a few calls, and a stall in them makes it time single
 * calls.
 */
import type { Clock, OneFigure, Prepared } from '../catalogue/task.ts';
import { type AllocationCounter, noAllocations, uncountable } from './allocated.ts';
import { batchFor } from './batch.ts';
import { type Recording, recordingClock, type ThroughputProbe } from './clock.ts';
import { gc, k_batch_unroll, measure, now } from './mitata.ts';

/** What a measurement found. */
export interface Measurement extends Recording {
  readonly callsPerBatch: number;
  /** Every call of the body that was made, mitata's own two before its loop among them. */
  readonly bodyCalls: number;
  /** Bytes that the engine allocated during the whole loop; null where it does not count. */
  readonly allocatedBytes: number | null;
  /** Why it is null, where it was asked for; as `allocated_because` of the protocol. */
  readonly allocatedBecause?: string;
}

/** How a body is measured. */
export interface Measuring {
  readonly callsPerBatch: number;
  /** How long all batches last together: settling and measuring, in ns. */
  readonly durationNs: number;
  /** Null where no probe is wanted or to be had. */
  readonly probe: ThroughputProbe | null;
  readonly allocated?: AllocationCounter;
}

/** Calls that mitata makes before its loop: one, and `warmup_samples`. */
const callsBeforeLoop = 2;

/**
 * Measures `body` in batches, right after a garbage collection. Whatever else is counted is read
 * before the loop and after it. Throws where mitata did not keep to the regime.
 */
export async function measureBatches(
  body: () => unknown,
  { callsPerBatch, durationNs, probe, allocated = noAllocations }: Measuring,
): Promise<Measurement> {
  gc();
  const allocatedBefore = allocated();
  const { clock, recording } = recordingClock(now, probe);
  const stats = await measure(body, {
    now: clock,
    gc: false,
    min_samples: 1,
    min_cpu_time: durationNs,
    max_samples: Number.MAX_SAFE_INTEGER,
    batch_samples: callsPerBatch,
    batch_unroll: Math.min(k_batch_unroll, callsPerBatch),
    warmup_samples: 1,
    warmup_threshold: Infinity,
    batch_threshold: Infinity,
    samples_threshold: Infinity,
  });
  const allocatedAfter = allocated();
  const found = recording();
  assertRegime(stats.ticks, found.batchesNs.length, callsPerBatch);
  return {
    ...found,
    callsPerBatch,
    bodyCalls: callsBeforeLoop + found.batchesNs.length * callsPerBatch,
    allocatedBytes: allocatedBefore === null || allocatedAfter === null
      ? null
      : allocatedAfter - allocatedBefore,
    ...(allocated === uncountable ? { allocatedBecause: 'engine_keeps_no_count' } : {}),
  };
}

/** mitata reports `ticks` as samples × batch; anything else means another regime. */
function assertRegime(ticks: number, batches: number, callsPerBatch: number): void {
  if (ticks === batches * callsPerBatch) return;
  throw new Error(
    `mitata timed ${ticks} calls; ${batches} batches of ${callsPerBatch} were recorded. It chose ` +
      'another regime, or there were more batches than a recording holds: ' +
      'the numbers would not be comparable.',
  );
}

/** Time that the first guess of a pilot takes at the least, in ns. */
const guessNs = 60e6;

/**
 * A first guess of how many calls make a batch of about `targetNs`: a power of two. It calls `body`
 * from a loop of its own, so it runs in a launch of its own: the engine's feedback of that loop
 * must not reach a measurement.
 */
export async function guessBatch(body: () => unknown, targetNs: number): Promise<number> {
  const first = body();
  const isConcurrent = first instanceof Promise;
  await first;
  let perCallNs = Infinity;
  const start = now();
  for (let calls = 1; now() - start < guessNs; calls *= 2) {
    const t0 = now();
    if (isConcurrent) await callInTurn(body, calls);
    else callInLoop(body, calls);
    perCallNs = Math.min(perCallNs, (now() - t0) / calls);
  }
  return batchFor(perCallNs, targetNs);
}

function callInLoop(body: () => unknown, calls: number): void {
  for (let i = 0; i < calls; i++) body();
}

/** A call that returns a promise is over when that settles; the next one waits for it. */
async function callInTurn(body: () => unknown, calls: number): Promise<void> {
  for (let i = 0; i < calls; i++) await body();
}

/**
 * Makes the one figure of a one-shot task: nothing is settled or repeated, since the question is
 * what the first time costs.
 */
export async function measureOnce(
  prepared: Prepared,
  sinceStart: Clock['sinceStart'],
): Promise<{ found: Measurement; made: number }> {
  const { elapsedNs, calls, made } = await (prepared.once ?? onceOf(prepared.body))({
    now,
    sinceStart,
  });
  const found = {
    callsPerBatch: 1,
    bodyCalls: calls,
    beginsNs: new Float64Array([0]),
    batchesNs: new Float64Array([elapsedNs]),
    probes: new Uint32Array(0),
    allocatedBytes: null,
    allocatedBecause: 'not_repeated',
  };
  return { found, made: made ?? calls };
}

/** The duration of one call of a body. */
function onceOf(body: () => unknown): (clock: Clock) => OneFigure {
  return (clock) => {
    const start = clock.now();
    body();
    return { elapsedNs: clock.now() - start, calls: 1 };
  };
}
