/** Runs the runner in process on launches that are made up, for tests of what it does with them. */
import type { launchWorker } from '../../src/launching/launch.ts';
import { entries } from '../../src/catalogue/catalogue.ts';
import { laneRow } from '../../runtimes/lanes.ts';
import { type LaneRow } from '../../runtimes/registry.ts';
import { type RunLine, schemaName } from '../../src/results/schema.ts';
import type { RunArm } from '../../src/planning/arm.ts';
import { describeArm } from '../../src/session/arms.ts';
import type { Clocks } from '../../src/machine/clocks.ts';
import { execute, type Execution } from '../../src/session/run.ts';
import type { FileWatch } from '../../src/session/files.ts';
import { probeThrough } from '../../src/machine/machine.ts';
import { partOf } from '../../src/launching/bundle.ts';
import { nothingObserved } from '../../src/launching/observe.ts';
import { noKeptPilots } from '../../src/session/kept_pilots.ts';
import { describeCase, planCases } from '../../src/planning/plan.ts';
import { pilotNs } from '../../src/planning/settings.ts';
import type { Session } from '../../src/session/prepare.ts';
import { buildRawRun } from '../golden/build_run.ts';

type Launch = typeof launchWorker;
type Result = Awaited<ReturnType<Launch>>;

/** Batches of a launch that is made up: of 1 ms each, so that they are long enough to settle. */
const batches = 64;
const batchNs = 1e6;

/** What a pilot finds: batches of the length that pilots look for. */
const piloted = (): Result => doneAt(5, 250_000, 256);

/** A launch that was done at this cost. */
export function doneAt(costNs: number, lastingNs = batchNs, count = batches): Result {
  const calls = Math.round(lastingNs / costNs);
  return {
    outcome: 'done',
    reason: null,
    signal: null,
    exitCode: 0,
    stderrTail: '',
    ...nothingObserved,
    messages: [{ type: 'piloted', calls_per_batch: calls }],
    measured: {
      type: 'measured',
      calls_per_batch: calls,
      begins_ns: Array.from({ length: count }, (_, i) => i * lastingNs * 1.1),
      batches_ns: Array.from({ length: count }, (_, i) => calls * costNs * (1 + (i % 7) / 100)),
      probes: [],
      crossings_per_call: 1,
      allocated_bytes_per_call: null,
      involuntary_switches: 1,
    },
  };
}

/** A launch that ended in another way. */
export function failedAs(outcome: Result['outcome'], reason: string): Result {
  return { ...doneAt(1), outcome, reason, measured: null, messages: [] };
}

/** Files that are never replaced. */
export const untouched: FileWatch = { hashes: {}, whyReplaced: () => null, replaced: () => [] };

function armOf(row: LaneRow): RunArm {
  const { runtime } = row;
  return {
    label: row.lane,
    row,
    library: null,
    runtime: {
      state: 'ready',
      label: runtime,
      runtime,
      at: null,
      path: `/opt/${runtime}`,
      version: '1.2.3',
      engine: 'none',
    },
  };
}

/** A session over the first cases of the catalogue that the plain lanes can run. */
export function simulatedSession(names: number, rounds: number, files = untouched): Session {
  const arms = ['deno.plain', 'bun.plain', 'node.plain'].map((lane) => armOf(laneRow(lane)));
  const able = planCases(entries, arms, () => rounds).filter(({ reason }) => reason === null);
  const wanted = [...new Set(able.map(({ entry }) => entry.name))].slice(0, names);
  const cases = able.filter(({ entry }) => wanted.includes(entry.name));
  const { after: _, finished_at: __, ...provenance } = buildRawRun([], []).provenance;
  const line: RunLine = {
    kind: 'run',
    schema: schemaName,
    id: 'simulated',
    plan: {
      hash: 'c0ffee',
      launches: cases.length * rounds,
      passes: 1,
      blocks: 'case',
      order: 'williams',
    },
    provenance,
    arms: arms.map((arm) => describeArm(arm, new Map())),
    cases: cases.map(describeCase),
  };
  return {
    cases,
    passes: 1,
    steppings: 0,
    instrumentOf: () => '',
    workers: new Map(
      cases.map(({ entry }) => [`worker_plain_${partOf(entry.task)}`, '/worker.mjs'] as const),
    ),
    probe: probeThrough(null),
    emulatedOn: null,
    counters: null,
    files,
    line,
  };
}

/** Whether a launch counts for nothing and finds out what the others are told. */
export function isPilot({ mode, durationNs }: Parameters<Launch>[1]): boolean {
  return mode === 'pilot' || (mode === 'measure' && durationNs === pilotNs);
}

/** Executes a simulated session; `launch` makes up how each launch ends. */
export function simulate(
  session: Session,
  journalPath: string,
  launch: (number: number, order: Parameters<Launch>[1]) => Result,
  more: Partial<Execution> & { readonly clocks?: Clocks } = {},
) {
  let number = 0;
  return execute(session, {
    checkout: '/checkout',
    journalPath,
    resume: false,
    extent: { precision: null, timeMs: null },
    listener: { onLaunch: () => {}, onRow: () => {} },
    abort: new AbortController().signal,
    kept: noKeptPilots,
    launch: (_command, order) =>
      Promise.resolve(isPilot(order) ? piloted() : launch(number++, order)),
    ...more,
  });
}
