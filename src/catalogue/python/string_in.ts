/** Family `string_in` in Python: the ways of passing text to C. */
import { byteSum, type Charset, text } from '../texts.ts';
import { inPython, type Known, literal, type PythonCase, textLiteral } from './case.ts';
import type { PythonTasks } from './case.ts';

interface TextParams extends Readonly<Record<string, number | string>> {
  readonly bytes: number;
  readonly charset: Charset;
  readonly strings: string;
}

/** As in `tasks/string_in.ts`. */
const rotation = 64;
const known = ['', 'a', 'aé漢😀'];

/** A case from a way of passing one text: a statement over `value`. */
function passing(
  { bytes, charset = 'ascii', strings }: TextParams,
  pass: (value: string) => string,
  crossings: number,
  answer: (value: string) => number = byteSum,
): PythonCase {
  const rotates = strings === 'rotating';
  const texts = Array.from({ length: rotates ? rotation : 1 }, (_, i) => text(bytes, charset, i));
  const answers = texts.map(answer);
  const timed = rotates
    ? `last = ${pass('texts[at]')}\nat = at + 1 & ${rotation - 1}`
    : `last = ${pass('value')}`;
  const asked = (value: string): string => `(lambda value: ${pass('value')})(${value})`;
  return {
    setup: `texts = [${texts.map(textLiteral).join(', ')}]\nvalue = texts[0]\nlast = -1\nat = 0`,
    timed,
    crossings,
    checks: [
      ...texts.map((_, i): Known => ['its sum', asked(`texts[${i}]`), `${answers[i]}`]),
      ...known.map((one): Known => [`"${one}"`, asked(literal(one)), `${answer(one)}`]),
    ],
    after: [['the last answer', 'last', `${literalList(answers)}[(calls - 1) % ${texts.length}]`]],
  };
}

function literalList(values: readonly number[]): string {
  return `[${values.join(', ')}]`;
}

/** Encodes once more than it must, so that one expression passes bytes and their number. */
const encoded = (f: string) => (value: string) => `${f}(data := ${value}.encode(), len(data))`;

const utf8Length = (value: string) => new TextEncoder().encode(value).length;

/** The byte sum in Python alone. */
const plainSum = (value: string) => `sum(${value}.encode()) & 0xffffffff`;
const plain = (params: TextParams) => passing(params, plainSum, 0);

function preEncoded({ bytes, charset = 'ascii' }: TextParams): PythonCase {
  const value = text(bytes, charset);
  const want = `${byteSum(value)}`;
  return {
    setup: `data = ${textLiteral(value)}.encode()\nlength = len(data)\nlast = -1`,
    timed: 'last = string_sum(data, length)',
    crossings: 1,
    checks: [['its byte sum', 'string_sum(data, length)', want]],
    after: [['the last answer', 'last', want]],
  };
}

export const tasks: PythonTasks = {
  'string_in.pre_encoded': inPython<TextParams>({ native: preEncoded }),
  'string_in.encode': inPython<TextParams>({
    native: (params) => passing(params, encoded('string_sum'), 1),
    plain,
  }),
  'string_in.direct': inPython<TextParams>({
    native: (params) => passing(params, (value) => `string_sum_z(${value})`, 1),
    plain,
  }),
  'string_in.direct_ignored': inPython<TextParams>({
    native: (params) => passing(params, (value) => `string_ignore_z(${value})`, 1, () => 1),
  }),
  'string_in.encoder': inPython<TextParams>({
    plain: (params) => passing(params, (value) => `len(${value}.encode())`, 0, utf8Length),
  }),
};
