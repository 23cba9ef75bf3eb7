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
  /** Elements up to which an ordinary array is copied by JavaScript, and how. */
  readonly shortNumbers: { readonly longest: number; readonly by: 'loop' | 'forEach' };
  /** Elements up to which a fresh array is filled by a loop, and what makes it of more. */
  readonly freshNumbers: { readonly longestLoop: number; readonly by: 'constructor' | 'from' };
  /** UTF-16 units up to which a text is written as UTF-8 by a loop. */
  readonly longestTextLoop: number;
  /** The same for writing its units as they are. */
  readonly longestUnitLoop: number;
  /** Of texts that begin beyond Latin-1: units up to which `TextEncoder` writes them anyway. */
  readonly longestWideText: number;
  /** Bytes up to which ASCII is read code by code, where nothing else comes. */
  readonly longestCodeRead: number;
  /** Bytes up to which UTF-8 is read by `Buffer`; more are read by `TextDecoder`. */
  readonly longestBufferRead: number;
  /** Whether a longer text is written as UTF-8 by `TextEncoder`, or else by `Buffer`. */
  readonly encodesInto: boolean;
  /**
   * UTF-16 units up to which a fresh array of UTF-8 is made by `Buffer`; more by `TextEncoder`, as
   * is best for ASCII: of 64 KB beyond Latin-1, Deno's takes 2.4 times as long as its `Buffer`.
   */
  readonly longestBufferFrom: number;
}

const choices = {
  deno: {
    shortNumbers: { longest: 48, by: 'forEach' },
    freshNumbers: { longestLoop: 0, by: 'constructor' },
    longestTextLoop: 40,
    longestUnitLoop: Infinity,
    longestWideText: 0,
    longestCodeRead: 8,
    longestBufferRead: 1024,
    encodesInto: true,
    longestBufferFrom: 2048,
  },
  bun: {
    shortNumbers: { longest: 48, by: 'loop' },
    freshNumbers: { longestLoop: 24, by: 'from' },
    longestTextLoop: 12,
    longestUnitLoop: 24,
    longestWideText: 0,
    longestCodeRead: 12,
    longestBufferRead: 128,
    encodesInto: true,
    longestBufferFrom: -1,
  },
  node: {
    shortNumbers: { longest: 48, by: 'forEach' },
    freshNumbers: { longestLoop: 0, by: 'constructor' },
    longestTextLoop: 16,
    longestUnitLoop: 32,
    longestWideText: 96,
    longestCodeRead: 12,
    longestBufferRead: Infinity,
    encodesInto: false,
    longestBufferFrom: 16384,
  },
} as const satisfies Record<string, Choice>;

const choice: Choice =
  choices['Deno' in globalThis ? 'deno' : 'Bun' in globalThis ? 'bun' : 'node'];

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

const encoder = new TextEncoder();

/** The built-in way into a buffer. */
function builtInWriter(target: Uint8Array): (text: string) => number {
  const encode = (text: string) => encoder.encodeInto(text, target).written;
  if (choice.encodesInto) return encode;
  const buffer = bufferOn(target);
  const longest = choice.longestWideText;
  return (text) =>
    text.length <= longest && text.charCodeAt(0) > 0xff ? encode(text) : buffer.write(text);
}

/** Reads ASCII code by code; null where there is something else. */
function readAscii(source: Uint8Array, bytes: number): string | null {
  let text = '';
  for (let i = 0; i < bytes; i++) {
    const byte = source[i]!;
    if (byte > 0x7f) return null;
    text += String.fromCharCode(byte);
  }
  return text;
}

export const forms: Forms = {
  numberWriter(target) {
    const { longest, by } = choice.shortNumbers;
    if (by === 'forEach') {
      return (list) => {
        if (list.length > longest) target.set(list);
        else list.forEach((value, i) => target[i] = value);
      };
    }
    return (list) => {
      if (list.length > longest) return target.set(list);
      for (let i = 0; i < list.length; i++) target[i] = list[i]!;
    };
  },
  get freshNumbers() {
    const { longestLoop, by } = choice.freshNumbers;
    const make = by === 'from'
      ? (list: readonly number[]) => Float64Array.from(list)
      : (list: readonly number[]) => new Float64Array(list);
    return (list: readonly number[]) => {
      if (list.length > longestLoop) return make(list);
      const fresh = new Float64Array(list.length);
      for (let i = 0; i < list.length; i++) fresh[i] = list[i]!;
      return fresh;
    };
  },
  textWriter(target) {
    const write = builtInWriter(target);
    const longest = choice.longestTextLoop;
    return (text) => {
      const written = text.length > longest ? -1 : writeAscii(text, target);
      return written < 0 ? write(text) : written;
    };
  },
  get encode() {
    const longest = choice.longestBufferFrom;
    if (longest < 0) return (text: string) => encoder.encode(text);
    const { Buffer } = globalThis;
    return (text: string) => text.length > longest ? encoder.encode(text) : Buffer.from(text);
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
    const { longestCodeRead, longestBufferRead } = choice;
    return (bytes) => {
      const ascii = bytes > longestCodeRead ? null : readAscii(source, bytes);
      if (ascii !== null) return ascii;
      return bytes > longestBufferRead
        ? decoder.decode(source.subarray(0, bytes))
        : buffer.toString('utf8', 0, bytes);
    };
  },
};
