/**
 * The journal of a run on disk: one line of JSON per finished launch, written at once, so that an
 * interrupted run loses nothing but the launch under way.
 */
import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import type { TSchema } from 'typebox';
import type { JournalContent } from './assemble.ts';
import { launchFaults, schemaFaults } from './check.ts';
import { InputError } from './input_error.ts';
import { endOfLastLine, type Line, readLines } from './read_lines.ts';
import { reasonOf } from './read_text_file.ts';
import {
  CaseLine,
  EndLine,
  type JournalLine,
  type Launch,
  LaunchLine,
  NoteLine,
  RunLine,
  schemaName,
} from './schema.ts';
import { writing } from './write_error.ts';

/** A journal that is open for writing. */
export interface Journal {
  /** Appends one line with its newline by one write. */
  append(line: JournalLine): void;
  /** Brings the lines to the disk and closes the file. */
  close(): void;
}

const lineSchemas: Record<JournalLine['kind'], TSchema> = {
  run: RunLine,
  launch: LaunchLine,
  case: CaseLine,
  note: NoteLine,
  end: EndLine,
};

/**
 * Opens a journal: a new one, or with `resume` an existing one, from which a torn last line is cut
 * off first. Throws the file system's error where it exists already, or does not.
 *
 * The first line and closing are followed by an fsync, launches are not: one write per line
 * survives a killed process, and flushing a disk would disturb the launch that follows. A power
 * failure may cost the last seconds.
 */
export function openJournal(path: string, options: { readonly resume?: boolean } = {}): Journal {
  const descriptor = writing(path, () => openSync(path, options.resume ? 'r+' : 'wx'));
  let position = 0;
  if (options.resume) {
    position = endOfLastLine(descriptor);
    writing(path, () => ftruncateSync(descriptor, position));
  }
  return {
    append(line) {
      const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
      try {
        writing(path, () => writeAt(descriptor, bytes, position));
      } catch (error) {
        cutBack(descriptor, position);
        throw error;
      }
      position += bytes.length;
      if (line.kind === 'run') writing(path, () => fsyncSync(descriptor));
    },
    close() {
      try {
        writing(path, () => fsyncSync(descriptor));
      } finally {
        closeSync(descriptor);
      }
    },
  };
}

function writeAt(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let written = 0; written < bytes.length;) {
    const left = bytes.length - written;
    written += writeSync(descriptor, bytes, written, left, position + written);
  }
}

/** Takes half a line away again, where the disk was full after it. */
function cutBack(descriptor: number, position: number): void {
  try {
    ftruncateSync(descriptor, position);
  } catch {
    // Then it is a torn last line, which readers drop.
  }
}

/**
 * Reads a journal. A last line without its newline was torn by a kill: it is dropped, and `torn` is
 * set. Throws InputError naming file, line and reason for any other bad line.
 */
export function readJournal(path: string): JournalContent {
  return collect((visit) => visitJournal(path, visit));
}

/** As `readJournal`, of a text; `name` stands in messages. */
export function parseJournal(text: string, name: string): JournalContent {
  return collect((visit) => visitLines(textLines(text), name, visit));
}

/** The first line of a journal, or null where it was torn: nothing was launched then. */
export function readJournalHead(path: string): RunLine | null {
  for (const { text, whole } of fileLines(path)) {
    if (!whole) return null;
    const line = parseLine(text, `${path}, line 1`);
    if (line.kind !== 'run') throw notAJournal(path);
    return line;
  }
  return null;
}

/**
 * Hands out the lines of a journal one by one, checked; returns whether the last was torn. Holds no
 * more than one of them, so that the length of a run does not matter.
 */
export function visitJournal(path: string, visit: (line: JournalLine) => void): boolean {
  return visitLines(fileLines(path), path, visit);
}

function collect(visitAll: (visit: (line: JournalLine) => void) => boolean): JournalContent {
  let run: RunLine | undefined;
  const launches: Launch[] = [];
  const cases: CaseLine[] = [];
  const notes: NoteLine[] = [];
  let end: EndLine | null = null;
  const torn = visitAll((line) => {
    if (line.kind === 'launch') launches.push(launchOf(line));
    else if (line.kind === 'case') cases.push(line);
    else if (line.kind === 'note') notes.push(line);
    else if (line.kind === 'end') end = line;
    else run = line;
  });
  return { run: run!, launches, cases, notes, end, torn };
}

/** A launch as documents have it. */
function launchOf({ kind: _, ...launch }: LaunchLine): Launch {
  return launch;
}

function visitLines(
  lines: Iterable<Line>,
  name: string,
  visit: (line: JournalLine) => void,
): boolean {
  let torn = false;
  let begun = false;
  const names = new Map<string, string>();
  const shared = (text: string) => names.get(text) ?? (names.set(text, text), text);
  for (const { text, number, whole } of lines) {
    torn = !whole;
    if (torn) break;
    const line = parseLine(text, `${name}, line ${number}`);
    if (!begun && line.kind !== 'run') throw notAJournal(name);
    if (begun && line.kind === 'run') {
      throw new InputError(`${name}, line ${number}: a second run starts inside the journal.`);
    }
    begun = true;
    // Each parsed line brings its own copies of names that a few hundred cases share.
    if (line.kind === 'launch') {
      Object.assign(line, { case: shared(line.case), arm: shared(line.arm) });
    }
    visit(line);
  }
  if (!begun) throw notAJournal(name);
  return torn;
}

function notAJournal(name: string): InputError {
  return new InputError(`${name} is not a journal: its first line does not describe a run.`);
}

/** Longest line of a journal, in bytes: the first one lists every case of the run. */
const longestLineBytes = 256 * 1024 * 1024;

/** The lines of a file; what goes wrong is an InputError. */
function* fileLines(path: string): Generator<Line> {
  let number = 0;
  try {
    for (const line of readLines(path, longestLineBytes)) {
      number = line.number;
      yield line;
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    if (error instanceof TypeError || error instanceof RangeError) {
      throw new InputError(`${path}, line ${number + 1} is no line of text in UTF-8.`);
    }
    throw new InputError(`The journal ${path} cannot be read: ${reasonOf(error)}`);
  }
}

function* textLines(text: string): Generator<Line> {
  const lines = text.split('\n');
  const rest = lines.pop()!;
  for (const [index, line] of lines.entries()) yield { text: line, number: index + 1, whole: true };
  if (rest !== '') yield { text: rest, number: lines.length + 1, whole: false };
}

function parseLine(text: string, place: string): JournalLine {
  let line: { kind?: unknown; schema?: unknown } | null;
  try {
    line = JSON.parse(text);
  } catch (error) {
    throw new InputError(`${place} is not JSON: ${(error as Error).message}`);
  }
  const kind = line?.kind;
  if (typeof kind !== 'string' || !Object.hasOwn(lineSchemas, kind)) {
    const kinds = Object.keys(lineSchemas).join(', ');
    throw new InputError(`${place} is no line of a journal: its kind is none of ${kinds}.`);
  }
  if (kind === 'run' && line?.schema !== schemaName) {
    throw new InputError(`${place} is of another version than ${schemaName}: run it anew.`);
  }
  const faults = schemaFaults(lineSchemas[kind as JournalLine['kind']], line);
  const known = line as JournalLine;
  if (faults.length === 0 && known.kind === 'launch') faults.push(...launchFaults(known));
  if (faults.length > 0) throw new InputError(`${place}: ${faults.join(' ')}`);
  return known;
}
