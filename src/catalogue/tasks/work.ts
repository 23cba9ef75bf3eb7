/**
 * Family `work`: is it worth it? Real kernels over bytes, each with its twin in plain JavaScript
 * and, as a task beside it, what the runtime has built in.
 */
import type { Builtins, OpenLane } from '../lane.ts';
import { pattern } from '../inputs.ts';
import { type Answer, type Check, type Prepared, type Task, task } from '../task.ts';
import { charsets, text } from '../texts.ts';
import { apart } from '../twins/apart.ts';
import { crc32, sha256 } from '../twins/digest.ts';
import { base64, isUtf8 } from '../twins/text.ts';
import { workNumbers } from './work_numbers.ts';

const params = [64, 1024, 16384, 262144, 1048576].map((bytes) => ({ bytes }));
const utf8 = (value: string) => new TextEncoder().encode(value);

/** Bytes as text, for the checks. */
const hex = (bytes: Uint8Array) =>
  Array.from(bytes, (x) => x.toString(16).padStart(2, '0')).join('');

/** A kernel over bytes: what it is given, what it answers, and published answers. */
interface ByteWork {
  readonly id: 'crc32' | 'sha256' | 'base64' | 'utf8_validate';
  readonly says: string;
  readonly timed: string;
  readonly timedBuiltin: string;
  input(bytes: number): Uint8Array;
  /** Made for inputs of at most that many bytes; answers whatever tells right from wrong. */
  native(lane: OpenLane, most: number): (bytes: Uint8Array) => unknown;
  twin(most: number): (bytes: Uint8Array) => unknown;
  builtin(builtins: Builtins): (bytes: Uint8Array) => unknown;
  /** What an answer is compared as. */
  readonly as: (answer: never) => Answer;
  readonly vectors: readonly (readonly [Uint8Array, Answer])[];
}

/**
 * A case of such a kernel. The answer for its own input is the twin's, which the vectors vouch for.
 */
function working(
  work: ByteWork,
  run: (bytes: Uint8Array) => unknown,
  bytes: number,
  crossings: number,
): Prepared {
  const input = work.input(bytes);
  const as = work.as as (answer: unknown) => Answer;
  const want = as(work.twin(bytes)(input));
  let last: unknown = null;
  return {
    body: () => {
      last = run(input);
    },
    crossings,
    check: () => [
      { what: `${work.id} of its input`, got: as(run(input)), want },
      ...work.vectors.map(([vector, answer]): Check => ({
        what: `${work.id} of ${hex(vector)}`,
        got: as(run(vector)),
        want: answer,
      })),
    ],
    after: () => [{ what: 'the last answer', got: as(last), want }],
  };
}

/** The longest of the vectors, for buffers that answers are written to. */
const mostOf = (bytes: number) => Math.max(bytes, 64);

function nativeTask(work: ByteWork): Task {
  return task({
    id: `work.${work.id}`,
    isolates: `${work.says} in C, against plain JavaScript and work.${work.id}_builtin`,
    timed: work.timed,
    params,
    sweep: 'bytes',
    binds: [work.id],
    plain: ({ bytes }) => working(work, work.twin(mostOf(bytes)), bytes, 0),
    prepare: (lane, { bytes }) => working(work, work.native(lane, mostOf(bytes)), bytes, 1),
  });
}

function builtinTask(work: ByteWork): Task {
  return task({
    id: `work.${work.id}_builtin`,
    isolates: `${work.says} by what the runtime has built in, without a crossing of ours`,
    timed: work.timedBuiltin,
    params,
    sweep: 'bytes',
    needs: ['plain_javascript'],
    binds: [],
    prepare: (lane, { bytes }) => working(work, work.builtin(lane.builtins!), bytes, 0),
  });
}

