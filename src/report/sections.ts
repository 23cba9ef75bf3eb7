/**
 * The sections of a report, as text for the terminal and as markdown: heading and table first, then
 * what the document concludes, and last the block of answers.
 */
import Table from 'cli-table3';
import pc from 'picocolors';
import type { Document } from '../results/schema.ts';
import { type Finding, type Grid, isEmpty } from './words/finding.ts';
import { type FindingName, findings } from './words/findings.ts';
import { plainText, wrap } from './plain_text.ts';
import { frame } from './frame.ts';
import { headingLines } from './words/heading.ts';
import { nothingFound } from './words/findings.ts';
import { escapeMarkdown, markdownComparison, markdownHeading, tableLine } from './markdown.ts';
import type { Grouping } from './model.ts';
import { renderTable } from './table.ts';
import { summaryLines } from './words/summary.ts';

/** Name of a section. */
export type SectionName = 'heading' | 'table' | FindingName | 'summary';

/** All sections in the order in which they are shown. */
export const sectionNames: readonly SectionName[] = [
  'heading',
  'table',
  ...Object.keys(findings) as FindingName[],
  'summary',
];

/** How sections are drawn; `width` is in columns, `level` that of titles in markdown. */
export interface SectionOptions {
  readonly width?: number;
  readonly colour?: boolean;
  readonly by?: Grouping;
  readonly level?: number;
}

/** Sections as text, ending in a newline; those that the document has nothing for are left out. */
export function renderSections(
  document: Document,
  names: readonly SectionName[],
  options: SectionOptions = {},
): string {
  const { width = 100 } = options;
  const parts = names.flatMap((name): string[] => {
    if (name === 'heading') {
      return [headingLines(document).flatMap((line) => wrap(line, width, '  ')).join('\n')];
    }
    if (name === 'table') return [renderTable(document, options).trimEnd()];
    if (name === 'summary') return summaryText(document, options.colour === true);
    const finding = findings[name](document);
    return isEmpty(finding) ? [] : [textLines(finding, width).join('\n')];
  });
  return `${parts.join('\n\n')}\n`;
}

/** The same as GitHub markdown. */
export function renderSectionsMarkdown(
  document: Document,
  names: readonly SectionName[],
  { by, level = 2 }: SectionOptions = {},
): string {
  const parts = names.flatMap((name): string[] => {
    if (name === 'heading') return [markdownHeading(document).join('\n')];
    if (name === 'table') return [markdownComparison(document, by ? { by } : {}).join('\n')];
    if (name === 'summary') {
      return summaryText(document).map((text) => `\`\`\`text\n${text}\n\`\`\``);
    }
    const finding = findings[name](document);
    return isEmpty(finding) ? [] : [markdownLines(finding, level).join('\n')];
  });
  return `${parts.join('\n\n')}\n`;
}

/** The block of answers, its titles bold; nothing where the run answers nothing. */
function summaryText(document: Document, colour = false): string[] {
  const { bold } = pc.createColors(colour);
  const lines = summaryLines(document);
  return lines.length === 0
    ? []
    : [lines.map((line) => line.startsWith(' ') ? line : bold(line)).join('\n')];
}

/** What is said where a document has nothing for the sections that were asked for. */
export function emptySentence(document: Document, names: readonly SectionName[]): string | null {
  const empty = names.every((name) =>
    name === 'summary'
      ? summaryLines(document).length === 0
      : name !== 'heading' && name !== 'table' && isEmpty(findings[name](document))
  );
  return empty ? nothingFound(document, names) : null;
}

function textLines({ title, says, groups, grids }: Finding, width: number): string[] {
  return [
    title,
    ...wrap(says, width - 2).map((line) => `  ${line}`),
    ...groups.flatMap((group) => [
      ...(group.title === '' ? [] : [
        '',
        ...wrap(plainText(group.title), width - 2, '  ').map((line) => `  ${line}`),
      ]),
      ...group.sentences.flatMap((sentence) => wrap(plainText(sentence), width - 4, '  '))
        .map((line) => `    ${line}`),
    ]),
    ...grids.flatMap((grid) => ['', gridText(grid)]),
  ];
}

function gridText({ head, rows }: Grid): string {
  const table = new Table({
    head: head.map(plainText),
    style: { head: [], border: [], compact: true, 'padding-left': 1, 'padding-right': 0 },
    colAligns: head.map((_, index) => index === 0 ? 'left' : 'right'),
    chars: frame,
  });
  for (const cells of rows) table.push(cells.map(plainText));
  return table.toString().split('\n').map((line) => ` ${line}`.trimEnd()).join('\n');
}

function markdownLines({ title, says, groups, grids }: Finding, level: number): string[] {
  const hashes = '#'.repeat(level);
  return [
    `${hashes} ${title}`,
    '',
    escapeMarkdown(says),
    ...groups.flatMap((group) => [
      '',
      ...(group.title === '' ? [] : [`${hashes}# ${escapeMarkdown(group.title)}`, '']),
      ...group.sentences.map((sentence) => `- ${escapeMarkdown(sentence)}`),
    ]),
    ...grids.flatMap(({ head, rows }) => [
      '',
      tableLine(head.map(escapeMarkdown)),
      tableLine(head.map((_, index) => index === 0 ? '---' : '--:')),
      ...rows.map((cells) => tableLine(cells.map(escapeMarkdown))),
    ]),
  ];
}
