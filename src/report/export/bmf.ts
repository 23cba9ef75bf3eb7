/**
 * A document in Bencher Metric Format: `{ name: { latency: { value, lower_value, upper_value } } }`,
 * where Bencher's built-in measure `latency` is in nanoseconds.
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
