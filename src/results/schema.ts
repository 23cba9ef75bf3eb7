/**
 * What a run leaves behind: the lines of its journal and the raw part of its result document. The
 * TypeScript types and the published JSON Schema come from these definitions and from nowhere else.
 *
 * Versions of the document:
 * - ffi-bench/v1: costs were 10th percentiles of all batches, and conclusions were sentences.
 * - ffi-bench/v2: a probe says which batches had the core to themselves; launches settle or say
 *   that they did not; instructions per call; `derived` holds facts and codes, no sentences.
 */
import Type, { type Static } from 'typebox';
import { Derived } from './schema_derived.ts';
import { Launch, launchFields, Timing } from './schema_launch.ts';
import {
  Amount,
  Count,
  IsoTime,
  limits,
  Name,
  oneOf,
  orNull,
  Path,
  strict,
  Text,
} from './schema_parts.ts';

export { Launch, LaunchContext, Measured, Outcome, Timing, Trend } from './schema_launch.ts';

/** The name and version that a document and a journal of today carry. */
export const schemaName = 'ffi-bench/v2';

/** The sizes and choices of a task, by name. */
export const Params = Type.Record(
  Type.String({ maxLength: limits.nameChars }),
  Type.Union([Name, Type.Number(), Type.Boolean()]),
);
export type Params = Static<typeof Params>;

/** Which path a runtime took for a case, shown by a launch of its own that was not timed. */
export const Evidence = strict({ path: oneOf('fast', 'slow', 'unknown'), detail: Text });
export type Evidence = Static<typeof Evidence>;

/** Whose code executes an instruction. */
export const Region = oneOf('generated', 'glue', 'runtime', 'builtins', 'library', 'other');
export type Region = Static<typeof Region>;

/** Instructions per call, counted by stepping, in launches of their own that are not timed. */
export const Instructions = strict({
  /** Least and most that stretches of calls gave; `exact` where all agree. */
  per_call: strict({ low: Amount, high: Amount, exact: Type.Boolean() }),
  regions: Type.Array(
    strict({ region: Region, file: orNull(Path), low: Amount, high: Amount }),
    { maxItems: limits.items },
  ),
  launches: Count,
  /** Why there is no count; null where there is one. */
  reason: orNull(Text),
}, 'Instructions');
export type Instructions = Static<typeof Instructions>;

/** One case of the run: task × params × arm. */
export const Case = strict({
  case: Name,
  task: Name,
  params: Params,
  arm: Name,
  lane: Name,
  /** How its launches time it. */
  timing: Timing,
  /** The parameter that is a size, where the task is a sweep over it. */
  sweep: Type.Optional(Name),
  rounds_planned: Count,
  /** The engine computed the answer ahead; no ratio is taken against this case. */
  folded: Type.Boolean(),
  /** `not_run`: planned, but the run ended before a launch of it was settled. */
  status: oneOf('measured', 'unsupported', 'failed', 'not_run'),
  reason: orNull(Text),
  evidence: orNull(Evidence),
  /** Null where none were counted. */
  instructions: orNull(Instructions),
}, 'Case');
export type Case = Static<typeof Case>;

/** The native library of an arm, with what it says of itself. */
export const Library = strict({
  /** File name without its folder. */
  path_name: Path,
  sha256: Name,
  zig: Name,
  optimize: Name,
  target: Name,
  cpu: Name,
  source_hash: Name,
  /** Delays built in on purpose, as the build option spelled them; null in an honest library. */
  planted: orNull(Text),
});
export type Library = Static<typeof Library>;

/** A lane on one runtime binary, flags and library, under a label that is unique in the run. */
export const Arm = strict({
  label: Name,
  lane: Name,
  runtime: Name,
  mechanism: Name,
  path: Path,
  version: Name,
  engine: orNull(Name),
  /** Of the runtime's binary; absent where it was not hashed. */
  sha256: Type.Optional(Name),
  flags: Type.Array(Path, { maxItems: limits.items }),
  /** Null for a lane that opens none. */
  library: orNull(Library),
  /** A sentence that its figures are to be read with; absent where they speak for themselves. */
  note: Type.Optional(Text),
}, 'Arm');
export type Arm = Static<typeof Arm>;

/** The state of the machine at one moment. Null where it does not tell. */
export const MachineState = strict({
  load1: orNull(Amount),
  /** Ticks stolen by the hypervisor since boot, all processors together. */
  steal_ticks: orNull(Count),
});
export type MachineState = Static<typeof MachineState>;

