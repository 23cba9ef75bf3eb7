/**
 * Measures one body in this process: one mitata `measure()` call in a regime that is forced, since
 * mitata's own choice rests on a warm-up of a few calls, and a stall in them makes it time single
 * calls.
 */
import type { Clock, OneFigure, Prepared } from '../catalogue/task.ts';
import { allocationCounter } from './allocated.ts';
import { batchFor } from './batch.ts';
import { type Budget, type Recording, recordingClock } from './clock.ts';
import { gc, k_batch_unroll, measure, now } from './mitata.ts';

/** What a measurement found. */
export interface Measurement extends Recording {
  readonly callsPerBatch: number;
  /** Every call of the body that was made, mitata's own two before its loop among them. */
  readonly bodyCalls: number;
}

/** Calls that mitata makes before its loop: one, and `warmup_samples`. */
const callsBeforeLoop = 2;

/**
 * Measures `body` in batches of `callsPerBatch` calls, right after a garbage collection. Where
 * `countsAllocations`, it also counts what they allocate.
 * Throws where mitata did not keep to the regime.
 */
export async function measureBatches(
  body: () => unknown,
  callsPerBatch: number,
  budget: Budget,
  countsAllocations = false,
): Promise<Measurement> {
  const allocated = countsAllocations ? allocationCounter(gc) : collectOnly();
  const { clock, recording } = recordingClock(now, callsPerBatch, budget, allocated);
  const stats = await measure(body, {
    now: clock,
    gc: false,
    min_samples: 1,
    min_cpu_time: Number.MAX_VALUE,
    max_samples: Number.MAX_SAFE_INTEGER,
    batch_samples: callsPerBatch,
    batch_unroll: Math.min(k_batch_unroll, callsPerBatch),
    warmup_samples: 1,
    warmup_threshold: Infinity,
    batch_threshold: Infinity,
    samples_threshold: Infinity,
  });
  const found = recording();
  assertRegime(stats.ticks, found.totalBatches, callsPerBatch);
  const bodyCalls = callsBeforeLoop + found.totalBatches * callsPerBatch;
  return { ...found, callsPerBatch, bodyCalls };
}

function collectOnly(): () => null {
  gc();
  return () => null;
}

/** mitata reports `ticks` as samples × batch; anything else means another regime. */
function assertRegime(ticks: number, batches: number, callsPerBatch: number): void {
  if (ticks === batches * callsPerBatch) return;
  throw new Error(
    `mitata timed ${ticks} calls where ${batches} batches of ${callsPerBatch} were asked for: it ` +
      'chose another regime, and the numbers would not be comparable.',
  );
}

/** Time that calibration takes at the least, in ns: a batch may come out shorter, never longer. */
const calibrationNs = 30e6;

/**
 * How many calls make a batch of about `targetNs`: a power of two. It calls `body` from a loop of
 * its own, which is why it runs in a launch of its own: whatever it does to the engine's feedback
 * must not reach a measurement.
 */
export async function calibrate(body: () => unknown, targetNs: number): Promise<number> {
  const first = body();
  const isConcurrent = first instanceof Promise;
  await first;
  let perCallNs = Infinity;
  const start = now();
  for (let calls = 1; now() - start < calibrationNs; calls *= 2) {
    const t0 = now();
    if (isConcurrent) await callInTurn(body, calls);
    else callInLoop(body, calls);
    perCallNs = (now() - t0) / calls;
  }
  return batchFor(perCallNs, targetNs);
}

function callInLoop(body: () => unknown, calls: number): void {
  for (let i = 0; i < calls; i++) body();
}

/** A call that answers a promise is over when that settles; the next one waits for it. */
async function callInTurn(body: () => unknown, calls: number): Promise<void> {
  for (let i = 0; i < calls; i++) await body();
}

/**
 * Makes the one figure of a one-shot task: no warm-up and no calibration, since the question is
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
    bodyCalls: 1,
    batchesNs: new Float64Array([elapsedNs]),
    totalBatches: 1,
    allocatedBytes: null,
    warmUp: { calls: calls - 1, elapsedNs: 0, steady: true },
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
