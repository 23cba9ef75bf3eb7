/** Family `struct` in Python: several values that belong together, packed by `struct`. */
import { inPython, type Known, type PythonCase, type PythonTasks } from './case.ts';

/** Format and constant fields after the id, as `tasks/struct.ts` has them. */
const packed = {
  16: { format: '=Ifd', rest: '0.5, 2.25', sum: 0.5 + 2.25 },
  64: {
    format: '=IIfi6d',
    rest: '7, 0.5, -3, 2.25, 2.25, 2.25, 2.25, 2.25, 2.25',
    sum: 7 + 0.5 - 3 + 2.25 * 6,
  },
} as const;

function byPointer({ bytes }: { bytes: 16 | 64 }): PythonCase {
  const { format, rest, sum } = packed[bytes];
  const f = `struct_by_pointer_${bytes}`;
  return {
    setup: [
      'from struct import Struct',
      `pack_into = Struct('${format}').pack_into`,
      `kept = writable(${bytes})`,
      'view = buffer_of(kept)',
      'number = 0',
      'last = 0.0',
      'def known(number):',
      `    pack_into(view, 0, number, ${rest})`,
      `    return ${f}(kept)`,
    ].join('\n'),
    timed: [
      'number = number + 1 & 0xffff',
      `pack_into(view, 0, number, ${rest})`,
      `last = ${f}(kept)`,
    ].join('\n'),
    crossings: 1,
    checks: [0, 7, 4294967295].map((id): Known => [
      `the sum with id ${id}`,
      `known(${id})`,
      `${id + sum}`,
    ]),
    after: [['the last sum', 'last', `(calls & 0xffff) + ${sum}`]],
  };
}

export const tasks: PythonTasks = {
  'struct.by_pointer': inPython<{ bytes: 16 | 64 }>({ native: byPointer }),
};
