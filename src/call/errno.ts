/** Reads errno after a call that failed, as a C program does, and says what it means. */
import { constants } from 'node:os';
import type { Word } from '../catalogue/words.ts';
import { isNull } from './values.ts';

/** Passes a result on; where it says that the call failed, errno is read before. */
export interface ErrnoReader {
  (result: unknown): unknown;
  /** The errno of the last failure, or `noErrno`. */
  last(): number;
}

/** What stands for the errno of a call that did not fail: no system has this number. */
export const noErrno = 0;

/**
 * A reader for results of one type. A signed integer fails where it is negative, an address where
 * it is null; a result of any other type tells nothing, so that errno is read after each call.
 */
export function errnoReader(result: Word, read: () => number): ErrnoReader {
  let code = noErrno;
  const readers: Record<ReturnType<typeof failureOf>, (value: unknown) => unknown> = {
    negative: (value) => {
      if ((value as number) < 0) code = read();
      return value;
    },
    null: (value) => {
      if (isNull(value)) code = read();
      return value;
    },
    unknown: (value) => {
      code = read();
      return value;
    },
  };
  return Object.assign(readers[failureOf(result)], {
    last() {
      const last = code;
      code = noErrno;
      return last;
    },
  });
}

/** How a result of a type says that the call failed. */
function failureOf(result: Word): 'negative' | 'null' | 'unknown' {
  if (result === 'pointer' || result === 'cstring') return 'null';
  return /^i\d+$/.test(String(result)) ? 'negative' : 'unknown';
}

/** As `errno 2 (ENOENT)`. */
export function sayErrno(code: number): string {
  if (code === noErrno) return 'no errno';
  const name = Object.entries(constants.errno).find(([, value]) => value === code)?.[0];
  return name === undefined ? `errno ${code}` : `errno ${code} (${name})`;
}
