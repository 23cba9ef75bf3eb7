/**
 * The comparison as GitHub markdown: a table, its notes and its legend.
 */
import type { Document } from '../results/schema.ts';
import { formatNs, formatRatio, formatSpread } from './words/numbers.ts';
import { plainText } from './plain_text.ts';
import { headingLines } from './words/heading.ts';
import { legendLines } from './words/legend.ts';
import { type Cell, type Grouping, isFilled, reportModel } from './model.ts';
import { verdictSigns } from './words/verdicts.ts';
import { noteText } from './words/notes.ts';
import { qualitySigns } from './words/quality.ts';

/** How a markdown table is drawn. */
export interface MarkdownOptions {
  readonly by?: Grouping;
}

/** The comparison of a document as markdown, ending in a newline. Every label is escaped. */
export function renderMarkdown(document: Document, options: MarkdownOptions = {}): string {
  const lines = [...markdownHeading(document), '', ...markdownComparison(document, options)];
  return `${lines.join('\n')}\n`;
}

/** What a reader must know before the first number, as lines of markdown. */
export function markdownHeading(document: Document): string[] {
  return headingLines(document).map((line) => `${escapeMarkdown(line)}<br>`);
}

/** The comparison table with its notes and its legend, as lines of markdown. */
export function markdownComparison(document: Document, options: MarkdownOptions = {}): string[] {
  const model = reportModel(document, options.by);
  const titles = model.groups.flatMap((group) => group.arms.map((arm) => arm.label));
  return [
    tableLine(['task', ...titles.map(escapeMarkdown)]),
    tableLine(['---', ...titles.map(() => '--:')]),
    ...model.rows.map((row) =>
      tableLine([
        `\`${plainText(row.name).replaceAll('`', "'").replaceAll('|', '\\|')}\``,
        ...row.cells.map(markdownCell),
      ])
    ),
    '',
    ...model.notes.map((note) => `${escapeMarkdown(noteText(note))}<br>`),
    '',
    ...legendLines(model).map((line) => `- ${escapeMarkdown(line)}`),
  ];
}

/** Text in which neither markdown nor HTML finds anything to obey. */
export function escapeMarkdown(text: string): string {
  return plainText(text)
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    .replaceAll('@', '&#64;').replace(/[\\`*_[\]|~]/g, '\\$&');
}

/** One line of a table; its cells are markdown already. */
export function tableLine(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function markdownCell(cell: Cell): string {
  if (!isFilled(cell)) {
    const words = {
      ...{ absent: '', unsupported: '–', failed: '**failed**' },
      ...{ not_run: 'not run', no_cost: 'no cost' },
    };
    return words[cell.state];
  }
  const cost = formatNs(cell.costNs).replace('<', '&lt;');
  if (cell.state === 'folded') return `${cost}<br>folded`;
  const spread = formatSpread(cell.spread).replace('~', '\\~').replace('>', '&gt;');
  const second = [spread, ratioText(cell)].filter((part) => part !== '').join(' ');
  const sign = qualitySigns[cell.quality.name];
  const lines = [`**${cost}**${sign === '' ? '' : ` ${sign}`}`, ...second === '' ? [] : [second]];
  if (cell.slow > 0) lines.push(`${cell.slow}/${cell.launches} slow`);
  return lines.join('<br>');
}

function ratioText({ ratio }: Extract<Cell, { state: 'measured' | 'folded' }>): string {
  if (!ratio) return '';
  return `${verdictSigns[ratio.verdict]}${formatRatio(ratio.value).replace('<', '&lt;')}`;
}
