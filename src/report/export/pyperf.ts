/**
 * A document as pyperf JSON, version 1.0: one benchmark per case, one run per launch, whose value
 * is the cost in seconds. `pyperf compare_to`, `stats`, `hist` and the rest read it.
 */
import { costEstimators } from '../../stats/estimators.ts';
import { launchCost } from '../../analysis/launch_cost.ts';
import type { DoneLaunch } from '../../analysis/rows.ts';
import type { Document } from '../../results/schema.ts';
import { measuredCases } from './measured.ts';

/** The text of the file. Folded twins and costs of zero, which pyperf refuses, are left out. */
export function toPyperf(document: Document): string {
  const { machine } = document.provenance;
  const benchmarks = measuredCases(document)
    .filter(({ own, costNs }) => !own.case.folded && costNs.min > 0)
    .map(({ name, own }) => ({
      metadata: {
        name,
        runtime: `${own.arm.runtime} ${own.arm.version}`,
        mechanism: own.arm.mechanism,
      },
      runs: own.done.flatMap((launch) => {
        const cost = launchCost(launch.measured, costEstimators[document.method]);
        return typeof cost === 'number' ? [runOf(launch, cost)] : [];
      }),
    }));
  const metadata = {
    unit: 'second',
    cpu_model_name: machine.cpu_model,
    cpu_count: machine.cores,
    platform: `${machine.os} ${machine.arch} ${machine.kernel}`,
    description: `ffi-bench ${document.id}`,
  };
  return `${JSON.stringify({ version: '1.0', metadata, benchmarks }, null, 1)}\n`;
}

function runOf({ measured, started_at, wall_ms }: DoneLaunch, costNs: number) {
  return {
    values: [costNs / 1e9],
    metadata: {
      date: started_at.replace('T', ' ').replace('Z', ''),
      duration: wall_ms / 1000,
      loops: measured.calls_per_batch,
    },
  };
}
