/** Family `string_in`: the ways of passing text to C. Every way ends in C reading every byte. */
import { type Params, type Prepared, task } from '../task.ts';
import { byteSum, byteSumPlain, type Charset, charsets, text } from '../texts.ts';

interface TextParams extends Params {
  readonly bytes: number;
  readonly charset?: Charset;
  readonly strings?: 'rotating';
}

/** One factor at a time around 36 bytes of the same ASCII string. */
const params: TextParams[] = [
  ...[8, 36, 256, 4096, 65536].map((bytes) => ({ bytes })),
  ...charsets.slice(1).map((charset) => ({ bytes: 36, charset })),
  { bytes: 36, strings: 'rotating' },
];

/** How many prepared strings a rotating case goes through; a power of two. */
const rotation = 64;

/** The texts of a case, and a function that gives the next one. */
function source({ bytes, charset = 'ascii', strings }: TextParams) {
  const texts = Array.from(
    { length: strings === 'rotating' ? rotation : 1 },
    (_, i) => text(bytes, charset, i),
  );
  return { texts, sums: texts.map(byteSum) };
}

/**
 * Builds a case from a way of passing one text: the plain body where there is one text, an indexed
 * one where they rotate, so that the common case pays for no index.
 */
function passing(given: TextParams, pass: (value: string) => number, crossings = 1): Prepared {
  const { texts, sums } = source(given);
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
    check: () =>
      texts.map((value, i) => ({ what: 'its byte sum', got: pass(value), want: sums[i]! })),
    after: (calls) => [
      { what: 'the last answer', got: last, want: sums[(calls - 1) % texts.length]! },
    ],
  };
}

const plain = (given: TextParams) => passing(given, byteSumPlain, 0);

const preEncoded = task({
  id: 'string_in.pre_encoded',
  isolates: 'bytes encoded once beforehand: the floor of passing text',
  params: params.filter(({ strings }) => strings === undefined),
  sweep: 'bytes',
  binds: ['string_sum'],
  plain: null,
  prepare(lane, given) {
    const f = lane.call('string_sum');
    const { texts, sums } = source(given);
    const bytes = new TextEncoder().encode(texts[0]);
    const length = bytes.length;
    let last = -1;
    return {
      body: () => last = f(bytes, length),
      crossings: 1,
      check: () => [{ what: 'its byte sum', got: f(bytes, length), want: sums[0]! }],
      after: () => [{ what: 'the last answer', got: last, want: sums[0]! }],
    };
  },
});

const encode = task({
  id: 'string_in.encode',
  isolates: 'TextEncoder.encode into a fresh array for every call',
  params,
  sweep: 'bytes',
  binds: ['string_sum'],
  plain,
  prepare(lane, given) {
    const f = lane.call('string_sum');
    const encoder = new TextEncoder();
    return passing(given, (value) => {
      const bytes = encoder.encode(value);
      return f(bytes, bytes.length);
    });
  },
});

const encodeInto = task({
  id: 'string_in.encode_into',
  isolates: 'TextEncoder.encodeInto one kept buffer',
  params,
  sweep: 'bytes',
  binds: ['string_sum'],
  plain,
  prepare(lane, given) {
    const f = lane.call('string_sum');
    const encoder = new TextEncoder();
    const kept = new Uint8Array(given.bytes + 8);
    return passing(given, (value) => f(kept, encoder.encodeInto(value, kept).written));
  },
});

const direct = task({
  id: 'string_in.direct',
  isolates: 'a JavaScript string as the argument; the runtime converts it',
  params,
  sweep: 'bytes',
  needs: ['string_argument'],
  binds: ['string_sum_z'],
  plain,
  prepare(lane, given) {
    const f = lane.call('string_sum_z');
    return passing(given, (value) => f(value));
  },
});

export const stringIn = [preEncoded, encode, encodeInto, direct];
