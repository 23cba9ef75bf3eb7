/** The sentences of the page that stand nowhere else. */
import type { Document } from '../../results/schema.ts';
import { countOf, enumerated, runtimeTitle } from './arms.ts';
import { formatNs } from './numbers.ts';

/** Most runtimes that the first sentence names. */
const mostNamed = 6;

/** The answer that the page opens with. */
export function headlineText(document: Document): string {
  const arms = new Map(document.arms.map((arm) => [arm.label, arm]));
  const costs = document.derived.answers.flatMap(({ question, arm, figures }) => {
    const [found, ns] = [arms.get(arm), figures['crossing_ns']];
    return question === 'Q1' && found && typeof ns === 'number'
      ? [{ ns, title: runtimeTitle(found) }]
      : [];
  }).sort((a, b) => a.ns - b.ns).slice(0, mostNamed);
  if (costs.length === 0) {
    const tasks = new Set(document.cases.map(({ case: name }) => name)).size;
    return `${countOf(tasks, 'tasks')} in ${countOf(document.arms.length, 'lanes')}`;
  }
  const parts = costs.map(({ ns, title }) => `${formatNs(ns)} on ${title}`);
  return `One call into native code costs ${enumerated(parts)}.`;
}

/** What stands in a section that a run has nothing for. */
export const emptyTexts = {
  absent: 'Every case of this run was measured.',
  breakEven: 'No sweep over sizes was measured both natively and in plain JavaScript.',
  recommendations: 'This run did not measure two ways of doing one job.',
  prices: 'This run did not measure the empty call, which prices are counted from.',
  command: 'The document names no command of ffi-bench that would repeat it.',
} as const;

/** Questions that a run has no answer to. */
export function unansweredText(names: readonly string[]): string {
  return `Not answered by what this run measured: ${names.join(', ')}.`;
}

/** What the strips of the comparison table mean. */
export const stripLegend =
  'Launches: every dot is a fresh process (× a slow one), the line is the cost, the bar its ' +
  'interval. Log scale, shared by the lanes of one task; at least a factor of two wide.';

/** What stands under the first picture. */
export const pictureLegend =
  'every dot is a fresh process; the line is the median, the bar its interval. Time of one call, ' +
  'log scale.';

/** What a price list is; its signs are explained beside it. */
export const priceListText = 'What a case adds to an empty call in the same lane.';

/** What is not done with prices. */
export const priceListLimit = 'Nothing is subtracted elsewhere on this page.';
