/**
 * Result documents on disk: read by their schema, in versions; written whole or not at all.
 */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { contentFaults, schemaFaults } from './check.ts';
import { InputError, shownValue } from './input_error.ts';
import { readTextFile } from './read_text_file.ts';
import { Document, schemaName } from './schema.ts';
import { writing } from './write_error.ts';

/** Turns a document of an older version, as parsed, into one of the next version. */
export type Upgrader = (old: Record<string, unknown>) => Record<string, unknown>;

/** Upgraders by the version they start from. Today's version needs none. */
export const upgraders: Readonly<Record<string, Upgrader>> = {};

/**
 * Reads a result document of any version that is known. Throws InputError with a sentence that
 * names the file, the place and the reason where it is absent, over 200 MB, cut off, not JSON, of
 * an unknown version, or not as its schema says.
 */
export function readDocument(path: string): Document {
  return parseDocument(readTextFile(path, 'document'), path);
}

/** As `readDocument`, of a text; `name` stands in messages. */
export function parseDocument(
  text: string,
  name: string,
  known: Readonly<Record<string, Upgrader>> = upgraders,
): Document {
  const value = upgraded(parseObject(text, name), name, known);
  const faults = schemaFaults(Document, value);
  if (faults.length === 0) faults.push(...contentFaults(value as Document));
  if (faults.length > 0) {
    throw new InputError(`${name} is not a valid ${schemaName} document. ${faults.join(' ')}`);
  }
  return value as Document;
}

/**
 * The text of a document: valid JSON with one launch, case or figure per line, so that versions of
 * it can be told apart by line. Ends with a newline.
 */
export function stringifyDocument(document: Document): string {
  return [...pieces(document, 2), '\n'].join('');
}

/**
 * Writes a document by a temporary file and a rename, so that no reader ever meets half of it.
 * Throws InputError where the file exists and `force` is not set, and Error where the document is
 * not valid, which is a bug.
 */
export function writeDocument(
  path: string,
  document: Document,
  options: { readonly force?: boolean } = {},
): void {
  refuseExisting(path, options.force);
  const faults = schemaFaults(Document, document);
  if (faults.length > 0) throw new Error(`The document would not be valid: ${faults.join(' ')}`);
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    writing(path, () => {
      writeWhole(temporary, document);
      refuseExisting(path, options.force);
      renameSync(temporary, path);
    });
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function refuseExisting(path: string, force: boolean | undefined): void {
  if (force || !existsSync(path)) return;
  throw new InputError(`${path} exists already; --force overwrites it.`);
}

/** Text that is gathered before it is written, in characters. */
const stretchChars = 1 << 20;

/** Writes a document piece by piece: the text of a large one is never in memory as a whole. */
function writeWhole(path: string, document: Document): void {
  const descriptor = openSync(path, 'wx');
  try {
    let stretch = '';
    const flush = () => {
      const bytes = Buffer.from(stretch);
      for (let written = 0; written < bytes.length;) {
        written += writeSync(descriptor, bytes, written);
      }
      stretch = '';
    };
    for (const piece of pieces(document, 2)) {
      stretch += piece;
      if (stretch.length > stretchChars) flush();
    }
    stretch += '\n';
    flush();
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function parseObject(text: string, name: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const start = text.trimStart();
    const cutOff = start.startsWith('{') && !text.trimEnd().endsWith('}');
    const what = start === '' ? 'is empty' : cutOff ? 'is cut off' : 'is not JSON';
    throw new InputError(`${name} ${what}: ${shownValue((error as Error).message)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError(`${name} is no result document: it holds ${shownValue(value)}.`);
  }
  return value as Record<string, unknown>;
}

function upgraded(
  value: Record<string, unknown>,
  name: string,
  known: Readonly<Record<string, Upgrader>>,
): Record<string, unknown> {
  let current = value;
  for (let step = 0; current.schema !== schemaName; step++) {
    const version = String(current.schema);
    if (!Object.hasOwn(known, version) || step > Object.keys(known).length) {
      const versions = [...Object.keys(known), schemaName].join(', ');
      throw new InputError(
        `${name}, /schema: ${shownValue(current.schema)} is not a version that is known here ` +
          `(${versions}); a newer ffi-bench may read it.`,
      );
    }
    current = known[version]!(current);
  }
  return current;
}

/** JSON with objects opened down to a depth and arrays with one item per line, in pieces. */
function* pieces(value: unknown, depth: number, indent = ''): Generator<string> {
  const inner = `${indent}  `;
  if (Array.isArray(value) && value.length > 0 && depth < 2) {
    for (const [index, item] of value.entries()) {
      yield `${index === 0 ? '[' : ','}\n${inner}${JSON.stringify(item)}`;
    }
    yield `\n${indent}]`;
  } else if (depth === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) {
    yield JSON.stringify(value);
  } else {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    for (const [index, [key, field]] of fields.entries()) {
      yield `${index === 0 ? '{' : ','}\n${inner}${JSON.stringify(key)}: `;
      yield* pieces(field, depth - 1, inner);
    }
    yield fields.length === 0 ? `{\n\n${indent}}` : `\n${indent}}`;
  }
}
