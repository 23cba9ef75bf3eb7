/**
 * What a document keeps of one launch: how it ended, and what its batches took.
 */
import Type, { type Static } from 'typebox';
import {
  Amount,
  Count,
  IsoTime,
  limits,
  Name,
  oneOf,
  orNull,
  quantileLevels,
  strict,
  Text,
} from './schema_parts.ts';

/** How a task is timed: many calls per sample, one figure per launch, or calls in flight. */
export const Timing = oneOf('batched', 'one_shot', 'concurrent');
export type Timing = Static<typeof Timing>;

/** What a trace of one launch shows over time; see `classifyTrace` in src/stats. */
export const Trend = oneOf('flat', 'warmed', 'slowing', 'not_steady');
export type Trend = Static<typeof Trend>;

/** How a launch ended. */
export const Outcome = oneOf(
  'done',
  'unsupported',
  'failed',
  'crashed',
  'timed_out',
  'protocol_error',
);
export type Outcome = Static<typeof Outcome>;

/** Quantiles of batches at 0, 5, 10, 25, 50, 75, 90, 95 and 100 %, in ns per call. */
const Quantiles = Type.Array(Amount, {
  minItems: quantileLevels.length,
  maxItems: quantileLevels.length,
});

/**
 * Why it is unknown what a call allocates, in a launch that was to find out:
 * - `engine_keeps_no_count`: the engine tells what is alive, not what was ever allocated;
 * - `memory_of_its_own`: what does the work takes its memory where it is not counted;
 * - `not_repeated`: the figure is of one call, or of calls beside each other;
 * - `counter_not_built`: the counter could not be built on this machine.
 */
export const allocatedReasons = [
  'engine_keeps_no_count',
  'memory_of_its_own',
  'not_repeated',
  'counter_not_built',
] as const;
export type AllocatedReason = typeof allocatedReasons[number];

/**
 * The figures of one launch that was done. All times are per call unless the name says otherwise.
 */
export const Measured = strict({
  timing: Timing,
  calls_per_batch: Type.Integer({ minimum: 1 }),
  /** Time of the whole loop, settling included. */
  elapsed_ns: Amount,
  /** When the launch had settled, and how many batches it made from then on; null: it never did. */
  settled: orNull(strict({
    after_ns: Amount,
    after_calls: Count,
    batches: Type.Integer({ minimum: 1 }),
  })),
  /**
   * The settled batches between two probes that found the core free; null where nothing probes:
   * one-shot and concurrent tasks, and documents of v1. The quantiles are empty where no batch was
   * free.
   */
  free: orNull(strict({
    batches: Count,
    quantiles_ns: Type.Array(Amount, { maxItems: quantileLevels.length }),
  })),
  /** Median of the settled batches that were not free; null where there are none. */
  contended_ns: orNull(Amount),
  /** Ticks of the throughput probe: the least of this launch, and the run's free level. */
  probe: orNull(strict({ least: Amount, free_level: Amount })),
  /** Of all settled batches; of all batches where the launch never settled. */
  quantiles_ns: Quantiles,
  /** Mean of the settled batches that were free, or of all where none was. */
  sustained_ns: Amount,
  /** Medians of slices of the whole recording, settling included: equally many batches each. */
  trace_ns: Type.Array(Amount, { maxItems: limits.traceSlices }),
  trend: Trend,
  /** Crossings of the boundary that one call of the task makes. */
  crossings_per_call: Amount,
  allocated_bytes_per_call: orNull(Amount),
  /** Why that is null, where the launch was asked to find out. */
  allocated_because: Type.Optional(oneOf(...allocatedReasons)),
  /** Length of a clock cycle beside the case, in ns; null where it could not be had. */
  ns_per_cycle: orNull(Amount),
}, 'Measured');
export type Measured = Static<typeof Measured>;

/** What the machine did during one launch. Null where it does not tell. */
export const LaunchContext = strict({
  steal_ticks: orNull(Count),
  involuntary_switches: orNull(Count),
  load1: orNull(Amount),
  /**
   * What the processor counted outside of the kernel from the end of verifying until it was
   * measured, over the calls of warm-up and measurement; null where the machine does not count.
   */
  counters: Type.Optional(orNull(strict({
    instructions_per_call: Amount,
    cycles_per_call: Amount,
  }))),
});
export type LaunchContext = Static<typeof LaunchContext>;

/** The fields of a launch; a line of a journal has the same. */
export const launchFields = {
  /** Task and params, as `call.i32_args[2]`; together with the arm it is one case. */
  case: Name,
  arm: Name,
  /** Round of this task and params, from 0; launches of one round are compared by pairs. */
  round: Count,
  /** Pass over the suite, from 0. */
  pass: Count,
  /** From 0. A launch that met no free core is made again; the last attempt of a round counts. */
  attempt: Type.Integer({ minimum: 0, maximum: limits.attempts - 1 }),
  /** Place inside its round, from 0. */
  position: Count,
  /** Place in the whole run, from 0. */
  sequence: Count,
  started_at: IsoTime,
  wall_ms: Amount,
  outcome: Outcome,
  reason: orNull(Text),
  signal: orNull(Name),
  exit_code: orNull(Type.Integer()),
  /** The last of stderr, kept only where the launch was not done. */
  stderr_tail: Type.Optional(Type.String({ maxLength: limits.stderrTailChars })),
  measured: orNull(Measured),
  /** Why this launch may be doubted: `steal`, `clock_step`, `suspended`, … */
  marks: Type.Array(Name, { maxItems: 32 }),
  context: LaunchContext,
};

/** One fresh process that measured one case, or tried to. */
export const Launch = strict(launchFields, 'Launch');
export type Launch = Static<typeof Launch>;
