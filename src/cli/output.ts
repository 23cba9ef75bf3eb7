/** Where a command's text goes: to the file that was named, or to stdout. */
import process from 'node:process';
import { writeWhole } from '../results/write_whole.ts';
import { claimFolder } from './paths.ts';

/** Flags of a command that can write a file. */
export interface OutputFlags {
  readonly out?: string;
  readonly force?: boolean;
}

/** Writes a text to `--out`, or to stdout where none is named. */
export function putText(text: string, { out, force = false }: OutputFlags): void {
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  const path = claimFolder(out);
  writeWhole(path, [text], { force });
  process.stderr.write(`Written: ${path}\n`);
}
