/**
 * The protocol between the tool and a worker: one JSON argument in, lines of JSON out on stdout. It
 * is neutral to language, so that hosts other than JavaScript can speak it too.
 *
 * A line of the protocol starts with `linePrefix`; anything else on stdout is noise and is ignored.
 * A measuring launch says hello → verified → manifest → measured → verified_hot → done; a lane
 * without a library has no manifest, and pilots read theirs first. Any of them may break off with
 * `failed`, `refused` or `unsupported`. No other function of the library is called before the
 * measurement, not even the one that tells the manifest: Node runs all of them through one wrapper,
 * which is twice as slow for a function that shares it.
 */
import type { BundledTask, CallDescription } from '../catalogue/foreign.ts';
import type { PythonWork } from '../catalogue/python/case.ts';
import type { Params } from '../catalogue/task.ts';

export const protocolVersion = 2;

/** What every line of the protocol starts with. */
export const linePrefix = '{"ffi_bench":';

/** What a worker is told, as JSON, in its one argument. */
export interface WorkOrder {
  readonly protocol: typeof protocolVersion;
  /**
   * `pilot` guesses how many calls make a batch, `measure` times one case, `instructions` steps
   * through calls that have settled, `contract` asks the known answers and times nothing.
   */
  readonly mode: 'pilot' | 'measure' | 'instructions' | 'contract';
  readonly lane: string;
  /** Path of the library; empty for a lane that opens none. */
  readonly library: string;
  /**
   * Present where the task is none of the catalogue's: what to make it of, or, where the file that
   * it stands in is bundled into the worker, its library.
   */
  readonly foreign?: CallDescription | BundledTask;
  /** What a worker in CPython times, and the table that it cannot import. */
  readonly python?: PythonWork;
  /** Id of a task; a worker that checks the whole catalogue looks at none. */
  readonly task: string;
  readonly params: Params;
  /**
   * Path of the build of the kernels that holds the throughput probe and steps through calls; empty
   * where neither is wanted.
   */
  readonly instrument: string;
  /**
   * Whether the timed thread takes the core that is freest when the loop begins. Pilots run several
   * at a time and do not.
   */
  readonly takesCore?: boolean;
  /** Reads no probe although there is an instrument: to find out what the probe changes. */
  readonly withoutProbe?: boolean;
  /** How long the timed loop goes on, settling and measuring together, in ns. */
  readonly durationNs: number;
  /** Time that a batch should last, in ns. */
  readonly batchNs: number;
  /** Calls per batch, for `measure`. */
  readonly callsPerBatch: number;
  /** Processor time that all stretches of an `instructions` launch may take together, in ns. */
  readonly mostStepNs?: number;
  /**
   * Calls that reach the library before those that are timed, as a pilot counted them. Without it,
   * the count of a `measure` is not compared with the calls that were made.
   */
  readonly callsBefore?: number;
  /** Whether what the calls allocate is to be counted, where the engine can tell. */
  readonly countsAllocations?: boolean;
  /** When the tool asked for the process, in ms since 1970; what a process start is timed from. */
  readonly askedAtMs: number;
}

/** One known answer that was wrong, ready to be shown. */
export interface WrongAnswer {
  readonly what: string;
  readonly got: string;
  readonly want: string;
}

/** What a worker says, one line each. */
export type Message =
  | {
    readonly type: 'hello';
    readonly protocol: number;
    readonly lane: string;
    readonly case: string;
  }
  | { readonly type: 'manifest'; readonly manifest: unknown }
  | { readonly type: 'verified'; readonly checks: number; readonly answers: readonly string[] }
  | {
    readonly type: 'piloted';
    readonly calls_per_batch: number;
    /** As the order's `callsBefore`; absent where none are counted. */
    readonly calls_before?: number;
  }
  | MeasuredMessage
  | SteppedMessage
  | {
    /** One case of a contract over the whole catalogue. */
    readonly type: 'case';
    readonly case: string;
    readonly outcome: 'done' | 'failed' | 'unsupported';
    readonly reason: string | null;
    readonly checks: number;
  }
  | { readonly type: 'verified_hot'; readonly checks: number }
  | { readonly type: 'done' }
  | { readonly type: 'unsupported'; readonly reason: string }
  | { readonly type: 'refused'; readonly reason: string }
  | { readonly type: 'failed'; readonly reason: string; readonly wrong: readonly WrongAnswer[] };

/** The whole recording of one launch, in time order, the settling included. */
export interface MeasuredMessage {
  readonly type: 'measured';
  readonly calls_per_batch: number;
  /** When each batch began, in ns since the loop began. */
  readonly begins_ns: readonly number[];
  /** Duration of each batch, in ns. */
  readonly batches_ns: readonly number[];
  /** The throughput probe before and after each batch, in ticks; empty where there is none. */
  readonly probes: readonly number[];
  readonly crossings_per_call: number;
  /** Bytes that the engine allocated per call over the whole loop, null where it cannot tell. */
  readonly allocated_bytes_per_call: number | null;
  /** Why it cannot, where it was asked to; a word of `allocatedReasons`. */
  readonly allocated_because?: string;
  readonly involuntary_switches: number | null;
}

/** What one stretch of calls executed, as `step_end` of the library tells it. */
export interface Stretch {
  readonly instructions: number;
  readonly regions: readonly {
    readonly kind: StepKind;
    /** Path of the file for `file`, else empty. */
    readonly path: string;
    readonly instructions: number;
  }[];
}

/** The kinds of regions that zig/step/regions.zig tells. */
export const stepKinds = ['generated', 'glue', 'runtime', 'builtins', 'file', 'unknown'] as const;
export type StepKind = typeof stepKinds[number];

/** Pairs of stretches of settled calls, stepped instruction by instruction. */
export interface SteppedMessage {
  readonly type: 'stepped';
  /** Calls in the first stretch of each pair; the second has twice as many. Pairs overlap. */
  readonly calls: number;
  readonly pairs: readonly (readonly [Stretch, Stretch])[];
  /** Why nothing was stepped; null where something was. */
  readonly reason: string | null;
}

/** A message as the line that carries it. */
export function toLine(message: Message): string {
  const { type, ...rest } = message;
  return JSON.stringify({ ffi_bench: protocolVersion, type, ...rest }) + '\n';
}
