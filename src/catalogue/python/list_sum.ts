/** Family `list_sum` in Python: an ordinary list, converted for every call. */
import { halvesSum } from '../inputs.ts';
import { inPython, literal, type PythonCase, type PythonTasks } from './case.ts';

interface ListParams extends Readonly<Record<string, number | string>> {
  readonly elements: number;
}

/** A case from an expression that adds up the list `values`. */
export function summing(
  elements: number,
  sum: string,
  crossings: number,
  { setup = '', timed = `last = ${sum}` }: { setup?: string; timed?: string } = {},
): PythonCase {
  const want = literal(halvesSum(elements));
  const asked = (list: string) => `(lambda values: ${sum})(${list})`;
  return {
    setup: `values = halves(${elements})\nlast = -1.0\n${setup}`,
    timed,
    crossings,
    checks: [
      ['the sum', asked('values'), want],
      ['the sum of [1.5, 2]', asked('[1.5, 2.0]'), '3.5'],
      ['the sum of nothing', asked('[]'), '0'],
    ],
    after: [['the last sum', 'last', want]],
  };
}

/** The built-in sum of the list itself. */
const plain = ({ elements }: ListParams) => summing(elements, 'sum(values)', 0);

const perElement = [
  'def add_all(values):',
  '    for x in values: list_add(x)',
  '    return list_take()',
].join('\n');

export const tasks: PythonTasks = {
  'list_sum.from': inPython<ListParams>({
    native: ({ elements }, way) => {
      const timed = `last = buffer_sum(${way.fresh('values')}, n)`;
      const setup = `n = ${elements}\n${way.freshSetup('values')}`;
      // The type of an array in ctypes holds its length: the short lists need types of their own.
      const sum = `buffer_sum(numbers(values), len(values))`;
      return summing(elements, sum, 1, { setup, timed });
    },
    plain,
    numpy: ({ elements }) =>
      summing(elements, 'add_up(values)', 0, {
        setup: 'asarray = np.array\ndef add_up(values): return np.array(values).sum()',
        timed: 'last = asarray(values).sum()',
      }),
  }),
  'list_sum.refill': inPython<ListParams>({
    native: ({ elements }) =>
      summing(elements, 'refilled(values)', 1, {
        setup: [
          'from struct import Struct',
          `n = ${elements}`,
          `kept = writable_numbers(${Math.max(elements, 2)})`,
          'view = buffer_of(kept)',
          `pack_into = Struct('${elements}d').pack_into`,
          'def refilled(values):',
          "    Struct(f'{len(values)}d').pack_into(view, 0, *values)",
          '    return buffer_sum(kept, len(values))',
        ].join('\n'),
        timed: 'pack_into(view, 0, *values)\nlast = buffer_sum(kept, n)',
      }),
    plain,
    numpy: ({ elements }) =>
      summing(elements, 'refilled(values)', 0, {
        setup: [
          `kept = np.zeros(${elements})`,
          'def refilled(values):',
          '    part = np.zeros(len(values))',
          '    part[:] = values',
          '    return part.sum()',
        ].join('\n'),
        timed: 'kept[:] = values\nlast = kept.sum()',
      }),
  }),
  'list_sum.per_element': inPython<ListParams>({
    native: ({ elements }) =>
      summing(elements, 'add_all(values)', elements + 1, {
        setup: perElement,
        timed: 'for x in values: list_add(x)\nlast = list_take()',
      }),
    plain,
  }),
  'list_sum.json': inPython<ListParams>({
    native: ({ elements }) =>
      summing(elements, 'list_json(data := dumps(values).encode(), len(data))', 1, {
        setup: 'from json import dumps',
      }),
    plain,
  }),
};
