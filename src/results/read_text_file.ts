/**
 * Reads a text file that a user named, within a limit, with sentences for errors.
 */
import { readFileSync, statSync } from 'node:fs';
import { InputError } from './input_error.ts';

/** Largest journal or document that is read, in bytes. */
export const largestFileBytes = 200 * 1024 * 1024;

/**
 * The text of a file. `what` names it in messages ("document", "journal"). Throws InputError where
 * it is absent, a folder, over 200 MB, or not UTF-8.
 */
export function readTextFile(path: string, what: string): string {
  try {
    const { size } = statSync(path);
    if (size > largestFileBytes) {
      throw new InputError(
        `${path} has ${Math.round(size / 1024 / 1024)} MB; a ${what} has at most 200.`,
      );
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
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
  if (error instanceof TypeError) return 'it is not a text in UTF-8.';
  return message;
}
