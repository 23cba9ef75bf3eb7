/**
 * Builds small runs for tests: a table of costs per arm becomes a document with its launches, so
 * that no test needs a file of thousands of lines.
 */
import { derive } from '../../src/analysis/derive.ts';
import {
  type Arm,
  type Case,
  type Document,
  type Launch,
  type Measured,
  type Params,
  type RawDocument,
  schemaName,
} from '../../src/results/schema.ts';

/** One case of a built run: costs in ns, one per round, or why there are none. */
export interface BuiltCase {
  readonly costs?: readonly (number | null)[];
  /** Sustained over cost; 1.02 unless said. */
  readonly sustainedRatio?: number;
  readonly unsupported?: string;
  readonly failed?: string;
  readonly folded?: boolean;
  readonly measured?: Partial<Measured>;
  readonly marks?: readonly string[];
}

/** One task and params with its cases by the label of their arm. */
export interface BuiltRow {
  readonly task: string;
  readonly params?: Params;
  /** Parameter that is a size. */
  readonly sweep?: string;
  readonly cases: Readonly<Record<string, BuiltCase>>;
}

/** An arm as tests need it; the library is that of every native lane unless given. */
export function buildArm(label: string, fields: Partial<Arm> = {}): Arm {
  const [runtime = 'deno', mechanism = 'ffi'] = (fields.lane ?? label).split('.');
  const versions: Record<string, string> = { deno: '2.9.6', bun: '1.4.5', node: '26.10.0' };
  return {
    label,
    lane: `${runtime}.${mechanism}`,
    runtime,
    mechanism,
    path: `/opt/${runtime}`,
    version: versions[runtime] ?? '1.0.0',
    engine: runtime === 'bun' ? 'JavaScriptCore' : 'V8 14.6',
    flags: [],
    library: mechanism === 'plain' ? null : {
      path_name: 'libffibench.so',
      sha256: '4f'.repeat(32),
      zig: '0.17.0',
      optimize: 'ReleaseFast',
      target: 'x86_64-linux-gnu',
      cpu: 'znver4',
      source_hash: 'ab'.repeat(32),
      planted: null,
    },
    ...fields,
  };
}

/** Name of a row as runs write it: the task, and its params in brackets. */
export function rowName(task: string, params: Params = {}): string {
  const values = Object.values(params);
  return values.length === 0 ? task : `${task}[${values.join(',')}]`;
}

/** A run of the given arms and rows, without derived figures. */
export function buildRawRun(
  arms: readonly Arm[],
  rows: readonly BuiltRow[],
  profile: RawDocument['provenance']['profile'] = 'default',
): RawDocument {
  const cases = rows.flatMap((row) =>
    arms.filter((arm) => row.cases[arm.label]).map((arm) => buildCase(row, arm))
  );
  const launches = rows.flatMap((row) => buildLaunches(row, arms))
    .map((launch, sequence) => ({ ...launch, sequence }));
  return {
    schema: schemaName,
    id: '2026-01-02T030405Z-test',
    method: 'free_median',
    provenance: provenance(profile),
    plan: {
      hash: 'c0ffee',
      launches: launches.length,
      passes: 1,
      blocks: 'case',
      order: 'latin_square',
    },
    arms: [...arms],
    cases,
    raw: { launches, notes: [] },
  };
}

/** As `buildRawRun`, with its figures. */
export function buildRun(
  arms: readonly Arm[],
  rows: readonly BuiltRow[],
  profile: RawDocument['provenance']['profile'] = 'default',
): Document {
  const raw = buildRawRun(arms, rows, profile);
  return { ...raw, derived: derive(raw) };
}

function buildCase(row: BuiltRow, arm: Arm): Case {
  const built = row.cases[arm.label]!;
  const reason = built.unsupported ?? built.failed ?? null;
  return {
    case: rowName(row.task, row.params),
    task: row.task,
    params: row.params ?? {},
    arm: arm.label,
    lane: arm.lane,
    timing: 'batched',
    ...(row.sweep === undefined ? {} : { sweep: row.sweep }),
    rounds_planned: built.costs?.length ?? 0,
    folded: built.folded ?? false,
    status: built.unsupported ? 'unsupported' : built.failed ? 'failed' : 'measured',
    reason,
    evidence: null,
    instructions: null,
  };
}

