/** Family `string_out`: the ways of getting text from C. */
import type { CStringResult, OpenLane, Pointer } from '../lane.ts';
import { type Params, type Prepared, task } from '../task.ts';
import { type Charset, charsets, longTexts, text } from '../texts.ts';

interface TextParams extends Params {
  readonly bytes: number;
  readonly charset?: Charset;
}

const params: TextParams[] = [
  ...[8, 36, 256, 4096, 65536].map((bytes) => ({ bytes })),
  ...charsets.slice(1).map((charset) => ({ bytes: 36, charset })),
];

/** The longest text that the library keeps to hand out, in bytes. */
const largestPrepared = 2 ** 22;

/** Hands the library the text that it will answer. */
function give(lane: OpenLane, { bytes, charset = 'ascii' }: TextParams): string {
  const want = text(bytes, charset);
  lane.call('string_prepare')(new TextEncoder().encode(want), bytes);
  return want;
}

/** A case from a way of getting the text. */
function getting(get: () => string, want: string, crossings = 1): Prepared {
  let last = '';
  return {
    body: () => {
      last = get();
    },
    crossings,
    check: () => [{ what: 'the text', got: get(), want }],
    after: () => [{ what: 'the last text', got: last, want }],
  };
}

const swept = { params, sweep: 'bytes', largest: largestPrepared } as const;
const sweptLong = { ...swept, params: [...params, ...longTexts] } as const;

const cString = task({
  ...sweptLong,
  id: 'string_out.c_string',
  isolates: "a C string that C owns, as a JavaScript string, by the runtime's own reader",
  timed: 'last = readCString(string_get())',
  binds: ['string_prepare', 'string_get'],
  plain: null,
  prepare(lane, given) {
    const want = give(lane, given);
    const f = lane.call('string_get');
    const read = lane.readCString;
    return getting(read === null ? f as unknown as () => string : () => read(f()), want);
  },
});

const withLength = task({
  ...sweptLong,
  id: 'string_out.with_length',
  isolates: 'C writes into a kept buffer and returns the length; the runtime decodes that much',
  timed: 'last = decode(kept, string_copy(kept, capacity))',
  binds: ['string_prepare', 'string_copy'],
  plain: null,
  prepare(lane, given) {
    const want = give(lane, given);
    const f = lane.call('string_copy');
    const capacity = given.bytes + 8;
    const kept = new Uint8Array(capacity);
    const read = lane.forms.textReader(kept);
    return getting(() => read(f(kept, capacity)), want);
  },
});

/** The reader of a C string at an address. */
function textReader(lane: OpenLane): (pointer: Pointer) => string {
  const { readTextAt, readCString } = lane;
  if (readTextAt !== undefined) return readTextAt;
  return readCString as unknown as (pointer: Pointer | CStringResult) => string;
}

const echo = task({
  ...swept,
  id: 'string_out.echo',
  isolates: 'text both ways: encoded, copied by C, read by its address, and freed',
  timed: 'p = string_echo(kept, encodeInto(text, kept)); last = readCString(p); string_free(p)',
  largest: 2 ** 28,
  needs: ['native_memory'],
  binds: ['string_echo', 'string_free'],
  plain: null,
  prepare(lane, { bytes, charset = 'ascii' }) {
    const want = text(bytes, charset);
    const f = lane.call('string_echo');
    const free = lane.call('string_free');
    const kept = new Uint8Array(bytes + 8);
    const write = lane.forms.textWriter(kept);
    const read = textReader(lane);
    return getting(
      () => {
        const copy = f(kept, write(want))!;
        const answer = read(copy);
        free(copy);
        return answer;
      },
      want,
      2,
    );
  },
});

const decoder = task({
  ...swept,
  id: 'string_out.decoder',
  isolates: 'the decoder of string_out.with_length alone: its baseline',
  timed: 'last = decode(kept, bytes)',
  largest: 2 ** 28,
  needs: ['plain_javascript'],
  binds: [],
  prepare(lane, { bytes, charset = 'ascii' }) {
    const want = text(bytes, charset);
    const kept = new Uint8Array(bytes + 8);
    kept.set(new TextEncoder().encode(want));
    const read = lane.forms.textReader(kept);
    return getting(() => read(bytes), want, 0);
  },
});

export const tasks = [cString, withLength, echo, decoder];
