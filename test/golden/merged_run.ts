/** Two machines that disagree: the summary run, and the same with other lanes ahead. */
import { type Merged, mergeDocuments } from '../../src/results/merge.ts';
import { derive } from '../../src/analysis/derive.ts';
import type { Document, RawDocument } from '../../src/results/schema.ts';
import { summaryRun } from './summary_run.ts';

/** Times that the second machine takes as long, by case and arm; half of the time elsewhere. */
const turned: Readonly<Record<string, number>> = {
  'call.noop bun.ffi': 1.5,
  'string_in.encode_into[36] deno.ffi': 2,
  'list_sum.refill[1000] deno.ffi': 2,
};

/** The same run on a machine of another name, with its times scaled. */
function elsewhere(run: Document): Document {
  const launches = run.raw.launches.map((launch) => {
    const factor = turned[`${launch.case} ${launch.arm}`] ?? 0.5;
    const { measured } = launch;
    if (!measured) return launch;
    const scaled = (values: readonly number[]) => values.map((ns) => ns * factor);
    return {
      ...launch,
      measured: {
        ...measured,
        quantiles_ns: scaled(measured.quantiles_ns),
        free: measured.free && {
          ...measured.free,
          quantiles_ns: scaled(measured.free.quantiles_ns),
        },
      },
    };
  });
  const { provenance } = run;
  const machine = { ...provenance.machine, cpu_model: 'Cortex-X4' };
  const raw = {
    ...run,
    id: `${run.id}-elsewhere`,
    provenance: { ...provenance, machine },
    raw: { ...run.raw, launches },
  } as RawDocument;
  return { ...raw, derived: derive(raw) };
}

/** Both, merged. */
export function mergedRun(): Merged {
  const run = summaryRun();
  return mergeDocuments([run, elsewhere(run)]);
}
