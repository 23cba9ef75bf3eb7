// The timed loop stays in optimized code: V8 logs every piece of code that it throws away, and none
// is in the part of a launch that counts. A clock that decided something between batches failed
// this: the loop was thrown away at the very moment when measuring began.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { instrumentArtifact } from '../../runtimes/host/instrument.ts';
import { flagsOf, laneRow } from '../../runtimes/lanes.ts';
import { hosts } from '../../runtimes/registry.ts';
import { judge } from '../../src/analysis/recording.ts';
import { artifactPath } from '../../src/boot/library.mjs';
import { readTools } from '../../src/boot/tools.mjs';
import { root } from '../../src/boot/versions.mjs';
import { entries } from '../../src/catalogue/catalogue.ts';
import { bundleWorkers, partOf, pathOfWorker, type Workers } from '../../src/launching/bundle.ts';
import { workerEnvironment } from '../../src/machine/environment.ts';
import { launchWorker } from '../../src/launching/launch.ts';
import { measureNs } from '../../src/planning/settings.ts';
import { buildFolder, type ScriptLane, shortOrder } from './workers.ts';

const cases = [
  ['call.noop', 65_536],
  ['call.i32_args[2]', 16_384],
  ['call.u64_bigint[consumed]', 8192],
  ['buffer.touch[64]', 8192],
  ['string_in.encode_into[36]', 1024],
] as const;
const lanes = ['deno.ffi', 'node.ffi'].map((lane) => laneRow(lane) as ScriptLane);

/** The loop runs for so long, in ms. */
const durationMs = 1400;
/**
 * The part of the process's life that is looked at: the loop has settled long before, and ends
 * after it, which throws the loop away once more.
 */
const counted = { from: 0.45, to: 0.8 } as const;

const folder = buildFolder();
mkdirSync(folder, { recursive: true });
const entryOf = (name: string) => entries.find((entry) => entry.name === name)!;
const workerOf = ({ module }: ScriptLane, name: string) => ({
  module,
  part: partOf(entryOf(name).task),
});
let workers: Workers;
before(async () => {
  const wanted = lanes.flatMap((row) => cases.map(([name]) => workerOf(row, name)));
  workers = await bundleWorkers(root, folder, wanted);
});

/** The lane's flags, with V8 logging what it throws away. */
function flagsWithLog(row: ScriptLane, logPath: string): string[] {
  const log = ['--log-deopt', '--no-logfile-per-isolate', `--logfile=${logPath}`];
  const flags = flagsOf(row).map((flag) => flag.replace('{checkout}', root));
  if (row.runtime === 'node') return [...log, ...flags];
  return flags.map((flag) => flag.startsWith('--v8-flags=') ? [flag, ...log].join(',') : flag);
}

/** Deoptimizations in a log: when, in ms since the process began, and the line itself. */
function deoptimizations(logPath: string): { atMs: number; line: string }[] {
  return readFileSync(logPath, 'utf8').split('\n').filter((line) => line.startsWith('code-deopt,'))
    .map((line) => ({ atMs: Number(line.split(',')[1]) / 1000, line }));
}

for (const row of lanes) {
  for (const [name, callsPerBatch] of cases) {
    test(`${row.lane} throws no code away while ${name} is measured`, async () => {
      const tools = readTools();
      const tool = tools.runtimes[row.runtime];
      assert.ok(tool.state !== 'missing', `${row.runtime} is provisioned`);
      const logPath = join(folder, `${row.lane}-${name.replaceAll(/\W/g, '_')}.log`);
      const { task, params } = entryOf(name);
      const artifact = instrumentArtifact(row.runtime);
      const startedMs = performance.now();
      const result = await launchWorker(
        {
          path: tool.path,
          args: [...flagsWithLog(row, logPath), pathOfWorker(workers, workerOf(row, name))],
          env: workerEnvironment(hosts[row.runtime].env),
          cwd: root,
        },
        shortOrder(row, {
          mode: 'measure',
          task: task.id,
          params,
          callsPerBatch,
          durationNs: durationMs * 1e6,
          instrument: artifact === 'library' ? tools.library : artifactPath(root, artifact),
        }),
        { timeoutMs: 60_000 },
      );
      const endedMs = performance.now() - startedMs;
      assert.equal(result.outcome, 'done', result.reason ?? '');
      const all = deoptimizations(logPath);
      assert.ok(all.length > 0, 'the log holds those of the warm-up, so that it is being written');
      const inPart = all.filter(({ atMs }) =>
        atMs >= endedMs * counted.from && atMs <= endedMs * counted.to
      );
      assert.deepEqual(inPart.map(({ line }) => line), []);
      const judged = judge(result.measured!, {
        freeLevel: null,
        wantedNs: measureNs,
        tierNs: null,
      });
      assert.ok(judged.from !== null, 'it has settled');
    });
  }
}
