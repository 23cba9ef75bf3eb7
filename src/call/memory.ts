/** Memory that C reads and writes: made, kept as it was, and shown as it became. */
import { pattern } from '../catalogue/inputs.ts';
import type { Element, Fill } from '../catalogue/foreign.ts';
import type { BufferWord } from '../catalogue/words.ts';
import { readScalar } from './values.ts';

const arrays = {
  bool: Uint8Array,
  i8: Int8Array,
  u8: Uint8Array,
  i16: Int16Array,
  u16: Uint16Array,
  i32: Int32Array,
  u32: Uint32Array,
  i64: BigInt64Array,
  u64: BigUint64Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;

/** A typed array that C may read or write. */
export type Memory = InstanceType<(typeof arrays)[Element]>;

/** A buffer of so many bytes, down to whole elements; numbers count up by halves. */
export function makeMemory(element: Element, bytes: number, fill: Fill): Memory {
  const Made = arrays[element];
  const made = new Made(Math.floor(bytes / Made.BYTES_PER_ELEMENT));
  if (fill === 'zeros') return made;
  if (made instanceof Float64Array || made instanceof Float32Array) {
    for (let i = 0; i < made.length; i++) made[i] = i * 0.5;
  } else bytesOf(made).set(pattern(made.byteLength));
  if (fill === 'ended') bytesOf(made).fill(0, -Made.BYTES_PER_ELEMENT);
  return made;
}

/** A buffer of elements as they were written. */
export function makeList(element: Element, texts: readonly string[]): Memory {
  const made = new arrays[element](texts.length);
  texts.forEach((text, i) => made[i] = readScalar(element, text) as never);
  return made;
}

/** Bytes as elements; a rest that fills none is left out. */
export function viewAs(element: Element, bytes: Uint8Array): Memory {
  const Made = arrays[element];
  return new Made(
    bytes.buffer as ArrayBuffer,
    bytes.byteOffset,
    Math.floor(bytes.byteLength / Made.BYTES_PER_ELEMENT),
  );
}

/** A text as UTF-8 with a NUL behind it, and its length without. */
export function makeText(text: string): Uint8Array<ArrayBuffer> {
  const utf8 = new TextEncoder().encode(text);
  const made = new Uint8Array(utf8.length + 1);
  made.set(utf8);
  return made;
}

/** The memory in the form that a function is bound by. */
export function boundView(memory: Memory, { buffer }: BufferWord): Memory {
  return viewAs(buffer, bytesOf(memory));
}

export function bytesOf({ buffer, byteOffset, byteLength }: Memory): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}

/** Bytes and elements of a buffer that are shown. */
const shownBytes = 16;
const shownElements = 6;

/**
 * What a call made of memory: how much of it was written, its first bytes or elements, and a
 * digest of all of it, so that lanes that differ anywhere look different.
 */
export function sayWritten(memory: Memory, before: Uint8Array): string {
  const bytes = bytesOf(memory);
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === before[end - 1]) end--;
  if (end === 0) return 'unchanged';
  if (memory.length === 1) return String(memory[0]);
  const said = end === bytes.length ? `${end} bytes` : `${end} of ${bytes.length} bytes`;
  return `${said}, ${content(memory, end)} (FNV-1a ${digestOf(bytes)})`;
}

/** The first of what was written: a text where it is one, else elements or bytes. */
function content(memory: Memory, end: number): string {
  const isBytes = memory.BYTES_PER_ELEMENT === 1;
  if (!isBytes) {
    const count = Math.ceil(end / memory.BYTES_PER_ELEMENT);
    const shown = [...memory.subarray(0, Math.min(count, shownElements)) as Iterable<unknown>];
    return `[${shown.join(', ')}${count > shownElements ? ', …' : ''}]`;
  }
  const bytes = bytesOf(memory).subarray(0, end);
  const text = textIn(bytesOf(memory));
  if (text !== null && text.length > 1) return JSON.stringify(text);
  const hex = [...bytes.subarray(0, shownBytes)].map((one) => one.toString(16).padStart(2, '0'));
  return `${hex.join(' ')}${end > shownBytes ? ' …' : ''}`;
}

/** Longest text that is shown, in characters. */
const shownText = 60;

/** The text up to a NUL, cut; null where the bytes are none. */
function textIn(bytes: Uint8Array): string | null {
  const end = bytes.indexOf(0);
  const own = bytes.subarray(0, end === -1 ? bytes.length : end);
  if (!own.every((one) => one >= 0x20 && one < 0x7f || one === 10 || one === 9)) return null;
  const text = new TextDecoder().decode(own.subarray(0, shownText));
  return own.length > shownText ? `${text}…` : text;
}

/** FNV-1a over 32 bits. */
function digestOf(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
