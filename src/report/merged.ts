/**
 * Merged documents as a table: one line per case and machine, so that the machine is a column.
 */
import Table from 'cli-table3';
import { keyOf } from '../results/keys.ts';
import { rowsOf } from '../analysis/rows.ts';
import type { Merged } from '../results/merge.ts';
import { formatNs, formatSpread } from './words/numbers.ts';
import { plainText, wrap } from './plain_text.ts';
import { frame } from './frame.ts';
import { spreadOf } from './model.ts';
import { disagreementSentence } from './words/merged.ts';

/** The table in plain text with what the members disagree on, ending in a newline. */
export function renderMerged(merged: Merged, width = 100): string {
  const labels = merged.members.map(({ label }) => plainText(label));
  const figures = merged.members.map(({ document }) => {
    const costs = new Map(document.derived.cases.map((item) => [keyOf(item), item.cost_ns]));
    return new Map(
      document.cases.map((
        item,
      ) => [keyOf(item), { cost: costs.get(keyOf(item)), folded: item.folded }]),
    );
  });
  const cases = new Map(
    merged.members.flatMap(({ document }) => rowsOf(document).flatMap((row) => row.cases))
      .map(({ case: item }) => [keyOf(item), item]),
  );
  const table = new Table({
    head: ['task', 'arm', 'machine', 'cost', '±'],
    style: { head: [], border: [], compact: true, 'padding-left': 1, 'padding-right': 0 },
    colAligns: ['left', 'left', 'left', 'right', 'right'],
    chars: frame,
  });
  for (const [key, item] of cases) {
    for (const [index, label] of labels.entries()) {
      const { cost, folded } = figures[index]!.get(key) ?? {};
      if (!cost) continue;
      table.push([
        plainText(item.case),
        plainText(item.arm),
        label,
        formatNs(cost.value),
        folded ? 'folded' : formatSpread(spreadOf(cost)),
      ]);
    }
  }
  const remarks = merged.disagreements.flatMap((found) =>
    wrap(plainText(disagreementSentence(found, labels)), width, '  ')
  );
  return [table.toString().replaceAll(/ +$/gm, ''), ...remarks].join('\n') + '\n';
}
