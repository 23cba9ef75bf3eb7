/** Where a run writes, found to be writable before anything is measured. */
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { documentFolder, isPackage } from '../boot/places.mjs';
import { openDocument } from '../analysis/open.ts';
import { readJournalHead } from '../results/journal.ts';
import { usageError } from '../usage/errors.ts';
import { makeFolder } from '../boot/folders.mjs';

/** Where documents go that are not named, for the help of a flag. */
export const defaultPlace = isPackage ? 'in the current folder' : 'under .ffi-bench/runs';

/** Where the document of a run goes without --out: by time and machine. */
export function defaultOutput(now: Date): string {
  const time = now.toISOString().slice(0, 19).replaceAll(':', '-');
  const host = os.hostname().replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 40) || 'machine';
  return join(documentFolder, `ffi-bench-${time}-${host}.json`);
}

/** The journal that lies beside a document. */
export function journalOf(document: string): string {
  return document.replace(/(\.json(\.gz)?)?$/, '.journal.ndjson');
}

/** The page that lies beside a document. */
export function pageOf(document: string): string {
  return document.replace(/(\.json(\.gz)?)?$/, '.html');
}

/** Makes sure that the folder of a document is there and can be written to. */
export function claimFolder(path: string): string {
  const file = resolve(path);
  const folder = dirname(file);
  try {
    makeFolder(folder);
    // Asking for permission is not enough: a super-user has it where nothing can be written.
    const trial = join(folder, `.ffi-bench-${process.pid}`);
    writeFileSync(trial, '');
    rmSync(trial);
  } catch (error) {
    throw usageError(
      `The folder ${folder} cannot be written to (${(error as Error).message.split(',')[0]}): ` +
        'name another with --out FILE.',
    );
  }
  return file;
}

/**
 * Makes sure that nothing is overwritten that was not meant to be, and that what is to be resumed
 * is there. Call it with the document's lock held.
 */
export function checkOutput(file: string, options: { force: boolean; resume: boolean }): void {
  const journal = journalOf(file);
  clearUnbegun(journal);
  if (options.resume && !existsSync(journal)) {
    throw usageError(`There is no journal ${journal} to resume.`);
  }
  if (options.resume && isOfJournal(file, journal)) return;
  if (existsSync(file) && !options.force) {
    throw usageError(`${file} exists already: give --force to overwrite it, or another --out.`);
  }
  if (!options.resume && !options.force && existsSync(journal)) {
    throw usageError(
      `${journal} is of a run that did not end: give --resume to go on with it, or --force ` +
        'to start anew.',
    );
  }
}

/** Whether a document is the finished one of a journal that a kill left behind. */
export function isOfJournal(file: string, journal: string): boolean {
  if (!existsSync(file)) return false;
  try {
    return openDocument(file).id === readJournalHead(journal)?.id;
  } catch {
    return false;
  }
}

/** Takes a journal away that was killed before its first line was whole: nothing was launched. */
function clearUnbegun(journal: string): void {
  if (existsSync(journal) && !isBegun(journal)) rmSync(journal);
}

function isBegun(journal: string): boolean {
  try {
    return readJournalHead(journal) !== null;
  } catch {
    // It is begun, or something else altogether: the reader of the file reports what is wrong.
    return true;
  }
}

/** The document whose journal was written last, to be resumed without --out. */
export function lastUnfinished(): string {
  const folder = documentFolder;
  const journals = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.endsWith('.journal.ndjson')).sort()
      .filter((name) => isBegun(join(folder, name)))
    : [];
  const last = journals.at(-1);
  if (last === undefined) throw usageError('There is no unfinished run to resume.');
  return join(folder, last.replace('.journal.ndjson', '.json'));
}
