/**
 * A document in Bencher Metric Format: by name of the case the measure `latency`, which Bencher has
 * built in and counts in nanoseconds, with `value`, `lower_value` and `upper_value`.
 */
import type { Document } from '../../results/schema.ts';
import { measuredCases } from './measured.ts';

/** The text of the file. Folded twins are left out: a change of theirs means nothing. */
export function toBmf(document: Document): string {
  const entries = measuredCases(document).filter(({ own }) => !own.case.folded)
    .map(({ name, costNs: { value, low, high, min, max } }) => [
      name,
      { latency: { value, lower_value: low ?? min, upper_value: high ?? max } },
    ]);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}
