/** The forms of the runtime that runs this process; the same in all of its lanes. */
import { Buffer } from 'node:buffer';
import type { Forms } from '../src/catalogue/lane.ts';

export const forms: Forms = {
  fillNumbers: (target, list) => target.set(list),
  freshNumbers: (list) => Float64Array.from(list),
  textWriter(target) {
    const encoder = new TextEncoder();
    return (text) => encoder.encodeInto(text, target).written;
  },
  encode(text) {
    return new TextEncoder().encode(text);
  },
  unitWriter(target) {
    const bytes = Buffer.from(target.buffer);
    return (text) => bytes.write(text, 'utf16le') >> 1;
  },
  textReader(source) {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    return (bytes) => decoder.decode(source.subarray(0, bytes));
  },
};
