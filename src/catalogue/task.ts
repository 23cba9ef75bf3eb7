/** What a task is: a row of the catalogue, written once for every lane. */
import type { Foreign } from './foreign.ts';
import type { BindingRequest, Capabilities, Capability, Form, OpenLane } from './lane.ts';
import type { SymbolName } from './signatures.ts';

/** The sizes and choices of one case, in the order in which its name shows them. */
export type Params = Readonly<Record<string, number | string>>;

/** A value that a check compares; compared by `Object.is`, so that NaN and -0 count. */
export type Answer = number | bigint | string | boolean | null;

/** One answer: what was asked, what came, and what must come where that is known. */
export interface Check {
  readonly what: string;
  readonly got: Answer;
  /** Without it the answer is only told, and does not count as a check. */
  readonly want?: Answer;
}

/** Known answers, or the promise of them where they take calls that are not over at once. */
export type Checks = Check[] | Promise<Check[]>;

/** What one launch of a one-shot task found. */
export interface OneFigure {
  /** The figure, in ns. */
  readonly elapsedNs: number;
  /** Calls that the figure is over: one, unless the question is how many it takes. */
  readonly calls: number;
  /** Calls that were made in all; as many as `calls` unless said. */
  readonly made?: number;
}

/** Clocks of a launch. */
export interface Clock {
  /** A steady clock, in ns. */
  now(): number;
  /** Time since this process was asked for, in ns. */
  sinceStart(): number;
}

/** A task made ready on one lane. */
export interface Prepared {
  /**
   * What is timed. One call of it is one call of the task. A concurrent body returns a promise, and
   * its call is over when that settles.
   */
  readonly body: () => unknown;
  /** Kernel calls that one body call makes; the native counter must agree. */
  readonly crossings: number;
  /** For one-shot tasks whose figure is not the duration of one body call: makes and answers it. */
  once?(clock: Clock): OneFigure | Promise<OneFigure>;
  /** Known answers from another call site, asked before and after the timing. */
  check(): Checks;
  /** What `body` itself left behind after that many calls. */
  after?(calls: number): Checks;
  /** Gives back what the preparation took. */
  close?(): void;
}

/**
 * How a task is timed: in batches of calls; once per launch, where a second time would be another
 * question; or with other work beside it, so that a call is over when its promise settles.
 */
export type Timing = 'batched' | 'one_shot' | 'concurrent';

/** A kernel behind a Worker: every call is a message there and one back. */
export interface Offloaded {
  call(argument: number): Promise<number>;
  close(): void;
}

/** What a worker process offers a task besides the lane. */
export interface Host {
  /** Opens the library again, with other functions. */
  open(requests: readonly BindingRequest[]): OpenLane;
  /** Opens the library in a Worker that makes synchronous calls of this one function. */
  offload(symbol: SymbolName): Offloaded;
  /** The same, where one message asks for that many calls f(total, 1), and returns the total. */
  repeat(symbol: SymbolName): Offloaded;
}

/** A task. */
export interface Task {
  /** `family.name`; ends in a method version once the method has changed. */
  readonly id: string;
  /** One sentence: what this isolates, next to which other task. */
  readonly isolates: string;
  /** One line of pseudo code: what the clock sees. */
  readonly timed: string;
  /** Every params of the catalogue, in order. */
  readonly params: readonly Params[];
  /** The parameter that is a size, where the task is a sweep over it. */
  readonly sweep: string | null;
  /** The greatest size that the sweep can take. */
  readonly largest: number;
  readonly timing: Timing;
  /**
   * How long a launch follows it at the least, in ms, where its course over time is the answer; 0
   * for every other task.
   */
  readonly followedMs: number;
  /** What a lane must be able to do. */
  needs(params: Params): readonly Capability[];
  /** The functions that the task calls. */
  binds(params: Params): readonly BindingRequest[];
  prepare(lane: OpenLane, params: Params, host: Host): Prepared;
  /** The same work in JavaScript alone; null where there is none, `'prepare'` where that serves. */
  readonly plain: ((params: Params) => Prepared) | null | 'prepare';
  /** Whether an optimizing engine makes the plain twin disappear. */
  folded(params: Params): boolean;
  /** Set where the task calls another library in place of the project's own. */
  readonly foreign?: Foreign;
}

