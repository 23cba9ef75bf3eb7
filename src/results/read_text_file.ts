/**
 * Reads a text file that a user named, within a limit, with sentences for errors.
 */
import { readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { InputError } from './input_error.ts';

/** Largest journal or document that is read, in bytes. */
export const largestFileBytes = 200 * 1024 * 1024;

/** Whether a file is compressed by gzip, by its name: as `results/publish.json.gz`. */
export function isCompressed(path: string): boolean {
  return path.endsWith('.gz');
}

/**
 * The text of a file, which may be compressed. `what` names it in messages ("document", "journal").
 * Throws InputError where it is absent, a folder, over 200 MB, or not UTF-8.
 */
export function readTextFile(path: string, what: string): string {
  try {
    const { size } = statSync(path);
    if (size > largestFileBytes) {
      throw new InputError(
        `${path} has ${Math.round(size / 1024 / 1024)} MB; a ${what} has at most 200.`,
      );
    }
    const bytes = readFileSync(path);
    const text = isCompressed(path)
      ? gunzipSync(bytes, { maxOutputLength: largestFileBytes })
      : bytes;
    return new TextDecoder('utf-8', { fatal: true }).decode(text);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`The ${what} ${path} cannot be read: ${reasonOf(error)}`);
  }
}

/** Why a file cannot be read, as the end of a sentence. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file.';
  if (code === 'EISDIR') return 'it is a folder.';
  if (code === 'EACCES') return 'permission is denied.';
  if (code === 'ERR_BUFFER_TOO_LARGE') return 'unpacked, it has over 200 MB.';
  if (code?.startsWith('Z_')) return `it is not compressed by gzip (${message}).`;
  if (error instanceof TypeError) return 'it is not a text in UTF-8.';
  return message;
}
