/** The cost of calls in each version: versions of runtimes down, tasks across, in markdown. */
import { rowsOf } from '../analysis/rows.ts';
import type { Document } from '../results/schema.ts';
import { formatNs, formatSpread } from './words/numbers.ts';
import { rangeText } from './words/instructions.ts';
import { freshBetween } from './marks.ts';
import { spreadOf } from './model.ts';

/** The table of a document whose arms are versions, in the order in which they were named. */
export function renderHistory(document: Document): string {
  const names = rowsOf(document).map(({ name }) => name);
  const figures = new Map(
    document.derived.cases.map((one) => [`${one.case} ${one.arm}`, one.cost_ns]),
  );
  const counts = new Map(
    document.cases.flatMap(({ case: name, arm, instructions }) =>
      instructions === null || instructions.reason !== null
        ? []
        : [[`${name} ${arm}`, rangeText(instructions.per_call)]]
    ),
  );
  const cell = (name: string, arm: string) => {
    const cost = figures.get(`${name} ${arm}`);
    if (!cost) return '–';
    const text = `${formatNs(cost.value)} ${formatSpread(spreadOf(cost))}`.trimEnd();
    const counted = counts.get(`${name} ${arm}`);
    return counted === undefined ? text : `${text}<br>${counted} instr.`;
  };
  const rows = document.arms.map(({ label, runtime, version }) =>
    row([`${runtime} ${version}`, ...names.map((name) => cell(name, label))])
  );
  return [
    row(['', ...names.map((name) => `\`${name}\``)]),
    row(['---', ...names.map(() => '--:')]),
    ...rows,
  ].join('\n');
}

/** A README with a fresh table between its marks; `read` gives the document that they name. */
export function freshHistory(readme: string, read: (file: string) => Document): string {
  return freshBetween(readme, 'history', (file) => renderHistory(read(file)));
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
