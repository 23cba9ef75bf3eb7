/** Family `string_out` in Python: the ways of getting text from C. */
import { type Charset, text } from '../texts.ts';
import { inPython, type PythonCase, type PythonTasks, textLiteral } from './case.ts';

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

export const tasks: PythonTasks = {
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
