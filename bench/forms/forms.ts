/**
 * Every form that is known of moving values between JavaScript and a buffer, by family. The forms
 * that the catalogue uses stand in `runtimes/forms.ts` and are measured beside these.
 */
import { Buffer } from 'node:buffer';
import { forms as chosen } from '../../runtimes/forms.ts';
import { halves } from '../../src/catalogue/inputs.ts';
import { type Charset, text } from '../../src/catalogue/texts.ts';

/** What is timed: one way to do the work on an input. */
export type Way<I> = (input: I) => unknown;

/**
 * What one family of forms works on, and its forms; each is made for inputs like the one it gets.
 * The input is handed over anew with every call, since an engine that knew it would fold it.
 */
export interface Family<I> {
  readonly says: string;
  readonly inputs: Readonly<Record<string, () => I>>;
  /** The one that the catalogue uses. */
  readonly chosen: (sample: I) => Way<I>;
  readonly others: Readonly<Record<string, (sample: I) => Way<I>>>;
}

function family<I>(source: Family<I>): Family<I> {
  return source;
}

const lists = {
  '10': () => Array.from(halves(10)),
  '1000': () => Array.from(halves(1000)),
  '100000': () => Array.from(halves(100000)),
};

const writeNumbers = family<number[]>({
  says: 'an ordinary array into a kept Float64Array',
  inputs: lists,
  chosen: ({ length }) => chosen.numberWriter(new Float64Array(length)),
  others: {
    set: ({ length }) => {
      const kept = new Float64Array(length);
      return (list) => kept.set(list);
    },
    loop: ({ length }) => {
      const kept = new Float64Array(length);
      return (list) => {
        for (let i = 0; i < list.length; i++) kept[i] = list[i]!;
      };
    },
    for_each: ({ length }) => {
      const kept = new Float64Array(length);
      return (list) => list.forEach((value, i) => kept[i] = value);
    },
  },
});

const freshNumbers = family<number[]>({
  says: 'an ordinary array into a Float64Array of its own',
  inputs: lists,
  // Taken once, as tasks take it: what the getter makes is not what is asked about.
  chosen: () => chosen.freshNumbers,
  others: {
    from: () => (list) => Float64Array.from(list),
    constructor: () => (list: number[]) => new Float64Array(list),
    loop: () => (list) => {
      const fresh = new Float64Array(list.length);
      for (let i = 0; i < list.length; i++) fresh[i] = list[i]!;
      return fresh;
    },
  },
});

/** Texts by bytes and charset. */
const texts = Object.fromEntries(
  ([[8], [36], [256], [4096], [65536], [36, 'latin1'], [36, 'bmp'], [36, 'astral']] as const).map((
    [bytes, charset],
  ) => [`${bytes}${charset ? `,${charset}` : ''}`, () => text(bytes, charset as Charset)]),
);

const writeText = family<string>({
  says: 'a string as UTF-8 into a kept buffer',
  inputs: texts,
  chosen: () => {
    const write = chosen.textWriter(new Uint8Array(65544));
    return (value) => write(value);
  },
  others: {
    encode_into: () => {
      const encoder = new TextEncoder();
      const kept = new Uint8Array(65544);
      return (value) => encoder.encodeInto(value, kept).written;
    },
    buffer_write: () => {
      const kept = Buffer.alloc(65544);
      return (value) => kept.write(value);
    },
    utf8_write: () => {
      const kept = Buffer.alloc(65544) as Buffer & { utf8Write(text: string, at: number): number };
      return (value) => kept.utf8Write(value, 0);
    },
    loop: () => {
      const kept = new Uint8Array(65544);
      const encoder = new TextEncoder();
      return (value) => writeByLoop(value, kept, encoder);
    },
  },
});

/** ASCII unit by unit; anything else by the encoder. */
function writeByLoop(value: string, kept: Uint8Array, encoder: TextEncoder): number {
  const length = value.length;
  for (let i = 0; i < length; i++) {
    const unit = value.charCodeAt(i);
    if (unit > 0x7f) return encoder.encodeInto(value, kept).written;
    kept[i] = unit;
  }
  return length;
}

const encode = family<string>({
  says: 'a string as UTF-8 into an array of its own',
  inputs: texts,
  chosen: () => chosen.encode,
  others: {
    encode: () => {
      const encoder = new TextEncoder();
      return (value) => encoder.encode(value);
    },
    buffer_from: () => (value) => Buffer.from(value),
    buffer_from_utf8: () => (value) => Buffer.from(value, 'utf8'),
  },
});

const writeUnits = family<string>({
  says: 'the UTF-16 units of a string into a kept buffer',
  inputs: texts,
  chosen: () => {
    const write = chosen.unitWriter(new Uint16Array(65544));
    return (value) => write(value);
  },
  others: {
    loop: () => {
      const kept = new Uint16Array(65544);
      return (value) => {
        for (let i = 0; i < value.length; i++) kept[i] = value.charCodeAt(i);
        return value.length;
      };
    },
    buffer_write: () => {
      const kept = Buffer.alloc(131088);
      return (value) => kept.write(value, 'utf16le');
    },
    ucs2_write: () => {
      const kept = Buffer.alloc(131088) as Buffer & { ucs2Write(text: string, at: number): number };
      return (value) => kept.ucs2Write(value, 0);
    },
  },
});

/** A text's bytes at the start of a longer kept buffer. */
interface Written {
  readonly kept: Uint8Array;
  readonly length: number;
}

function written(value: string): Written {
  const bytes = new TextEncoder().encode(value);
  const kept = new Uint8Array(bytes.length + 8);
  kept.set(bytes);
  return { kept, length: bytes.length };
}

const readText = family<Written>({
  says: 'a string from UTF-8 at the start of a kept buffer, its length known after the call',
  inputs: Object.fromEntries(
    Object.entries(texts).map(([name, make]) => [name, () => written(make())]),
  ),
  chosen: ({ kept }) => {
    const read = chosen.textReader(kept);
    return ({ length }) => read(length);
  },
  others: {
    decode_subarray: ({ kept }) => {
      const decoder = new TextDecoder();
      return ({ length }) => decoder.decode(kept.subarray(0, length));
    },
    decode_view: ({ kept }) => {
      const decoder = new TextDecoder();
      return ({ length }) => decoder.decode(new Uint8Array(kept.buffer, 0, length));
    },
    buffer_to_string: ({ kept }) => {
      const buffer = Buffer.from(kept.buffer);
      return ({ length }) => buffer.toString('utf8', 0, length);
    },
    utf8_slice: ({ kept }) => {
      const buffer = Buffer.from(kept.buffer) as Buffer & {
        utf8Slice(from: number, to: number): string;
      };
      return ({ length }) => buffer.utf8Slice(0, length);
    },
    from_char_codes: ({ kept }) => {
      const decoder = new TextDecoder();
      return ({ length }) => readByCodes(kept, length, decoder);
    },
  },
});

/** ASCII by `String.fromCharCode`; anything else, and all that is long, by the decoder. */
function readByCodes(kept: Uint8Array, length: number, decoder: TextDecoder): string {
  let made = '';
  for (let i = 0; i < length; i++) {
    const byte = kept[i]!;
    if (byte > 0x7f) return decoder.decode(kept.subarray(0, length));
    made += String.fromCharCode(byte);
  }
  return made;
}

export const valueFamilies = {
  writeNumbers,
  freshNumbers,
  writeText,
  encode,
  writeUnits,
  readText,
};
