/** Family `string_in`: the ways of passing text to C. Every way ends in C reading every byte. */
import type { OpenLane } from '../lane.ts';
import { type Params, type Prepared, task } from '../task.ts';
import { apart } from '../twins/apart.ts';
import {
  byteSum,
  byteSumPlain,
  type Charset,
  charsets,
  longTexts,
  text,
  unitSum,
} from '../texts.ts';

interface TextParams extends Params {
  readonly bytes: number;
  readonly charset?: Charset;
  readonly strings?: 'rotating';
}

const sizes: TextParams[] = [8, 36, 256, 4096, 65536].map((bytes) => ({ bytes }));
const alphabets: TextParams[] = charsets.slice(1).map((charset) => ({ bytes: 36, charset }));
/** One factor at a time around 36 bytes of the same ASCII string. */
const params: TextParams[] = [...sizes, ...alphabets, { bytes: 36, strings: 'rotating' }];

/** How many prepared strings a rotating case goes through; a power of two. */
const rotation = 64;

/** The texts that a case passes in turn. */
function textsOf({ bytes, charset = 'ascii', strings }: TextParams): string[] {
  const length = strings === 'rotating' ? rotation : 1;
  return Array.from({ length }, (_, i) => text(bytes, charset, i));
}

/** Room for a text in UTF-8, and for what a check passes besides. */
const roomFor = (bytes: number) => bytes + 16;

/** What a way is asked beside its own text: every width of character, and nothing at all. */
const known = ['', 'a', 'aé漢😀'];

/**
 * Builds a case from a way of passing one text: the plain body where there is one text, an indexed
 * one where they rotate, so that the common case pays for no index.
 */
function passing(
  given: TextParams,
  pass: (value: string) => number,
  crossings = 1,
  answer: (value: string) => number = byteSum,
): Prepared {
  const texts = textsOf(given);
  const answers = texts.map(answer);
  const only = texts[0]!;
  let at = 0;
  let last = -1;
  const rotate = () => {
    last = pass(texts[at]!);
    at = (at + 1) & (rotation - 1);
  };
  return {
    body: given.strings === 'rotating' ? rotate : () => last = pass(only),
    crossings,
    check: () => [
      ...texts.map((value, i) => ({ what: 'its sum', got: pass(value), want: answers[i]! })),
      ...known.map((value) => ({ what: `"${value}"`, got: pass(value), want: answer(value) })),
    ],
    after: (calls) => [
      { what: 'the last answer', got: last, want: answers[(calls - 1) % texts.length]! },
    ],
  };
}

const swept = { params, sweep: 'bytes' } as const;
const sweptLong = { params: [...params, ...longTexts], sweep: 'bytes' } as const;
const plain = (given: TextParams) => passing(given, apart(given.bytes, byteSumPlain), 0);

const preEncoded = task({
  id: 'string_in.pre_encoded',
  isolates: 'bytes encoded once beforehand: the floor of passing text',
  timed: 'last = string_sum(bytes, length)',
  params: [...sizes, ...alphabets],
  sweep: 'bytes',
  binds: ['string_sum'],
  plain: null,
  prepare(lane, given) {
    const f = lane.call('string_sum');
    const [value] = textsOf(given);
    const bytes = new TextEncoder().encode(value);
    const length = bytes.length;
    const want = byteSum(value!);
    let last = -1;
    return {
      body: () => last = f(bytes, length),
      crossings: 1,
      check: () => [{ what: 'its byte sum', got: f(bytes, length), want }],
      after: () => [{ what: 'the last answer', got: last, want }],
    };
  },
});

const encode = task({
  ...swept,
  id: 'string_in.encode',
  isolates: 'a fresh array of UTF-8 for every call, by TextEncoder.encode or Buffer.from',
  timed: 'bytes = encode(text); last = string_sum(bytes, bytes.length)',
  binds: ['string_sum'],
  plain,
  prepare(lane, given) {
    const f = lane.call('string_sum');
    const { encode } = lane.forms;
    return passing(given, (value) => {
      const bytes = encode(value);
      return f(bytes, bytes.length);
    });
  },
});