/** Everything about a run that is known when it starts. */
export const ProvenanceStart = strict({
  machine: strict({
    cpu_model: Name,
    cores: Count,
    hypervisor: orNull(Name),
    kernel: Name,
    os: Name,
    arch: Name,
    governor: orNull(Name),
    clock_source: orNull(Name),
    /** Step of the clock of the tool's own runtime, as measured; workers read clocks of theirs. */
    clock_step_ns: orNull(Amount),
    /** Why there are no hardware counters; null where there are. */
    no_counters_reason: orNull(Text),
    /** What the throughput probe found when the run began; null where there is none. */
    probe: orNull(strict({ free_level: Amount, ns_per_tick: Amount, cycles: Amount })),
  }),
  before: MachineState,
  /** The runtime that ran the tool itself. */
  host: strict({ runtime: Name, version: Name }),
  tool: strict({ version: Name, commit: orNull(Name), dirty: orNull(Type.Boolean()) }),
  seed: Count,
  profile: oneOf('quick', 'default', 'publish', 'article', 'all', 'call'),
  /** The selection flags as given: tasks, sizes, runtimes, lanes, launches, precision, time. */
  selection: Type.Record(
    Type.String({ maxLength: limits.nameChars }),
    Type.Union([Path, Type.Number(), Type.Boolean(), Type.Array(Path, { maxItems: limits.items })]),
  ),
  started_at: IsoTime,
  /** Arguments that repeat the run, from the tool's name on. */
  command: Type.Array(Path, { maxItems: limits.items }),
}, 'ProvenanceStart');
export type ProvenanceStart = Static<typeof ProvenanceStart>;

/** The plan as far as a reader needs it: which order the launches were made in. */
export const PlanSummary = strict({
  /** Hash of the whole plan; a journal is resumed only by the same plan. */
  hash: Name,
  launches: Count,
  passes: Count,
  /** `case`: all rounds of a case as a block; `suite`: round by round over all cases. */
  blocks: oneOf('case', 'suite'),
  /** How the arms of a round are ordered, as `latin_square` or `reversal`. */
  order: Name,
});
export type PlanSummary = Static<typeof PlanSummary>;

/** First line of a journal. */
export const RunLine = strict({
  kind: Type.Literal('run'),
  schema: Type.Literal(schemaName),
  id: Name,
  plan: PlanSummary,
  provenance: ProvenanceStart,
  arms: Type.Array(Arm, { maxItems: limits.arms }),
  cases: Type.Array(Case, { maxItems: limits.cases }),
}, 'RunLine');
export type RunLine = Static<typeof RunLine>;

/** A finished launch, appended at once. */
export const LaunchLine = strict({ kind: Type.Literal('launch'), ...launchFields }, 'LaunchLine');
export type LaunchLine = Static<typeof LaunchLine>;

/** Something a reader of the run should know, such as a resumption. */
export const NoteLine = strict({ kind: Type.Literal('note'), at: IsoTime, text: Text }, 'NoteLine');
export type NoteLine = Static<typeof NoteLine>;

/** What was learnt of a case after the plan: its batch, a folded twin, or the path that ran. */
export const CaseLine = strict({
  kind: Type.Literal('case'),
  case: Name,
  arm: Name,
  folded: Type.Optional(Type.Boolean()),
  evidence: Type.Optional(Evidence),
  /** What the pilot found; a resumed run goes on with it. */
  calls_per_batch: Type.Optional(Type.Integer({ minimum: 1 })),
  calls_before: Type.Optional(Count),
  settle_ns: Type.Optional(Amount),
  batch_ns: Type.Optional(Amount),
  instructions: Type.Optional(Instructions),
}, 'CaseLine');
export type CaseLine = Static<typeof CaseLine>;

/** Last line of the journal of a complete run. */
export const EndLine = strict({
  kind: Type.Literal('end'),
  finished_at: IsoTime,
  after: MachineState,
}, 'EndLine');
export type EndLine = Static<typeof EndLine>;

/** One line of a journal. */
export type JournalLine = RunLine | LaunchLine | NoteLine | CaseLine | EndLine;

/** Provenance of a document: that of the start, and how it ended. */
export const Provenance = strict({
  ...ProvenanceStart.properties,
  after: orNull(MachineState),
  /** Null where the run was interrupted and the journal assembled all the same. */
  finished_at: orNull(IsoTime),
}, 'Provenance');
export type Provenance = Static<typeof Provenance>;

/** A remark of the run, in time order. */
export const Note = strict({ at: IsoTime, text: Text });
export type Note = Static<typeof Note>;

/**
 * What the cost of a launch is: the median of the settled batches that had the core to themselves,
 * or, in a document of v1, the 10th percentile of all batches. Costs of two methods do not compare.
 */
export const Method = oneOf('free_median', 'p10');
export type Method = Static<typeof Method>;

/** The result document. Everything in `derived` can be recomputed from the rest. */
export const Document = Type.Object({
  schema: Type.Literal(schemaName),
  id: Name,
  method: Method,
  provenance: Provenance,
  plan: PlanSummary,
  arms: Type.Array(Arm, { maxItems: limits.arms }),
  cases: Type.Array(Case, { maxItems: limits.cases }),
  raw: strict({
    launches: Type.Array(Launch, { maxItems: limits.launches }),
    notes: Type.Array(Note, { maxItems: limits.notes }),
  }),
  derived: Derived,
}, { additionalProperties: false, title: schemaName });
export type Document = Static<typeof Document>;

/** A document before its figures are computed. */
export type RawDocument = Omit<Document, 'derived'>;

/** A document as it was read: the figures of an older version are not kept, but computed anew. */
export type StoredDocument = RawDocument & { readonly derived: Derived | null };
