/**
 * A document in the Go benchmark format that benchstat reads: one line per launch. benchstat does
 * its own statistics over the lines of a name.
 */
import { costEstimators, type Estimator } from '../../stats/estimators.ts';
import { launchCost } from '../../analysis/launch_cost.ts';
import type { Document } from '../../results/schema.ts';
import { type MeasuredCase, measuredCases } from './measured.ts';

const goArchitectures: Readonly<Record<string, string>> = {
  x64: 'amd64',
  arm64: 'arm64',
  ia32: '386',
};

/**
 * The text of the file. Arm and params stand in the name as keys, so that
 * `benchstat -col /arm` sets the lanes of one file beside each other.
 */
export function toBenchstat(document: Document): string {
  const { machine } = document.provenance;
  const lines = measuredCases(document).filter(({ own }) => !own.case.folded)
    .flatMap((one) => linesOf(one, costEstimators[document.method]));
  return [
    `goos: ${machine.os}`,
    `goarch: ${goArchitectures[machine.arch] ?? machine.arch}`,
    `cpu: ${machine.cpu_model}`,
    'pkg: ffi-bench',
    ...lines,
  ].join('\n') + '\n';
}

function linesOf({ own }: MeasuredCase, estimator: Estimator): string[] {
  const { task, params, arm } = own.case;
  const keys = { ...params, arm };
  const name = [
    `Benchmark${task.charAt(0).toUpperCase()}${task.slice(1)}`,
    ...Object.entries(keys).map(([key, value]) => `${key}=${value}`),
  ].join('/').replaceAll(/\s+/g, '_');
  return own.done.flatMap(({ measured }) => {
    const cost = launchCost(measured, estimator);
    if (typeof cost !== 'number') return [];
    const { settled, calls_per_batch: calls, allocated_bytes_per_call: bytes } = measured;
    const allocated = bytes === null ? '' : `\t${bytes} B/op`;
    return [`${name}\t${(settled?.batches ?? 1) * calls}\t${cost} ns/op${allocated}`];
  });
}
