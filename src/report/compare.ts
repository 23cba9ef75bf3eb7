/**
 * Two runs compared, as text for the terminal and as markdown: what changed first, then what could
 * not be told, then what cannot be compared.
 */
import pc from 'picocolors';
import type { Change, Comparison } from '../results/compare.ts';
import { formatNs, formatPercent, plainText, wrap } from './format.ts';
import { escapeMarkdown } from './markdown.ts';

/** How a comparison is drawn. `width` is in columns of the terminal. */
export interface CompareOptions {
  readonly width?: number;
  readonly colour?: boolean;
}

type Colours = ReturnType<typeof pc.createColors>;

/** The comparison as text, ending in a newline. */
export function renderComparison(comparison: Comparison, options: CompareOptions = {}): string {
  const { width = 100, colour = false } = options;
  const colours = pc.createColors(colour);
  const rows = byVerdict(comparison.changes).map(changeCells);
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(0, ...rows.map((row) => row[column]!.length))
  );
  const lines = byVerdict(comparison.changes).map((change, index) => {
    const [name, times, percent, interval] = rows[index]!.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)
    );
    const told = `${sign(change, colours)} ${name}  ${times}  ${percent}  ${interval}`;
    return change.because === null ? told : `${told}  ${colours.dim(change.because)}`;
  });
  const remarks = remarksOf(comparison).flatMap((line) => wrap(plainText(line), width, '  '));
  return [summaryOf(comparison), '', ...lines, '', ...remarks].join('\n') + '\n';
}

/** The comparison as GitHub markdown, ending in a newline. */
export function renderComparisonMarkdown(comparison: Comparison): string {
  const rows = byVerdict(comparison.changes).map((change) => {
    const [name, times, percent, interval] = changeCells(change).map(escapeMarkdown);
    const because = escapeMarkdown(change.because ?? '');
    return `| ${
      signs[change.verdict]
    } | ${name} | ${times} | ${percent} | ${interval} | ${because} |`;
  });
  return [
    summaryOf(comparison),
    '',
    '| | case | old → new | change | 95 % interval | |',
    '| --- | --- | --: | --: | --: | --- |',
    ...rows,
    '',
    ...remarksOf(comparison).map((line) => `- ${escapeMarkdown(line)}`),
  ].join('\n') + '\n';
}

const signs = { slower: '▲', faster: '▼', not_resolved: '=' } as const;
const ranks = { slower: 0, faster: 1, not_resolved: 2 } as const;

/** Slower first, each group by the size of the change. */
function byVerdict(changes: readonly Change[]): Change[] {
  return changes.toSorted((a, b) =>
    ranks[a.verdict] - ranks[b.verdict] ||
    Math.abs(Math.log(b.ratio.value)) - Math.abs(Math.log(a.ratio.value))
  );
}

function changeCells(change: Change): [string, string, string, string] {
  const { value, low, high } = change.ratio;
  const interval = low === null || high === null ? '' : `${signed(low)} to ${signed(high)}`;
  return [
    plainText(`${change.case} ${change.arm}`),
    `${formatNs(change.old_ns)} → ${formatNs(change.new_ns)}`,
    signed(value),
    interval,
  ];
}

/** A ratio as a change: `+5%`, `-0.4%`; in times from three on. */
function signed(ratio: number): string {
  if (ratio >= 3) return `×${ratio.toPrecision(3)}`;
  const share = Math.abs(ratio - 1);
  const text = share >= 0.995 ? `${(share * 100).toFixed(0)}%` : formatPercent(share);
  return `${ratio < 1 ? '-' : '+'}${text}`;
}

function sign({ verdict }: Change, colours: Colours): string {
  if (verdict === 'not_resolved') return signs[verdict];
  return (verdict === 'slower' ? colours.red : colours.green)(signs[verdict]);
}

function summaryOf({ changes, old_id, new_id }: Comparison): string {
  const count = (verdict: Change['verdict']) =>
    changes.filter((change) => change.verdict === verdict).length;
  return plainText(
    `${old_id} → ${new_id}: ${count('slower')} slower, ${count('faster')} faster, ` +
      `${count('not_resolved')} not resolved`,
  );
}

function remarksOf(comparison: Comparison): string[] {
  const { differs, added, gone, not_comparable: refused } = comparison;
  const reasons = Map.groupBy(refused, ({ reason }) => reason);
  const listed = (names: readonly { readonly case: string; readonly arm: string }[]) => {
    const first = names.slice(0, 6).map((name) => `${name.case} ${name.arm}`).join(', ');
    return names.length > 6 ? `${first} and ${names.length - 6} more` : first;
  };
  return [
    'Two runs at different times: unpaired, by rank sums (5 % false discoveries). A machine that ' +
    'was slower as a whole looks like a change of everything.',
    floorLine(comparison),
    ...differs.map((line) => `Differs: ${line}`),
    ...[...reasons].map(([reason, names]) => `Not comparable: ${reason} ${listed(names)}.`),
    ...(added.length > 0 ? [`New: ${listed(added)}.`] : []),
    ...(gone.length > 0 ? [`Gone: ${listed(gone)}.`] : []),
  ];
}

/** The noise floor, and which of its two sources it is from. */
function floorLine({ noise_floor: floor, noise_between: between }: Comparison): string {
  if (floor <= 1) return 'Neither run has A/A arms: there is no noise floor.';
  return between !== null && between.ratio >= floor
    ? `Noise floor: ${
      signed(floor)
    }, from what ${between.cases} cases moved by whose binaries are ` +
      'the same in both runs.'
    : `Noise floor: ${signed(floor)}, from A/A arms.`;
}