/** What an author writes: the parts that are not obvious. */
export interface TaskSource<P extends Params> {
  readonly id: string;
  readonly isolates: string;
  readonly timed: string;
  readonly params?: readonly P[];
  readonly sweep?: keyof P & string;
  /** Absent where memory alone is the limit. */
  readonly largest?: number;
  readonly timing?: Timing;
  readonly followedMs?: number;
  readonly needs?: readonly Capability[] | ((params: P) => readonly Capability[]);
  readonly binds:
    | readonly (SymbolName | BindingRequest)[]
    | ((params: P) => readonly (
      | SymbolName
      | BindingRequest
    )[]);
  prepare(lane: OpenLane, params: P, host: Host): Prepared;
  readonly plain?: ((params: P) => Prepared) | null;
  readonly folded?: boolean | ((params: P) => boolean);
}

/** No sweep goes further: 2²⁸ bytes of text are the longest that every engine makes. */
const largestSize = 2 ** 28;

/** Makes a task from what its author wrote. */
export function task<const P extends Params>(source: TaskSource<P>): Task {
  const { needs = [], binds, folded = false } = source;
  return {
    id: source.id,
    isolates: source.isolates,
    timed: source.timed,
    params: source.params ?? [{}],
    sweep: source.sweep ?? null,
    largest: source.largest ?? largestSize,
    timing: source.timing ?? 'batched',
    followedMs: source.followedMs ?? 0,
    needs: (params) => typeof needs === 'function' ? needs(params as P) : needs,
    binds: (params) =>
      (typeof binds === 'function' ? binds(params as P) : binds).map((bind) =>
        typeof bind === 'string' ? { symbol: bind, form: 'plain' as Form } : bind
      ),
    prepare: (lane, params, host) => source.prepare(lane, params as P, host),
    plain: source.plain === undefined
      ? 'prepare'
      : source.plain === null
      ? null
      : (params) => source.plain!(params as P),
    folded: (params) => typeof folded === 'function' ? folded(params as P) : folded,
  };
}

/** The family of a task's id: `call` of `call.i32_args`. */
export function familyOf(id: string): string {
  return id.split('.')[0]!;
}

/** `call.i32_args[2]`: the name of a task with its params. */
export function caseName(id: string, params: Params): string {
  const values = Object.values(params);
  return values.length === 0 ? id : `${id}[${values.join(',')}]`;
}

/** Why a task is beyond the limits of a lane, or null where it is not. */
function whyBeyond({ limits }: Capabilities, task: Task, params: Params): string | null {
  if (limits?.tasks?.includes(task.id) === false) return limits.otherTasks ?? 'it has few tasks';
  if (limits?.lacks === undefined) return null;
  for (const { symbol } of task.binds(params)) {
    const reason = limits.lacks[symbol];
    if (reason !== undefined) return reason;
  }
  return null;
}

/** Why a lane cannot run a task with these params, or null where it can. */
export function whyUnsupported(can: Capabilities, task: Task, params: Params): string | null {
  if (task.sweep !== null && Number(params[task.sweep]) > task.largest) {
    return `${task.id} takes ${task.sweep} up to ${task.largest}, not ${params[task.sweep]}`;
  }
  const limit = whyBeyond(can, task, params);
  if (limit !== null) return limit;
  const plain = can.plain_javascript === true;
  if (plain && task.plain === null) return 'there is no such work in JavaScript alone';
  if (plain && typeof task.plain === 'function') return null;
  for (const need of task.needs(params)) {
    const reason = can[need];
    if (reason !== true) return reason;
  }
  return null;
}
