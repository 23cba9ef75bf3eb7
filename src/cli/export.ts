/** `ffi-bench export`: a document in the format that another tool reads. */
import { Command, Option } from 'commander';
import { exporters, type ExportFormat } from '../report/export/exporters.ts';
import { openSingle } from '../analysis/open.ts';
import { exitCodes } from '../usage/errors.ts';
import { type OutputFlags, putText } from './output.ts';

interface ExportFlags extends OutputFlags {
  to: ExportFormat;
}

const formats = Object.entries(exporters)
  .map(([name, { says }]) => `  ${name.padEnd(25)}${says}`).join('\n');

const help = `
Formats:
${formats}

Examples:
  ffi-bench export run.json --to csv --out run.csv
  ffi-bench export run.json --to benchstat > run.txt
        then: benchstat -col /arm run.txt
  ffi-bench export run.json --to pyperf > p.json
        then: python3 -m pyperf stats p.json

What is exported is the cost of each launch: the median of its batches on a free
core. Times are in ns, except for pyperf, which takes seconds. Cases without a
cost stand in markdown and CSV only, with the reason.`;

/** The command. */
export function exportCommand(setExit: (code: number) => void): Command {
  return new Command('export')
    .description('Write a result document in the format that another tool reads.')
    .argument('<FILE>', 'a document that "ffi-bench run" wrote')
    .addOption(
      new Option('--to <FORMAT>', 'the format, one of those below').choices(Object.keys(exporters))
        .makeOptionMandatory(),
    )
    .option('--out <FILE>', 'the file; without it, the text goes to stdout')
    .option('--force', 'overwrite the file')
    .addHelpText('after', help)
    .action((file: string, flags: ExportFlags) => {
      const document = openSingle(file, 'an export');
      putText(exporters[flags.to].render(document), flags);
      setExit(exitCodes.good);
    });
}
