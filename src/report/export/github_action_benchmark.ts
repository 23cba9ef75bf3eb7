/**
 * A document for github-action-benchmark, its tool `customSmallerIsBetter`: a list of
 * `{ name, unit, value, range, extra }`.
 */
import type { Document } from '../../results/schema.ts';
import { headingLines } from '../words/heading.ts';
import { measuredCases } from './measured.ts';

/** The text of the file. Folded twins are left out: a change of theirs means nothing. */
export function toGithubActionBenchmark(document: Document): string {
  const extra = headingLines(document).slice(0, 3).join('\n');
  const entries = measuredCases(document).filter(({ own }) => !own.case.folded)
    .map(({ name, costNs: { value, low, high, min, max } }) => ({
      name,
      unit: 'ns/call',
      value,
      range: `± ${(((high ?? max) - (low ?? min)) / 2).toPrecision(3)}`,
      extra,
    }));
  return `${JSON.stringify(entries, null, 2)}\n`;
}
