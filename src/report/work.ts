/**
 * Work that runtimes have built in, beside the same work in the library: per task at its largest
 * size, what each runtime takes for both, in markdown.
 */
import { type CaseLaunches, rowsOf } from '../analysis/rows.ts';
import { keyOf } from '../results/keys.ts';
import { runtimeTitle } from './words/arms.ts';
import { areTwins, sameBinary } from '../analysis/arms.ts';
import type { Arm, Document } from '../results/schema.ts';
import { formatCount, formatNs, formatRatio } from './words/numbers.ts';
import { freshBetween } from './marks.ts';

const builtinForm = /^(work\..+)_builtin$/;

/** The table of a document that measured such tasks, a column for each ffi lane. */
export function renderWork(document: Document): string {
  const costs = new Map(document.derived.cases.map((one) => [keyOf(one), one.cost_ns?.value]));
  const cases = rowsOf(document).flatMap((row) => row.cases);
  const ffi = document.arms.filter(({ mechanism }) => mechanism === 'ffi');
  const columns = ffi.filter((arm, place) =>
    !ffi.slice(0, place).some((other) => areTwins(arm, other))
  );
  const lines = builtinsOf(cases).map(({ task, builtin, sweep, size }) => {
    /** What a task costs at that size, in the first arm that measured it among those asked. */
    const costOf = (id: string, isAsked: (arm: Arm) => boolean) =>
      cases.filter(({ case: one, arm }) =>
        one.task === id && one.params[sweep] === size && isAsked(arm)
      ).map((own) => costs.get(keyOf(own.case))).find((cost) => cost !== undefined);
    const cells = columns.map((column) =>
      cell(
        costOf(task, (arm) => arm === column),
        costOf(builtin, (arm) => sameBinary(arm, column)),
      )
    );
    return row([`\`${task}\` of ${formatCount(size)} ${sweep}`, ...cells]);
  });
  return [
    row(['', ...columns.map(runtimeTitle)]),
    row(['---', ...columns.map(() => '--:')]),
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
