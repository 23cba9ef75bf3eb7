/** Where a run writes, found to be writable before anything is measured. */
import { accessSync, constants, existsSync, mkdirSync, readdirSync } from 'node:fs';
import os from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { usageError } from '../runner/errors.ts';

/** The folder of documents that nobody named; ignored by git. */
function runFolder(checkout: string): string {
  return join(checkout, '.ffi-bench', 'runs');
}

/** Where the document of a run that nobody named goes: by time and machine. */
export function defaultOutput(checkout: string, now: Date): string {
  const time = now.toISOString().slice(0, 19).replaceAll(':', '-');
  const host = os.hostname().replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 40) || 'machine';
  return join(runFolder(checkout), `${time}-${host}.json`);
}

/** The journal that lies beside a document. */
export function journalOf(document: string): string {
  return document.replace(/(\.json)?$/, '.journal.ndjson');
}

/** The page that lies beside a document. */
export function pageOf(document: string): string {
  return document.replace(/(\.json)?$/, '.html');
}

/**
 * Makes sure that a document can be written: its folder is there and writable, and nothing would be
 * overwritten that was not meant to be.
 */
export function claimOutput(path: string, options: { force: boolean; resume: boolean }): string {
  const file = resolve(path);
  const folder = dirname(file);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw usageError(
      `The folder ${folder} cannot be written to (${(error as Error).message.split(',')[0]}): ` +
        'name another with --out FILE.',
    );
  }
  if (existsSync(file) && !options.force) {
    throw usageError(`${file} exists already: give --force to overwrite it, or another --out.`);
  }
  if (options.resume && !existsSync(journalOf(file))) {
    throw usageError(`There is no journal ${journalOf(file)} to resume.`);
  }
  if (!options.resume && !options.force && existsSync(journalOf(file))) {
    throw usageError(
      `${
        journalOf(file)
      } is of a run that did not end: give --resume to go on with it, or --force ` +
        'to start anew.',
    );
  }
  return file;
}

/** The document whose journal was written last, to be resumed when nobody says which. */
export function lastUnfinished(checkout: string): string {
  const folder = runFolder(checkout);
  const journals = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.endsWith('.journal.ndjson')).sort()
    : [];
  const last = journals.at(-1);
  if (last === undefined) throw usageError('There is no unfinished run to resume.');
  return join(folder, last.replace('.journal.ndjson', '.json'));
}
