/**
 * Reads a file line by line without ever holding more than a stretch of it, so that the journal of
 * a hundred thousand launches costs no more memory than its longest line.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const stretchBytes = 1 << 18;
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
    let buffer = Buffer.allocUnsafe(stretchBytes);
    let filled = 0;
    let number = 0;
    for (;;) {
      const read = readSync(descriptor, buffer, filled, buffer.length - filled, null);
      if (read === 0) break;
      const scanned = filled;
      filled += read;
      let start = 0;
      for (let end = endOfLine(buffer, scanned, filled); end >= 0;) {
        yield { text: decoder.decode(buffer.subarray(start, end)), number: ++number, whole: true };
        start = end + 1;
        end = endOfLine(buffer, start, filled);
      }
      buffer.copyWithin(0, start, filled);
      filled -= start;
      if (filled > longestBytes) throw new RangeError(`Line ${number + 1} does not end.`);
      if (filled === buffer.length) buffer = Buffer.concat([buffer], 2 * buffer.length);
    }
    // A torn line may end inside a character.
    if (filled > 0) {
      yield { text: buffer.toString('utf8', 0, filled), number: number + 1, whole: false };
    }
  } finally {
    closeSync(descriptor);
  }
}

function endOfLine(buffer: Uint8Array, from: number, to: number): number {
  const end = buffer.indexOf(newline, from);
  return end < to ? end : -1;
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
