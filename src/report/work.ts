/**
 * Work that runtimes have built in, beside the same work in the library: per task at its largest
 * size, what each runtime takes for both, in markdown.
 */
import { type CaseLaunches, keyOf, rowsOf } from '../results/rows.ts';
import { runtimeTitle } from '../results/recommendations.ts';
import type { Document } from '../results/schema.ts';
import { formatNs, formatRatio, formatSize } from './format.ts';
import { freshBetween } from './marks.ts';

const builtinForm = /^(work\..+)_builtin$/;

/** The table of a document that measured such tasks. */
export function renderWork(document: Document): string {
  const costs = new Map(document.derived.cases.map((one) => [keyOf(one), one.cost_ns?.value]));
  const cases = rowsOf(document).flatMap((row) => row.cases);
  const arms = document.arms.filter(({ mechanism }) => mechanism === 'ffi');
  const lines = builtinsOf(cases).map(({ task, builtin, sweep, size }) => {
    const costOf = (id: string, arm: string) => {
      const own = cases.find(({ case: one }) =>
        one.task === id && one.arm === arm && one.params[sweep] === size
      );
      return own && costs.get(keyOf(own.case));
    };
    const cells = arms.map(({ label }) => cell(costOf(task, label), costOf(builtin, label)));
    return row([`\`${task}\` of ${formatSize(size)} ${sweep}`, ...cells]);
  });
  return [
    row(['', ...arms.map(runtimeTitle)]),
    row(['---', ...arms.map(() => '--:')]),
    ...lines,
  ].join('\n');
}

/** A README with a fresh table between its marks; `read` gives the document that they name. */
export function freshWork(readme: string, read: (file: string) => Document): string {
  return freshBetween(readme, 'work', (file) => renderWork(read(file)));
}

/** Tasks that have a built-in twin, with the largest size of that. */
function builtinsOf(cases: readonly CaseLaunches[]) {
  const sizes = new Map<string, { sweep: string; size: number }>();
  for (const { case: { task, sweep, params } } of cases) {
    if (!builtinForm.test(task) || sweep === undefined) continue;
    const size = Number(params[sweep]);
    if (size > (sizes.get(task)?.size ?? 0)) sizes.set(task, { sweep, size });
  }
  return [...sizes].map(([builtin, at]) => ({
    task: builtinForm.exec(builtin)![1]!,
    builtin,
    ...at,
  }));
}

function cell(native: number | undefined, builtin: number | undefined): string {
  if (native === undefined || builtin === undefined) return '–';
  const ratio = formatRatio(native / builtin);
  return `${formatNs(native)}, built in ${formatNs(builtin)} (×${ratio})`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
