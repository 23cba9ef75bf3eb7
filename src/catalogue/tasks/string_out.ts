/** Family `string_out`: the ways of getting text from C. */
import type { OpenLane } from '../lane.ts';
import { type Params, type Prepared, task } from '../task.ts';
import { type Charset, charsets, text } from '../texts.ts';

interface TextParams extends Params {
  readonly bytes: number;
  readonly charset?: Charset;
}

const params: TextParams[] = [
  ...[8, 36, 256, 4096, 65536].map((bytes) => ({ bytes })),
  ...charsets.slice(1).map((charset) => ({ bytes: 36, charset })),
];

/** Hands the library the text that it will answer. */
function give(lane: OpenLane, { bytes, charset = 'ascii' }: TextParams): string {
  const want = text(bytes, charset);
  lane.call('string_prepare')(new TextEncoder().encode(want), bytes);
  return want;
}

/** A case from a way of getting the text. */
function getting(get: () => string, want: string): Prepared {
  let last = '';
  return {
    body: () => {
      last = get();
    },
    crossings: 1,
    check: () => [{ what: 'the text', got: get(), want }],
    after: () => [{ what: 'the last text', got: last, want }],
  };
}

const cString = task({
  id: 'string_out.c_string',
  isolates: "a C string that C owns, as a JavaScript string, by the runtime's own reader",
  params,
  sweep: 'bytes',
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
  id: 'string_out.with_length',
  isolates: 'C writes into a kept buffer and answers the length; TextDecoder reads it',
  params,
  sweep: 'bytes',
  binds: ['string_prepare', 'string_copy'],
  plain: null,
  prepare(lane, given) {
    const want = give(lane, given);
    const f = lane.call('string_copy');
    const kept = new Uint8Array(given.bytes);
    const decoder = new TextDecoder();
    return getting(() => decoder.decode(kept.subarray(0, f(kept, given.bytes))), want);
  },
});

export const stringOut = [cString, withLength];
