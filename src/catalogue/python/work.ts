/** Family `work` in Python: real kernels over bytes, and what its standard library has of it. */
import { charsets, text } from '../texts.ts';
import { inPython, type Known, type PythonCase, type PythonTasks, type Way } from './case.ts';
import { textLiteral } from './case.ts';
import { workNumbers } from './work_numbers.ts';

interface Sized extends Readonly<Record<string, number | string>> {
  readonly bytes: number;
}

/** A kernel over bytes; the sources are of `data`, and `answer` of what a call left. */
interface ByteWork {
  /** Source of the input of so many bytes. */
  readonly input: (bytes: number) => string;
  readonly setup: (bytes: number) => string;
  /** A call that takes `data` and its length, and what it left as an answer. */
  readonly call: string;
  readonly answer: (last: string) => string;
  readonly builtinSetup: string;
  readonly builtin: string;
  readonly builtinAnswer: (last: string) => string;
  /** Published answers, by sources of their inputs. */
  readonly vectors: readonly (readonly [data: string, answer: string])[];
}

const own = (bytes: number) => `pattern(${bytes})`;
const itself = (last: string) => last;
/** The longest of the vectors, for buffers that answers are written to. */
const mostOf = (bytes: number) => Math.max(bytes, 64);

/** A text of that many bytes, a quarter of each width of character, as `tasks/work.ts` has it. */
function mixedText(bytes: number): string {
  const quarter = Math.floor(bytes / 4);
  const sizes = [bytes - 3 * quarter, quarter, quarter, quarter];
  const parts = charsets.map((charset, i) => textLiteral(text(sizes[i]!, charset)));
  return `(${parts.join(' + ')}).encode()`;
}

const works = {
  crc32: {
    input: own,
    setup: () => '',
    call: 'crc32(data, len(data))',
    answer: itself,
    builtinSetup: 'from zlib import crc32 as known',
    builtin: 'known(data)',
    builtinAnswer: itself,
    vectors: [["b'123456789'", '0xcbf43926'], ["b''", '0'], ["b'a'", '0xe8b7be43']],
  },
  sha256: {
    input: own,
    setup: () => 'out = writable(32)\nview = memoryview(buffer_of(out))',
    call: 'sha256(data, len(data), out)',
    answer: () => 'bytes(view).hex()',
    builtinSetup:
      'from hashlib import sha256 as digest\ndef known(data): return digest(data).digest()',
    builtin: 'known(data)',
    builtinAnswer: (last) => `${last}.hex()`,
    vectors: [
      ["b''", '"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"'],
      ["b'abc'", '"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"'],
      [
        "b'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'",
        '"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"',
      ],
    ],
  },
  base64: {
    input: own,
    setup: (bytes) =>
      `out = writable(${Math.ceil(mostOf(bytes) / 3) * 4})\nview = memoryview(buffer_of(out))`,
    call: 'base64(data, len(data), out)',
    answer: (last) => `str(view[:${last}], 'ascii')`,
    builtinSetup: 'from base64 import b64encode as known',
    builtin: 'known(data)',
    builtinAnswer: (last) => `${last}.decode()`,
    vectors: [
      ["b''", '""'],
      ["b'f'", '"Zg=="'],
      ["b'fo'", '"Zm8="'],
      ["b'foo'", '"Zm9v"'],
      ["b'foobar'", '"Zm9vYmFy"'],
    ],
  },
  utf8_validate: {
    input: mixedText,
    setup: () => '',
    call: 'utf8_validate(data, len(data))',
    answer: itself,
    builtinSetup: [
      'def known(data):',
      '    try: data.decode()',
      '    except UnicodeDecodeError: return 0',
      '    return 1',
    ].join('\n'),
    builtin: 'known(data)',
    builtinAnswer: itself,
    vectors: [
      ['"aé漢😀".encode()', '1'],
      ["b'\\xc0\\x80'", '0'],
      ["b'\\xe0\\x9f\\xbf'", '0'],
      ["b'\\xed\\xa0\\x80'", '0'],
      ["b'\\xf4\\x90\\x80\\x80'", '0'],
      ["b'a\\xf0\\x9f\\x98'", '0'],
    ],
  },
} as const satisfies Record<string, ByteWork>;

/** A case from a call; the answer for its own input is the standard library's. */
function working(
  { input, builtinSetup, builtin, builtinAnswer, vectors }: ByteWork,
  bytes: number,
  setup: string,
  [call, answer]: readonly [string, (last: string) => string],
  crossings: number,
): PythonCase {
  const want = builtinAnswer(builtin);
  return {
    setup: [
      builtinSetup,
      `data = ${input(bytes)}`,
      'last = None',
      setup,
      'def ask(data):',
      `    last = ${call}`,
      `    return ${answer('last')}`,
    ].join('\n'),
    timed: `last = ${call}`,
    crossings,
    checks: [
      ['the answer for its input', 'ask(data)', want],
      ...vectors.map(([vector, known]): Known => [`of ${vector}`, `ask(${vector})`, known]),
    ],
    after: [['the last answer', answer('last'), want]],
  };
}

const native = (work: ByteWork) =>
  inPython<Sized>({
    native: ({ bytes }) => working(work, bytes, work.setup(bytes), [work.call, work.answer], 1),
  });

const builtin = (work: ByteWork) =>
  inPython<Sized>({
    plain: ({ bytes }) => working(work, bytes, '', [work.builtin, work.builtinAnswer], 0),
  });

const asText = ({ bytes }: Sized, { textOf }: Way) =>
  working(
    works.base64,
    bytes,
    works.base64.setup(bytes),
    [textOf('out', works.base64.call), itself],
    1,
  );

export const tasks: PythonTasks = {
  ...Object.fromEntries(
    Object.entries(works).flatMap(([id, work]) => [
      [`work.${id}`, native(work)],
      [`work.${id}_builtin`, builtin(work)],
    ]),
  ),
  'work.base64_text': inPython<Sized>({ native: asText }),
  ...workNumbers,
};
