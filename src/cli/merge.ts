/** `ffi-bench merge`: documents of several machines or versions set beside each other. */
import { Command } from 'commander';
import process from 'node:process';
import { renderMembers } from '../report/members.ts';
import { renderMerged } from '../report/merged.ts';
import { openResults } from '../analysis/open.ts';
import { writeMerged } from '../results/merged_document.ts';
import { exitCodes, usageError } from '../usage/errors.ts';
import type { OutputFlags } from './output.ts';
import { claimFolder } from './paths.ts';
import { screen } from './screen.ts';

interface MergeFlags extends OutputFlags {
  table?: boolean;
}

const help = `
Nothing is mixed: each document is kept whole under the name of its machine.
What the machines disagree on comes first, then what each answers. --table adds
a line per case and machine. Fields that must agree for such a comparison, such
as the commit of the tool, are named where they do not.

Examples:
  ffi-bench merge linux.json macos.json windows.json --out all.json
  ffi-bench report all.json                     the same again
  ffi-bench report all.json --html all.html     as pages
  ffi-bench compare all-before.json all.json    machine by machine`;

/** The command. */
export function mergeCommand(setExit: (code: number) => void): Command {
  return new Command('merge')
    .description('Set documents of several machines or versions beside each other.')
    .argument('<FILES...>', 'two documents or more; merged ones count as what they hold')
    .option('--out <FILE>', 'write the merged document; without it, it is only shown')
    .option('--table', 'show every cost too')
    .option('--force', 'overwrite the merged document')
    .addHelpText('after', help)
    .action((files: string[], flags: MergeFlags) => setExit(merge(files, flags)));
}

function merge(
  files: readonly string[],
  { out, force = false, table = false }: MergeFlags,
): number {
  const result = openResults(files);
  if (result.kind === 'document') {
    throw usageError(`${files[0]} holds one run: name two documents or more to merge.`);
  }
  const { merged, members } = result;
  const { width } = screen();
  process.stdout.write(renderMembers(members, width));
  if (table) process.stdout.write(`\n${renderMerged(merged, width)}`);
  if (out !== undefined) {
    const path = claimFolder(out);
    writeMerged(path, merged, { force });
    process.stderr.write(`The merged document: ${path}\n`);
  }
  return exitCodes.good;
}
