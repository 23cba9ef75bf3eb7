/**
 * Reads a file line by line without ever holding more than a stretch of it, so that the journal of
 * a hundred thousand launches costs no more memory than its longest line.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const stretchBytes = 1 << 20;
const newline = 0x0a;

/** What the reader hands out. */
export interface Line {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** False for a last line that has no newline. */
  readonly whole: boolean;
}

/**
 * The lines of a file in order. Throws the file system's error, TypeError where a line is not
 * UTF-8, RangeError where one is longer than `longestBytes`.
 */
export function* readLines(path: string, longestBytes: number): Generator<Line> {
  const descriptor = openSync(path, 'r');
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    let rest = Buffer.alloc(0);
    let number = 0;
    for (;;) {
      const stretch = Buffer.allocUnsafe(stretchBytes);
      const length = readSync(descriptor, stretch, 0, stretchBytes, null);
      if (length === 0) break;
      let bytes = Buffer.concat([rest, stretch.subarray(0, length)]);
      for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline)) {
        yield { text: decoder.decode(bytes.subarray(0, end)), number: ++number, whole: true };
        bytes = bytes.subarray(end + 1);
      }
      rest = bytes;
      if (rest.length > longestBytes) throw new RangeError(`Line ${number + 1} does not end.`);
    }
    // A torn line may end inside a character.
    if (rest.length > 0) yield { text: rest.toString(), number: number + 1, whole: false };
  } finally {
    closeSync(descriptor);
  }
}

/** Where the last whole line of an open file ends, in bytes. */
export function endOfLastLine(descriptor: number): number {
  const stretch = Buffer.allocUnsafe(65536);
  for (let end = fstatSync(descriptor).size; end > 0;) {
    const start = Math.max(0, end - stretch.length);
    const length = readSync(descriptor, stretch, 0, end - start, start);
    const last = stretch.subarray(0, length).lastIndexOf(newline);
    if (last >= 0) return start + last + 1;
    end = start;
  }
  return 0;
}
