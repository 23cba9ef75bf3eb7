/**
 * The comparison as a table for the terminal: tasks down, lanes across. Plain text where there is
 * no colour; every sign is readable without it.
 */
import Table from 'cli-table3';
import pc from 'picocolors';
import type { Document } from '../results/schema.ts';
import { formatNs, formatRatio, formatSpread } from './words/numbers.ts';
import { plainText, wrap } from './plain_text.ts';
import { frame } from './frame.ts';
import { legendLines } from './words/legend.ts';
import {
  type Cell,
  type CellRatio,
  type EmptyCell,
  type Grouping,
  isFilled,
  type ReportModel,
  reportModel,
  type ReportRow,
} from './model.ts';
import { verdictSigns } from './words/verdicts.ts';
import { noteText } from './words/notes.ts';
import { qualitySigns } from './words/quality.ts';

/** How a table is drawn. `width` is in columns of the terminal. */
export interface TableOptions {
  readonly width?: number;
  readonly colour?: boolean;
  readonly by?: Grouping;
}

type Colours = ReturnType<typeof pc.createColors>;

/** Narrowest terminal that is drawn for. */
const leastWidth = 60;

/**
 * The comparison table of a document with its notes and its legend, ending in a newline. Groups
 * that do not fit beside each other are drawn below each other.
 */
export function renderTable(document: Document, options: TableOptions = {}): string {
  const { width = 100, colour = false, by = 'mechanism' } = options;
  const colours = pc.createColors(colour);
  const model = reportModel(document, by);
  const columns = Math.max(leastWidth, width);
  const tables = splitColumns(model, columns).map((some) => drawTable(model, some, colours));
  const legend = legendLines(model).flatMap((line) => wrap(line, columns, '  '));
  return [
    tables.join('\n\n'),
    ...section(model.notes.flatMap((note) => wrap(noteText(note), columns, '  '))),
    ...section(legend.map((line) => colours.dim(line))),
  ].join('\n') + '\n';
}

/** The lines of one cell: cost, then spread and ratio, then slow launches. */
export function cellLines(cell: Cell, colours: Colours = pc.createColors(false)): string[] {
  if (!isFilled(cell)) return [emptyText(cell.state, colours)];
  const sign = qualitySigns[cell.quality.name];
  const cost = formatNs(cell.costNs);
  if (cell.state === 'folded') return [colours.dim(cost), colours.dim('folded')];
  const spread = formatSpread(cell.spread);
  const parts = [
    ...spread === '' ? [] : [colours.dim(spread)],
    ...cell.ratio ? [ratioText(cell.ratio, colours)] : [],
  ];
  const lines = [
    `${colours.bold(cost)}${sign === '' ? '' : ` ${colours.yellow(sign)}`}`,
    ...parts.length > 0 ? [parts.join(' ')] : [],
  ];
  if (cell.slow > 0) lines.push(colours.yellow(`${cell.slow}/${cell.launches} slow`));
  return lines;
}

/** What stands in a cell without figures. */
const stateTexts = { unsupported: '–', not_run: 'not run', no_cost: 'no cost' } as const;

function emptyText(state: EmptyCell['state'], colours: Colours): string {
  if (state === 'failed') return colours.red('failed');
  if (state === 'absent') return '';
  return colours.dim(stateTexts[state]);
}

function ratioText({ value, verdict }: CellRatio, colours: Colours): string {
  const text = `${verdictSigns[verdict]}${formatRatio(value)}`;
  if (verdict === 'faster') return colours.green(text);
  return verdict === 'slower' ? colours.red(text) : text;
}

/**
 * Places of columns packed into tables that fit the width, as many in one as go. A group is cut
 * only where it fits in no table whole.
 */
function splitColumns(model: ReportModel, width: number): number[][] {
  const nameWidth = Math.max(...model.rows.map((row) => row.name.length), 4) + 1;
  const room = width - nameWidth;
  const tables: number[][] = [];
  let left = 0;
  let index = 0;
  for (const { arms } of model.groups) {
    const widths = arms.map(({ label }, place) => columnWidth(model, index + place, label));
    const whole = widths.reduce((sum, own) => sum + own, 0);
    if (whole > left && whole <= room) left = 0;
    for (const needed of widths) {
      if (needed > left) {
        tables.push([]);
        left = room;
      }
      left -= needed;
      tables.at(-1)!.push(index++);
    }
  }
  return tables;
}

function columnWidth(model: ReportModel, index: number, title: string): number {
  const lines = model.rows.flatMap((row) => cellLines(row.cells[index]!));
  return Math.max(title.length, ...lines.map((line) => line.length)) + 1;
}

function drawTable(model: ReportModel, indexes: readonly number[], colours: Colours): string {
  const arms = model.groups.flatMap((group) => group.arms);
  const table = new Table({
    head: ['task', ...indexes.map((index) => plainText(arms[index]!.label))]
      .map((title) => colours.bold(title)),
    style: { head: [], border: [], 'padding-left': 1, 'padding-right': 0, compact: true },
    colAligns: ['left', ...indexes.map(() => 'right' as const)],
    chars: frame,
  });
  for (const row of model.rows) table.push(drawRow(row, indexes, colours));
  return table.toString().split('\n').map((line) => line.trimEnd()).join('\n');
}

function drawRow(row: ReportRow, indexes: readonly number[], colours: Colours): string[] {
  const cells = indexes.map((index) => cellLines(row.cells[index]!, colours).join('\n'));
  return [plainText(row.name), ...cells];
}

function section(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}
