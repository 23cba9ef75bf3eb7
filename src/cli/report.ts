/** `ffi-bench report`: a document as a table or as markdown, and whether its figures hold. */
import { Command, Option } from 'commander';
import process from 'node:process';
import { recompute } from '../results/derive.ts';
import { readDocument } from '../results/document.ts';
import { renderMarkdown } from '../report/markdown.ts';
import { renderTable } from '../report/table.ts';
import { exitCodes } from '../runner/errors.ts';
import { screen } from './screen.ts';

interface ReportFlags {
  format: 'table' | 'markdown';
  by: 'runtime' | 'mechanism';
  check?: boolean;
}

/** The command. */
export function reportCommand(setExit: (code: number) => void): Command {
  return new Command('report')
    .description('Show a result document.')
    .argument('<FILE>', 'a document that "ffi-bench run" wrote')
    .addOption(
      new Option('--format <FORMAT>', 'how').choices(['table', 'markdown']).default('table'),
    )
    .addOption(
      new Option('--by <ORDER>', 'which lanes stand together').choices(['runtime', 'mechanism'])
        .default('mechanism'),
    )
    .option('--check', 'recompute every derived figure from the raw part; exit 1 where one differs')
    .action((file: string, flags: ReportFlags) => setExit(report(file, flags)));
}

function report(file: string, { format, by, check }: ReportFlags): number {
  const document = readDocument(file);
  if (check) return checkFigures(file, recompute(document));
  const text = format === 'markdown'
    ? renderMarkdown(document, { by })
    : renderTable(document, { ...screen(), by });
  process.stdout.write(`${text}\n`);
  return exitCodes.good;
}

function checkFigures(file: string, differences: ReturnType<typeof recompute>): number {
  for (const { place, stored, computed } of differences.slice(0, 20)) {
    process.stdout.write(`${place}: the document says ${stored}, its launches give ${computed}\n`);
  }
  process.stdout.write(
    differences.length === 0
      ? `${file}: every derived figure follows from the launches.\n`
      : `${file}: ${differences.length} derived figures do not follow from the launches.\n`,
  );
  return differences.length === 0 ? exitCodes.good : exitCodes.caseFailed;
}
