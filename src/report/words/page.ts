/** The sentences of the page that stand nowhere else. */
import { type CalledFunction, newestOfEach, summaryOf } from '../../analysis/summary.ts';
import type { Document } from '../../results/schema.ts';
import { countOf, enumerated, runtimeTitle } from './arms.ts';
import { formatNs } from './numbers.ts';
import { calledName } from './summary.ts';

/** Most runtimes that the first sentence names. */
const mostNamed = 6;

/** The words of the answer picker, which read as one sentence with what is picked. */
export const pickerWords = {
  title: 'Which way is best?',
  job: 'What to do',
  size: 'Size',
  of: 'of',
  on: 'on',
  everyRuntime: 'every runtime',
  oneSize: 'one size',
  answer: 'Ways, best first',
  best: 'best',
  certain: 'certain',
  open: 'not certain',
  signs: 'Time of one call, best way first; × is the time over that of the best way. The bar ' +
    'shows the cost, its end mark the interval that holds the true median in 95 of 100 runs.',
} as const;

/** Titles of the short answers beside the picker. */
export const inShortTitles = {
  comparison: 'Against each other, an empty call',
  beside: 'Beside C',
  noise: 'Noise of this machine',
} as const;

/** The answer that the page opens with. */
export function headlineText(document: Document): string {
  const { functions, crossings } = summaryOf(document);
  if (functions.length > 0) return functionText(functions[0]!);
  const newest = newestOfEach(crossings).slice(0, mostNamed);
  if (newest.length === 0) {
    const tasks = new Set(document.cases.map(({ case: name }) => name)).size;
    return `${countOf(tasks, 'tasks')} in ${countOf(document.arms.length, 'lanes')}`;
  }
  const parts = newest.map(({ arm, cost }) => `${formatNs(cost.value)} on ${runtimeTitle(arm)}`);
  return `One call into native code costs ${enumerated(parts)}.`;
}

/** `One call of cos costs 10.0 ns on Bun 1.4.5 and 20.0 ns on Deno 2.9.6.` */
function functionText({ name, costs }: CalledFunction): string {
  const ffi = costs.filter(({ arm }) => arm.mechanism === 'ffi');
  const parts = (ffi.length > 0 ? ffi : costs).slice(0, mostNamed).map(({ arm, cost }) =>
    `${formatNs(cost.value)} on ${runtimeTitle(arm)}`
  );
  return `One call of ${calledName(name)} costs ${enumerated(parts)}.`;
}

/** What stands in a section that a run has nothing for. */
export const emptyTexts = {
  absent: 'Every case of this run was measured.',
  breakEven: 'No sweep over sizes was measured both natively and in plain JavaScript.',
  recommendations: 'This run did not measure two ways of doing one job.',
  prices: 'This run did not measure the empty call, which prices are counted from.',
  command: 'The document names no command of ffi-bench that would repeat it.',
} as const;

/** The words of the page of a merged document. */
export const mergedTexts = {
  name: 'ffi-bench, several runs beside each other',
  answers: 'What each answers',
  differs: 'Two runs are certain of opposite answers.',
  opposites: 'What they disagree on',
  noOpposites: 'No two of these runs are certain of opposite verdicts.',
  costs: 'Every cost',
  memberPage: 'page of',
} as const;

/** What a reader without scripts is told where the page of a large run carries more. */
export const onDemandText = 'The rest needs JavaScript here; "ffi-bench report --section all" ' +
  'prints everything.';

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
export const priceListLimit =
  'Besides these, only "Where the cost sits" on this page shows differences of costs.';
