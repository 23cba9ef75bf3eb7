/**
 * Two runs compared, as text for the terminal and as markdown: what changed first, then what could
 * not be told, then what cannot be compared.
 */
import pc from 'picocolors';
import type { Change, Comparison } from '../analysis/comparison.ts';
import {
  changeReason,
  changeText,
  countedText,
  remarkSentences,
  summarySentence,
} from './words/changes.ts';
import { formatNs } from './words/numbers.ts';
import { verdictSigns } from './words/verdicts.ts';
import { plainText, wrap } from './plain_text.ts';
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
    return change.because === null ? told : `${told}  ${colours.dim(changeReason(change))}`;
  });
  const remarks = remarkSentences(comparison).flatMap((line) => wrap(plainText(line), width, '  '));
  const counted = countedLines(comparison);
  return [
    summarySentence(comparison),
    '',
    ...lines,
    ...(counted.length > 0 ? ['', ...counted] : []),
    '',
    ...remarks,
  ].join('\n') + '\n';
}

/** The comparison as GitHub markdown, ending in a newline. */
export function renderComparisonMarkdown(comparison: Comparison): string {
  const rows = byVerdict(comparison.changes).map((change) => {
    const [name, times, percent, interval] = changeCells(change).map(escapeMarkdown);
    const because = escapeMarkdown(changeReason(change));
    return `| ${
      verdictSigns[change.verdict]
    } | ${name} | ${times} | ${percent} | ${interval} | ${because} |`;
  });
  return [
    summarySentence(comparison),
    '',
    '| | case | old → new | change | 95 % interval | |',
    '| --- | --- | --: | --: | --: | --- |',
    ...rows,
    '',
    ...countedLines(comparison).map((line) => `- ${escapeMarkdown(line)}`),
    ...remarkSentences(comparison).map((line) => `- ${escapeMarkdown(line)}`),
  ].join('\n') + '\n';
}

const ranks = { slower: 0, faster: 1, not_resolved: 2, not_tested: 3 } as const;

/** Slower first, each group by the size of the change. */
function byVerdict(changes: readonly Change[]): Change[] {
  return changes.toSorted((a, b) =>
    ranks[a.verdict] - ranks[b.verdict] ||
    Math.abs(Math.log(b.ratio.value)) - Math.abs(Math.log(a.ratio.value))
  );
}

/** One line for each case that executes more or fewer instructions than before. */
function countedLines({ counted }: Comparison): string[] {
  const moved = counted.filter(({ instructions: { verdict } }) =>
    verdict === 'more' || verdict === 'fewer'
  );
  const width = Math.max(0, ...moved.map((one) => `${one.case} ${one.arm}`.length));
  return moved.map((one) =>
    `${signs[one.instructions.verdict as 'more' | 'fewer']} ${
      plainText(`${one.case} ${one.arm}`).padEnd(width)
    }  ${countedText(one)}`
  );
}

const signs = { more: '▲', fewer: '▼' } as const;

function changeCells(change: Change): [string, string, string, string] {
  const { value, low, high } = change.ratio;
  const interval = low === null || high === null ? '' : `${changeText(low)} to ${changeText(high)}`;
  return [
    plainText(`${change.case} ${change.arm}`),
    `${formatNs(change.old_ns)} → ${formatNs(change.new_ns)}`,
    changeText(value),
    interval,
  ];
}

function sign({ verdict }: Change, colours: Colours): string {
  const text = verdictSigns[verdict];
  if (verdict === 'slower') return colours.red(text);
  return verdict === 'faster' ? colours.green(text) : text;
}