/** A kept buffer, and `TextEncoder.encodeInto` into it; returns how many bytes were written. */
function encoderInto({ bytes }: TextParams) {
  const kept = new Uint8Array(roomFor(bytes));
  const encoder = new TextEncoder();
  return { kept, write: (value: string) => encoder.encodeInto(value, kept).written };
}

/** Encodes into one kept buffer and passes that. */
function byEncoder(lane: OpenLane, symbol: 'string_sum' | 'string_ignore', given: TextParams) {
  const f = lane.call(symbol);
  const { kept, write } = encoderInto(given);
  return (value: string) => f(kept, write(value));
}

const encodeInto = task({
  ...sweptLong,
  id: 'string_in.encode_into',
  isolates: 'TextEncoder.encodeInto one kept buffer',
  timed: 'last = string_sum(kept, encoder.encodeInto(text, kept).written)',
  binds: ['string_sum'],
  plain,
  prepare: (lane, given) => passing(given, byEncoder(lane, 'string_sum', given)),
});

const refill = task({
  ...sweptLong,
  id: 'string_in.refill',
  isolates: 'writing into one kept buffer the fastest way known here: short ASCII by a loop',
  timed: 'last = string_sum(kept, write(text, kept))',
  binds: ['string_sum'],
  plain,
  prepare(lane, given) {
    const f = lane.call('string_sum');
    const kept = new Uint8Array(roomFor(given.bytes));
    const write = lane.forms.textWriter(kept);
    return passing(given, (value) => f(kept, write(value)));
  },
});

const direct = task({
  ...sweptLong,
  id: 'string_in.direct',
  isolates: 'a JavaScript string as the argument; the runtime converts it',
  timed: 'last = string_sum_z(text)',
  needs: ['string_argument'],
  binds: ['string_sum_z'],
  plain,
  prepare(lane, given) {
    const f = lane.call('string_sum_z');
    return passing(given, (value) => f(value));
  },
});

const utf16 = task({
  ...swept,
  id: 'string_in.utf16',
  isolates: 'copying the UTF-16 units into one kept buffer: no conversion, twice the bytes',
  timed: 'last = string_sum_utf16(kept, writeUnits(text, kept))',
  binds: ['string_sum_utf16'],
  plain: (given) => passing(given, apart(given.bytes, unitSum), 0, unitSum),
  prepare(lane, given) {
    const f = lane.call('string_sum_utf16');
    const kept = new Uint16Array(roomFor(given.bytes));
    // One of the runtimes writes texts of any length by a loop.
    const write = apart(given.bytes, lane.forms.unitWriter(kept));
    return passing(given, (value) => f(kept, write(value)), 1, unitSum);
  },
});

/** Bytes that a text takes in UTF-8. */
const utf8Length = (value: string) => new TextEncoder().encode(value).length;

const ignored = task({
  id: 'string_in.ignored',
  isolates: 'string_in.encode_into without the work: C does not read the text',
  timed: 'last = string_ignore(kept, encoder.encodeInto(text, kept).written)',
  params: sizes,
  sweep: 'bytes',
  binds: ['string_ignore'],
  plain: null,
  prepare: (lane, given) => passing(given, byEncoder(lane, 'string_ignore', given), 1, utf8Length),
});

const directIgnored = task({
  id: 'string_in.direct_ignored',
  isolates: 'string_in.direct without the work: C does not read the text',
  timed: 'last = string_ignore_z(text)',
  params: sizes,
  sweep: 'bytes',
  needs: ['string_argument'],
  binds: ['string_ignore_z'],
  plain: null,
  prepare(lane, given) {
    const f = lane.call('string_ignore_z');
    return passing(given, (value) => f(value), 1, () => 1);
  },
});

const encoder = task({
  id: 'string_in.encoder',
  isolates: 'the encoder of string_in.encode_into alone: its baseline',
  timed: 'last = encoder.encodeInto(text, kept).written',
  params,
  sweep: 'bytes',
  needs: ['plain_javascript'],
  binds: [],
  prepare: (_lane, given) => passing(given, encoderInto(given).write, 0, utf8Length),
});

export const tasks = [
  preEncoded,
  encode,
  encodeInto,
  refill,
  direct,
  utf16,
  ignored,
  directIgnored,
  encoder,
];
