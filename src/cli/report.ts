/** `ffi-bench report`: a document as sections of text or markdown, and whether its figures hold. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { basename, join, parse, resolve } from 'node:path';
import process from 'node:process';
import { plainText } from '../report/plain_text.ts';
import { escapeMarkdown } from '../report/markdown.ts';
import { renderMembers } from '../report/members.ts';
import { renderMerged } from '../report/merged.ts';
import {
  emptySentence,
  renderSections,
  renderSectionsMarkdown,
  type SectionName,
  sectionNames,
} from '../report/sections.ts';
import { checkedSentence } from '../report/words/doubts.ts';
import { recompute } from '../analysis/recompute.ts';
import { type Member, openResults, type Result } from '../analysis/open.ts';
import { exitCodes, usageError } from '../usage/errors.ts';
import { unknownName } from '../usage/nearest.ts';
import { writeMergedPage, writePage } from './page.ts';
import { screen } from './screen.ts';
import { shownSections } from './shown_sections.ts';

interface ReportFlags {
  format: 'table' | 'markdown';
  by: 'runtime' | 'mechanism';
  table?: boolean;
  section?: SectionName[];
  check?: boolean;
  html?: string;
}

const help = `
Without --table and --section a report is the block of answers alone.

Sections, in the order in which they are shown:
  heading          the machine, the runtimes and the library
  table            cost, spread and ratio of every case, with notes and a legend
  foreign          how much of a function's cost is the crossing, after "call"
  answers          a sentence for each question, Q1 to Q7, and each runtime
  break-even       from what size native code pays
  cost-models      fixed cost and cost per unit, of tasks of several sizes
  prices           what each type of argument and result adds to an empty call
  instructions     instructions of every call by whose code they are
  recommendations  the fastest way of each job
  summary          the block of answers
  all              all of these

Examples:
  ffi-bench report run.json                the answers, in 24 lines
  ffi-bench report run.json --table        every cost, then the answers
  ffi-bench report run.json --section answers --section recommendations
  ffi-bench report run.json --format markdown > run.md
  ffi-bench report run.json --html run.html
  ffi-bench report linux.json macos.json   beside each other, as after "merge"
  ffi-bench report run.json --check`;

/** The command. */
export function reportCommand(setExit: (code: number) => void): Command {
  return new Command('report')
    .description('Show result documents: answers, table, prices and recommendations.')
    .argument('<FILE...>', 'documents written by "ffi-bench run" or "ffi-bench merge"')
    .addOption(
      new Option('--format <FORMAT>', 'output format').choices(['table', 'markdown']).default(
        'table',
      ),
    )
    .addOption(
      new Option('--by <ORDER>', 'how to group the lanes').choices(['runtime', 'mechanism'])
        .default('mechanism'),
    )
    .option('--table', 'show the comparison table too')
    .option(
      '--section <NAME>',
      'only this section, one of those below; repeatable',
      collectSection,
    )
    .option('--check', 'recompute every figure from the launches; exit 1 if one differs')
    .option(
      '--html <FILE>',
      'write the page as one self-contained HTML file and print nothing; for several runs, one ' +
        'for all, and one each with the machine in its name',
    )
    .addHelpText('after', help)
    .action(async (files: string[], flags: ReportFlags) =>
      setExit(
        flags.html === undefined ? report(files, flags) : await reportPages(files, flags.html),
      )
    );
}

function collectSection(text: string, before: readonly SectionName[] = []): SectionName[] {
  const names = text.split(',').flatMap((word) => {
    if (word === 'all') return sectionNames;
    const name = sectionNames.find((known) => known === word);
    if (name) return name;
    throw new InvalidArgumentError(unknownName('section', word, [...sectionNames, 'all']));
  });
  return [...before, ...names];
}

/** Writes the page of every run, and of several that which sets them beside each other. */
async function reportPages(files: readonly string[], html: string): Promise<number> {
  if (files.some((file) => resolve(html) === resolve(file))) {
    throw usageError(`--html ${html} would overwrite the document itself: name another file.`);
  }
  const { members } = openResults(files);
  for (const { label, document } of members) {
    const page = members.length === 1 ? html : pageOf(html, label);
    const name = members.length === 1 ? files[0]! : page.replace(/\.html$/, '') + '.json';
    await writePage(page, document, name);
    process.stderr.write(`The page: ${page}\n`);
  }
  if (members.length > 1) {
    await writeMergedPage(html, members, members.map(({ label }) => basename(pageOf(html, label))));
    process.stderr.write(`The page of all: ${html}\n`);
  }
  return exitCodes.good;
}

/** The page of one of several runs: `all.html` of the run "linux x64" is `all-linux-x64.html`. */
function pageOf(html: string, label: string): string {
  const { dir, name, ext } = parse(html);
  const word = label.toLowerCase().replaceAll(/[^a-z0-9.]+/g, '-').replace(/^-+|-+$/g, '');
  return join(dir, `${name}-${word}${ext}`);
}

function report(files: readonly string[], flags: ReportFlags): number {
  const result = openResults(files);
  if (flags.check) return checkFigures(files.join(', '), result);
  if (result.kind === 'merged' && flags.section === undefined && flags.format === 'table') {
    const { width } = screen();
    process.stdout.write(renderMembers(result.members, width));
    if (flags.table) process.stdout.write(`\n${renderMerged(result.merged, width)}`);
    return exitCodes.good;
  }
  process.stdout.write(
    result.members.map((member) => memberText(member, result, flags)).join('\n'),
  );
  return exitCodes.good;
}

/** The sections of one run, under the name of its machine where there are several. */
function memberText(
  { label, document }: Member,
  { kind }: Result,
  { format, by, table, section }: ReportFlags,
): string {
  const names = section === undefined
    ? format === 'markdown' ? sectionNames : shownSections(document, { table: table === true })
    : sectionNames.filter((name) => section.includes(name));
  const empty = emptySentence(document, names);
  if (empty !== null) process.stderr.write(`${plainText(empty)}\n`);
  if (format === 'table') {
    const text = empty === null ? renderSections(document, names, { ...screen(), by }) : '';
    return kind === 'merged' ? `${plainText(label)}\n\n${text}` : text;
  }
  const level = kind === 'merged' ? 3 : 2;
  const text = empty === null ? renderSectionsMarkdown(document, names, { by, level }) : '';
  return kind === 'merged' ? `## ${escapeMarkdown(label)}\n\n${text}` : text;
}

function checkFigures(file: string, { members }: Result): number {
  const differences = members.flatMap(({ document }, index) =>
    recompute(document).map((difference) => ({
      ...difference,
      place: members.length === 1 ? difference.place : `/members/${index}${difference.place}`,
    }))
  );
  for (const { place, stored, computed } of differences.slice(0, 20)) {
    process.stdout.write(`${place}: the document says ${stored}, its launches give ${computed}\n`);
  }
  const documents = members.map(({ document }) => document);
  process.stdout.write(`${checkedSentence(file, documents, differences.length)}\n`);
  return differences.length === 0 ? exitCodes.good : exitCodes.caseFailed;
}