const works: readonly ByteWork[] = [
  {
    id: 'crc32',
    says: 'the CRC-32 of bytes',
    timed: 'last = crc32(bytes, length)',
    timedBuiltin: "last = crc32(bytes), the runtime's own",
    input: pattern,
    native(lane) {
      const f = lane.call('crc32');
      return (bytes) => f(bytes, bytes.length);
    },
    twin: (most) => apart(most, crc32),
    builtin: (builtins) => builtins.crc32,
    as: (answer: number) => answer,
    vectors: [[utf8('123456789'), 0xcbf43926], [utf8(''), 0], [utf8('a'), 0xe8b7be43]],
  },
  {
    id: 'sha256',
    says: 'the SHA-256 of bytes',
    timed: 'sha256(bytes, length, out)',
    timedBuiltin: "last = sha256(bytes), the runtime's own",
    input: pattern,
    native(lane) {
      const f = lane.call('sha256');
      const out = new Uint8Array(32);
      return (bytes) => {
        f(bytes, bytes.length, out);
        return out;
      };
    },
    twin(most) {
      const out = new Uint8Array(32);
      const digest = apart(most, sha256);
      return (bytes) => {
        digest(bytes, out);
        return out;
      };
    },
    builtin: (builtins) => builtins.sha256,
    as: hex,
    vectors: [
      [utf8(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
      [utf8('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
      [
        utf8('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'),
        '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
      ],
    ],
  },
  {
    id: 'base64',
    says: 'bytes as Base64 (built in, that is a string)',
    timed: 'length = base64(bytes, length, out)',
    timedBuiltin: "last = base64(bytes), the runtime's own, which gives a string",
    input: pattern,
    native(lane, most) {
      const f = lane.call('base64');
      const out = new Uint8Array(Math.ceil(most / 3) * 4);
      return (bytes) => out.subarray(0, f(bytes, bytes.length, out));
    },
    twin(most) {
      const out = new Uint8Array(Math.ceil(mostOf(most) / 3) * 4);
      const write = apart(most, base64);
      return (bytes) => out.subarray(0, write(bytes, out));
    },
    builtin: (builtins) => builtins.base64,
    as: (answer: Uint8Array | string) =>
      typeof answer === 'string' ? answer : new TextDecoder().decode(answer),
    vectors: [['', ''], ['f', 'Zg=='], ['fo', 'Zm8='], ['foo', 'Zm9v'], ['foobar', 'Zm9vYmFy']].map(
      ([from, to]) => [utf8(from!), to!] as const,
    ),
  },
  {
    id: 'utf8_validate',
    says: 'whether a text in every width of character is UTF-8',
    timed: 'last = utf8_validate(bytes, length)',
    timedBuiltin: "last = isUtf8(bytes), the runtime's own",
    input: mixedText,
    native(lane) {
      const f = lane.call('utf8_validate');
      return (bytes) => f(bytes, bytes.length);
    },
    twin: (most) => apart(most, isUtf8),
    builtin: (builtins) => builtins.isUtf8,
    as: (answer: number | boolean) => Number(answer),
    vectors: [
      [utf8('aé漢😀'), 1],
      [Uint8Array.of(0xc0, 0x80), 0],
      [Uint8Array.of(0xe0, 0x9f, 0xbf), 0],
      [Uint8Array.of(0xed, 0xa0, 0x80), 0],
      [Uint8Array.of(0xf4, 0x90, 0x80, 0x80), 0],
      [Uint8Array.of(0x61, 0xf0, 0x9f, 0x98), 0],
    ],
  },
];

/** A text of that many bytes, a quarter of each width of character. */
function mixedText(bytes: number): Uint8Array {
  const quarter = Math.floor(bytes / 4);
  const sizes = [bytes - 3 * quarter, quarter, quarter, quarter];
  return utf8(charsets.map((charset, i) => text(sizes[i]!, charset)).join(''));
}

const base64Text = task({
  id: 'work.base64_text',
  isolates: 'as work.base64, with the answer made a JavaScript string, against the built-in',
  timed: 'last = decode(out, base64(bytes, length, out))',
  params,
  sweep: 'bytes',
  binds: ['base64'],
  plain: null,
  prepare(lane, { bytes }) {
    const work = works.find(({ id }) => id === 'base64')!;
    const f = lane.call('base64');
    const out = new Uint8Array(Math.ceil(mostOf(bytes) / 3) * 4);
    const read = lane.forms.textReader(out);
    return working(work, (input) => read(f(input, input.length, out)), bytes, 1);
  },
});

export const tasks = [
  ...works.flatMap((one) => [nativeTask(one), builtinTask(one)]),
  base64Text,
  ...workNumbers,
];
