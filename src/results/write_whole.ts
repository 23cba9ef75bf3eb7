/**
 * Writes files whole or not at all, piece by piece, so that the text of a large document is never
 * in memory at once.
 */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';
import { InputError } from './input_error.ts';
import { isCompressed } from './read_text_file.ts';
import { writing } from './write_error.ts';

/** Throws InputError where a file exists and may not be overwritten. */
export function refuseExisting(path: string, force: boolean | undefined): void {
  if (force || !existsSync(path)) return;
  throw new InputError(`${path} exists already; --force overwrites it.`);
}

/**
 * Writes a text by a temporary file and a rename, compressed where its name ends in .gz. Throws
 * InputError where the file exists and `force` is not set, and WriteError where the system refuses;
 * then the file is as it was before.
 */
export function writeWhole(
  path: string,
  text: Iterable<string>,
  options: { readonly force?: boolean } = {},
): void {
  refuseExisting(path, options.force);
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    writing(path, () => {
      writePieces(temporary, isCompressed(path) ? [gzipSync([...text].join(''))] : text);
      refuseExisting(path, options.force);
      renameSync(temporary, path);
    });
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Text that is gathered before it is written, in characters. */
const stretchChars = 1 << 16;

function writePieces(path: string, pieces: Iterable<string | Uint8Array>): void {
  const descriptor = openSync(path, 'wx');
  try {
    let stretch = '';
    const write = (bytes: Uint8Array) => {
      for (let written = 0; written < bytes.length;) {
        written += writeSync(descriptor, bytes, written);
      }
    };
    for (const piece of pieces) {
      if (typeof piece !== 'string') {
        write(piece);
        continue;
      }
      stretch += piece;
      if (stretch.length <= stretchChars) continue;
      write(Buffer.from(stretch));
      stretch = '';
    }
    write(Buffer.from(stretch));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Pieces of a text, and a newline at its end. */
export function* withNewline(pieces: Iterable<string>): Generator<string> {
  yield* pieces;
  yield '\n';
}

/**
 * JSON in pieces. Objects and lists are opened down to a depth; the items of a list that lies on
 * one of the last two levels stand on one line each.
 */
export function* jsonPieces(value: unknown, depth: number, indent = ''): Generator<string> {
  const inner = `${indent}  `;
  if (Array.isArray(value) && value.length > 0) {
    for (const [index, item] of value.entries()) {
      yield `${index === 0 ? '[' : ','}\n${inner}`;
      if (depth < 2) yield JSON.stringify(item);
      else yield* jsonPieces(item, depth - 1, inner);
    }
    yield `\n${indent}]`;
  } else if (depth === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) {
    yield JSON.stringify(value);
  } else {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    for (const [index, [key, field]] of fields.entries()) {
      yield `${index === 0 ? '{' : ','}\n${inner}${JSON.stringify(key)}: `;
      yield* jsonPieces(field, depth - 1, inner);
    }
    yield fields.length === 0 ? `{\n\n${indent}}` : `\n${indent}}`;
  }
}
