/**
 * The journal of a run on disk: one line of JSON per finished launch, written at once, so that an
 * interrupted run loses nothing but the launch under way.
 */
import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import type { TSchema } from 'typebox';
import type { JournalContent } from './assemble.ts';
import { launchFaults, schemaFaults } from './check.ts';
import { InputError } from './input_error.ts';
import { readTextFile } from './read_text_file.ts';
import {
  CaseLine,
  EndLine,
  type JournalLine,
  LaunchLine,
  NoteLine,
  RunLine,
  schemaName,
} from './schema.ts';

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
  const descriptor = openSync(path, options.resume ? 'r+' : 'wx');
  let position = 0;
  if (options.resume) {
    const text = readTextFile(path, 'journal');
    position = Buffer.byteLength(text.slice(0, text.lastIndexOf('\n') + 1));
    ftruncateSync(descriptor, position);
  }
  return {
    append(line) {
      const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
      let written = 0;
      while (written < bytes.length) {
        written += writeSync(
          descriptor,
          bytes,
          written,
          bytes.length - written,
          position + written,
        );
      }
      position += written;
      if (line.kind === 'run') fsyncSync(descriptor);
    },
    close() {
      fsyncSync(descriptor);
      closeSync(descriptor);
    },
  };
}

/**
 * Reads a journal. A last line without its newline was torn by a kill: it is dropped, and `torn` is
 * set. Throws InputError naming file, line and reason for any other bad line.
 */
export function readJournal(path: string): JournalContent {
  return parseJournal(readTextFile(path, 'journal'), path);
}

/** As `readJournal`, of a text; `name` stands in messages. */
export function parseJournal(text: string, name: string): JournalContent {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const lines = whole.split('\n').slice(0, -1)
    .map((line, index) => parseLine(line, `${name}, line ${index + 1}`));
  const [run, ...rest] = lines;
  if (run?.kind !== 'run') {
    throw new InputError(`${name} is not a journal: its first line does not describe a run.`);
  }
  const stray = rest.findIndex((line) => line.kind === 'run');
  if (stray >= 0) {
    throw new InputError(`${name}, line ${stray + 2}: a second run starts inside the journal.`);
  }
  return {
    run,
    launches: rest.filter((line) => line.kind === 'launch'),
    cases: rest.filter((line) => line.kind === 'case'),
    notes: rest.filter((line) => line.kind === 'note'),
    end: rest.findLast((line) => line.kind === 'end') ?? null,
    torn: whole.length < text.length,
  };
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
