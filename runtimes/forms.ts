/**
 * The forms of the runtime that runs this process, the same in all of its lanes: of each way, the
 * fastest that is documented and correct for every text. `bench/forms.ts` holds the choices against
 * the others; where a loop in JavaScript is faster, it is so below a length, since a built-in
 * function costs its call.
 */
import type buffer from 'node:buffer';
import type { Forms } from '../src/catalogue/lane.ts';

/** Where the runtimes differ. */
interface Choice {
  /** UTF-16 units up to which a text is written as UTF-8 by a loop. */
  readonly longestTextLoop: number;
  /** The same for writing its units as they are. */
  readonly longestUnitLoop: number;
  /** Bytes up to which UTF-8 is read by `Buffer`; more are read by `TextDecoder`. */
  readonly longestBufferRead: number;
  /** Whether UTF-8 is written by `TextEncoder`, or else by `Buffer`. */
  readonly encodes: { readonly kept: boolean; readonly fresh: boolean };
}

const choices = {
  deno: {
    longestTextLoop: 40,
    longestUnitLoop: Infinity,
    longestBufferRead: 1024,
    encodes: { kept: true, fresh: false },
  },
  bun: {
    longestTextLoop: 12,
    longestUnitLoop: 24,
    longestBufferRead: Infinity,
    encodes: { kept: true, fresh: true },
  },
  node: {
    longestTextLoop: 16,
    longestUnitLoop: 96,
    longestBufferRead: Infinity,
    encodes: { kept: false, fresh: false },
  },
} as const satisfies Record<string, Choice>;

const choice: Choice =
  choices['Deno' in globalThis ? 'deno' : 'Bun' in globalThis ? 'bun' : 'node'];

/** Elements up to which an ordinary array is copied by a loop, in every runtime. */
const longestNumberLoop = 48;

/** The same memory as a `Buffer`, which Deno loads when it is first touched. */
function bufferOn({ buffer, byteOffset, byteLength }: Uint8Array | Uint16Array): buffer.Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** Writes ASCII unit by unit; -1 where there is something else, or more than fits. */
function writeAscii(text: string, target: Uint8Array): number {
  const length = text.length;
  if (length > target.length) return -1;
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return -1;
    target[i] = unit;
  }
  return length;
}

/** A kept encoder's own way into a buffer. */
function builtInWriter(target: Uint8Array): (text: string) => number {
  if (choice.encodes.kept) {
    const encoder = new TextEncoder();
    return (text) => encoder.encodeInto(text, target).written;
  }
  const buffer = bufferOn(target);
  return (text) => buffer.write(text);
}

const encoder = new TextEncoder();

export const forms: Forms = {
  fillNumbers(target, list) {
    if (list.length > longestNumberLoop) return target.set(list);
    for (let i = 0; i < list.length; i++) target[i] = list[i]!;
  },
  freshNumbers: (list) => Float64Array.from(list),
  textWriter(target) {
    const write = builtInWriter(target);
    const longest = choice.longestTextLoop;
    return (text) => {
      const written = text.length > longest ? -1 : writeAscii(text, target);
      return written < 0 ? write(text) : written;
    };
  },
  get encode() {
    if (choice.encodes.fresh) return (text: string) => encoder.encode(text);
    const { Buffer } = globalThis;
    return (text: string) => Buffer.from(text);
  },
  unitWriter(target) {
    const buffer = bufferOn(target);
    const longest = choice.longestUnitLoop;
    return (text) => {
      const length = text.length;
      if (length > longest) return buffer.write(text, 'utf16le') >> 1;
      for (let i = 0; i < length; i++) target[i] = text.charCodeAt(i);
      return length;
    };
  },
  textReader(source) {
    const buffer = bufferOn(source);
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const longest = choice.longestBufferRead;
    return (bytes) =>
      bytes > longest
        ? decoder.decode(source.subarray(0, bytes))
        : buffer.toString('utf8', 0, bytes);
  },
};