function buildLaunches(row: BuiltRow, arms: readonly Arm[]): Launch[] {
  const rounds = Math.max(0, ...Object.values(row.cases).map(({ costs = [] }) => costs.length));
  const launches: Launch[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const [position, arm] of arms.entries()) {
      const built = row.cases[arm.label];
      const cost = built?.costs?.[round];
      if (!built || cost === undefined) continue;
      launches.push(buildLaunch(rowName(row.task, row.params), arm.label, cost, {
        round,
        position,
        marks: [...built.marks ?? []],
      }, built));
    }
  }
  return launches;
}

/** One launch with the given cost in ns; null makes a launch that timed out. */
export function buildLaunch(
  name: string,
  arm: string,
  cost: number | null,
  fields: Partial<Launch> = {},
  built: BuiltCase = {},
): Launch {
  return {
    case: name,
    arm,
    round: 0,
    pass: 0,
    attempt: 0,
    position: 0,
    sequence: 0,
    started_at: '2026-01-02T03:04:05.678Z',
    wall_ms: 300,
    outcome: cost === null ? 'timed_out' : 'done',
    reason: cost === null ? 'No answer within 60 s.' : null,
    signal: null,
    exit_code: cost === null ? null : 0,
    measured: cost === null ? null : buildMeasured(cost, built),
    marks: [],
    context: { steal_ticks: 0, involuntary_switches: 3, load1: 0.4 },
    ...fields,
  };
}

function buildMeasured(
  cost: number,
  { sustainedRatio = 1.02, measured = {} }: BuiltCase,
): Measured {
  const times = (factors: readonly number[]) =>
    factors.map((factor) => Number((cost * factor).toPrecision(7)));
  return {
    timing: 'batched',
    calls_per_batch: 8192,
    elapsed_ns: 400_000_000,
    settled: { after_ns: 120_000_000, after_calls: 400_000, batches: 512 },
    free: { batches: 300, quantiles_ns: times([0.98, 0.99, 0.99, 1, 1, 1, 1.01, 1.02, 1.1]) },
    contended_ns: Number((cost * 1.5).toPrecision(7)),
    probe: { least: 2081, free_level: 2082 },
    quantiles_ns: times([0.98, 0.99, 1, 1.005, 1.01, 1.02, 1.04, 1.1, 1.5]),
    sustained_ns: Number((cost * sustainedRatio).toPrecision(7)),
    trace_ns: Array.from({ length: 48 }, () => cost),
    trend: 'flat',
    crossings_per_call: 1,
    allocated_bytes_per_call: null,
    ns_per_cycle: 0.25,
    ...measured,
  };
}

function provenance(
  profile: RawDocument['provenance']['profile'],
): RawDocument['provenance'] {
  return {
    machine: {
      cpu_model: 'AMD EPYC 9R14',
      cores: 2,
      hypervisor: 'KVM',
      kernel: '6.12.1',
      os: 'linux',
      arch: 'x64',
      governor: null,
      clock_source: 'tsc',
      clock_step_ns: 10,
      no_counters_reason: 'The hypervisor offers no hardware counters.',
      probe: { free_level: 2082, ns_per_tick: 0.385, cycles: 3200 },
    },
    before: { load1: 0.2, steal_ticks: 100 },
    after: { load1: 1.1, steal_ticks: 130 },
    host: { runtime: 'node', version: '26.10.0' },
    tool: { version: '0.1.0', commit: '0123456', dirty: false },
    seed: 42,
    profile,
    selection: {},
    started_at: '2026-01-02T03:04:05.000Z',
    finished_at: '2026-01-02T03:08:35.000Z',
    command: ['ffi-bench', 'run', '--seed', '42'],
  };
}
