/**
 * How much of a run's wall time is settling and measuring? Goal: at least 75 %.
 *
 *     npm run self -- bench/wall_share.ts FILE.json
 */
import process from 'node:process';
import { openDocument } from '../src/analysis/open.ts';

const { provenance, raw } = openDocument(process.argv[2] ?? '');
const done = raw.launches.filter((launch) => launch.measured !== null);
const measuredMs = done.reduce((sum, { measured }) => sum + measured!.elapsed_ns / 1e6, 0);
const launchMs = raw.launches.reduce((sum, { wall_ms: ms }) => sum + ms, 0);
const runMs = Date.parse(provenance.finished_at!) - Date.parse(provenance.started_at);
const share = (ms: number) => `${((ms / runMs) * 100).toFixed(1)} %`;
process.stdout.write(
  `${raw.launches.length} launches in ${(runMs / 1000).toFixed(1)} s: ` +
    `settling and measuring ${share(measuredMs)}, starting and verifying workers ` +
    `${share(launchMs - measuredMs)}, the rest (pilots, the tool) ${share(runMs - launchMs)}\n`,
);
for (const [arm, own] of Map.groupBy(done, (launch) => launch.arm)) {
  const mean = (pick: (one: (typeof own)[number]) => number) =>
    (own.reduce((sum, one) => sum + pick(one), 0) / own.length).toFixed(0);
  process.stdout.write(
    `  ${arm.padEnd(12)} ${mean((one) => one.wall_ms)} ms a launch, settled after ${
      mean((one) => (one.measured!.settled?.after_ns ?? one.measured!.elapsed_ns) / 1e6)
    } ms, never ${own.filter((one) => one.measured!.settled === null).length}\n`,
  );
}
