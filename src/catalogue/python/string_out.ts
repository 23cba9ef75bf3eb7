/** Family `string_out` in Python: the ways of getting text from C. */
import { type Charset, text } from '../texts.ts';
import { inPython, type PythonCase, type PythonTasks, textLiteral, type Way } from './case.ts';

interface TextParams extends Readonly<Record<string, number | string>> {
  readonly bytes: number;
  readonly charset: Charset;
}

/** A case from an expression that gets the text. */
function getting(
  { bytes, charset = 'ascii' }: TextParams,
  setup: string,
  get: string,
): PythonCase {
  return {
    setup: [
      `want = ${textLiteral(text(bytes, charset))}`,
      'data = want.encode()',
      'string_prepare(data, len(data))',
      `capacity = ${bytes + 8}`,
      "last = ''",
      setup,
    ].join('\n'),
    timed: `last = ${get}`,
    crossings: 1,
    checks: [['the text', get, 'want']],
    after: [['the last text', 'last', 'want']],
  };
}

/** Text both ways; what C copied is read by its address, and freed. */
function echo({ bytes, charset = 'ascii' }: TextParams, { textAt }: Way): PythonCase {
  const timed = [
    'data = value.encode()',
    'copy = string_echo(data, len(data))',
    `last = ${textAt!('copy')}`,
    'string_free(copy)',
  ];
  return {
    setup: [
      `value = ${textLiteral(text(bytes, charset))}`,
      "last = ''",
      'def once():',
      ...timed.map((line) => `    ${line}`),
      '    return last',
    ].join('\n'),
    timed: timed.join('\n'),
    crossings: 2,
    checks: [['the text', 'once()', 'value']],
    after: [['the last text', 'last', 'value']],
  };
}

function decoder({ bytes, charset = 'ascii' }: TextParams): PythonCase {
  return {
    setup: [
      `want = ${textLiteral(text(bytes, charset))}`,
      'kept = memoryview(bytearray(want.encode() + bytes(8)))',
      `n = ${bytes}`,
      "last = ''",
    ].join('\n'),
    timed: "last = str(kept[:n], 'utf8')",
    crossings: 0,
    checks: [['the text', "str(kept[:n], 'utf8')", 'want']],
    after: [['the last text', 'last', 'want']],
  };
}

export const tasks: PythonTasks = {
  'string_out.echo': inPython<TextParams>({ needsWay: 'textAt', native: echo }),
  'string_out.decoder': inPython<TextParams>({ plain: decoder }),
  'string_out.c_string': inPython<TextParams>({
    native: (params, way) => getting(params, '', way.text('string_get()')),
  }),
  'string_out.with_length': inPython<TextParams>({
    native: (params, way) =>
      getting(
        params,
        'kept = writable(capacity)',
        way.textOf('kept', 'string_copy(kept, capacity)'),
      ),
  }),
};
