// What the tests of an engine's own log share: cases, and a launch whose engine tells of its code.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { instrumentArtifact } from '../../runtimes/host/instrument.ts';
import { flagsOf } from '../../runtimes/lanes.ts';
import { hosts } from '../../runtimes/registry.ts';
import { judge } from '../../src/analysis/recording.ts';
import { artifactPath } from '../../src/boot/library.mjs';
import { readTools } from '../../src/boot/tools.mjs';
import { root } from '../../src/boot/versions.mjs';
import { entries } from '../../src/catalogue/catalogue.ts';
import { bundleWorkers, partOf, pathOfWorker, type Workers } from '../../src/launching/bundle.ts';
import { launchWorker } from '../../src/launching/launch.ts';
import { workerEnvironment } from '../../src/machine/environment.ts';
import { measureNs } from '../../src/planning/settings.ts';
import { ampleMs } from '../faults/launching.ts';
import { buildFolder, type ScriptLane, shortOrder } from './workers.ts';

/**
 * Cases, and how many calls make a batch of each in the shortest launch; longer launches have as
 * many batches. So many that the fastest engine does not fill a recording.
 */
export const steadyCases = [
  ['call.noop', 65_536],
  ['call.i32_args[2]', 65_536],
  ['call.u64_bigint[consumed]', 32_768],
  ['buffer.touch[64]', 65_536],
  ['string_in.encode_into[36]', 4096],
] as const;

/**
 * How long the loop runs, in ms. Where compilers hardly get a core, a case settles late: a launch
 * that does not count for that is made again, and longer. A clock that has the loop thrown away
 * does so in each of them.
 */
const durationsMs = [1400, 2800, 5600, 11_200, 22_400] as const;

/**
 * From where on a process's life is looked at, as a share of how long the loop runs: it has settled
 * long before. It ends after that part however long the process took to start; its end throws code
 * away once more.
 */
const countedFrom = 0.7;

/** What became of a launch whose engine wrote its log. */
export interface Watched {
  /** Lines on code that was thrown away in the part that is looked at. */
  readonly thrownAway: readonly string[];
  readonly isSettled: boolean;
}

/** Launches a case until nothing was thrown away in a launch that settled, and longer each time. */
export async function assertSteady(
  watch: (
    durationMs: number,
    isCounted: (atMs: number) => boolean,
  ) => Promise<Watched>,
): Promise<void> {
  let found: Watched = { thrownAway: ['nothing was launched'], isSettled: false };
  for (const durationMs of durationsMs) {
    found = await watch(
      durationMs,
      (atMs) => atMs >= countedFrom * durationMs && atMs <= durationMs,
    );
    if (found.isSettled && found.thrownAway.length === 0) break;
  }
  assert.deepEqual(found, { thrownAway: [], isSettled: true });
}

export const folder = buildFolder();
mkdirSync(folder, { recursive: true });

const entryOf = (name: string) => entries.find((entry) => entry.name === name)!;
const workerOf = ({ module }: ScriptLane, name: string) => ({
  module,
  part: partOf(entryOf(name).task),
});

/** The workers of the cases in some lanes. */
export function bundleCases(lanes: readonly ScriptLane[]): Promise<Workers> {
  const wanted = lanes.flatMap((row) => steadyCases.map(([name]) => workerOf(row, name)));
  return bundleWorkers(root, folder, wanted);
}

/** How a worker's engine is made to write its log. */
export interface Logging {
  readonly flags: (ofLane: string[]) => string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A file that the worker's stderr goes to. */
  readonly stderrPath?: string;
}

/** Launches a case with the engine's log, for so long, in ms; returns whether it settled. */
export async function launchLogged(
  workers: Workers,
  row: ScriptLane,
  [name, callsPerBatch]: typeof steadyCases[number],
  durationMs: number,
  { flags, env = {}, stderrPath }: Logging,
): Promise<boolean> {
  const tools = readTools();
  const tool = tools.runtimes[row.runtime];
  assert.ok(tool.state !== 'missing', `${row.runtime} is provisioned`);
  const ofLane = flagsOf(row).map((flag) => flag.replace('{checkout}', root));
  const args = [...flags(ofLane), pathOfWorker(workers, workerOf(row, name))];
  const { task, params } = entryOf(name);
  const artifact = instrumentArtifact(row.runtime);
  const result = await launchWorker(
    {
      ...(stderrPath === undefined
        ? { path: tool.path, args }
        : { path: '/bin/sh', args: ['-c', `exec "$@" 2>"$0"`, stderrPath, tool.path, ...args] }),
      env: { ...workerEnvironment(hosts[row.runtime].env), ...env },
      cwd: root,
    },
    shortOrder(row, {
      mode: 'measure',
      task: task.id,
      params,
      callsPerBatch: callsPerBatch * durationMs / durationsMs[0],
      durationNs: durationMs * 1e6,
      instrument: artifact === 'library' ? tools.library : artifactPath(root, artifact),
    }),
    { timeoutMs: ampleMs },
  );
  assert.equal(result.outcome, 'done', result.reason ?? '');
  const standard = { freeLevel: null, wantedNs: measureNs, tierNs: null };
  return judge(result.measured!, standard).from !== null;
}
