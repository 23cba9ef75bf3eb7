/** Family `buffer` in Python: memory that Python owns and C reads or writes in place. */
import { halvesSum } from '../inputs.ts';
import { inPython, literal, type PythonCase, type PythonTasks } from './case.ts';

function touch({ bytes }: { bytes: number }): PythonCase {
  const want = bytes === 0 ? '0' : `${(bytes - 1) % 251 + 1}`;
  return {
    setup: `kept = pattern(${bytes})\nn = ${bytes}\nlast = -1`,
    timed: 'last = buffer_touch(kept, n)',
    crossings: 1,
    checks: [
      ['the last byte', 'buffer_touch(kept, n)', want],
      ['the last byte of [9, 8, 7]', 'buffer_touch(bytes([9, 8, 7]), 3)', '7'],
    ],
    after: [['the last answer', 'last', want]],
  };
}

function sum(elements: number, kept: string, timed: string, nothing: string): PythonCase {
  const want = literal(halvesSum(elements));
  const expression = timed.replace('last = ', '');
  return {
    setup: `kept = ${kept}\nn = ${elements}\nlast = -1.0`,
    timed,
    crossings: 0,
    checks: [['the sum', expression, want], ['the sum of no element', nothing, '0']],
    after: [['the last answer', 'last', want]],
  };
}

function fill({ bytes }: { bytes: number }, kept: string): PythonCase {
  return {
    setup: `kept = ${kept}(${bytes})\nsmall = ${kept}(4)\nn = ${bytes}\nvalue = stale = 0`,
    timed: [
      'value = value + 1 & 255',
      'buffer_fill(kept, n, value)',
      'if kept[n - 1] != value: stale += 1',
    ].join('\n'),
    crossings: 1,
    checks: [[
      'three of four bytes',
      "(buffer_fill(small, 3, 7), ','.join(map(str, list(small))))[1]",
      '"7,7,7,0"',
    ]],
    after: [['stale reads', 'stale', '0'], ['the first byte', 'kept[0]', 'calls & 255']],
  };
}

/** A case from an expression that makes bytes for every call. */
function fresh({ bytes }: { bytes: number }, setup: string, make: string, crossings: number) {
  return {
    setup: `${setup}\nn = ${bytes}\nx = 0\nlast = -1`,
    timed: [
      'x = x + 1 & 255',
      `made = ${make}`,
      'made[n - 1] = x',
      'last = buffer_touch(made, n)',
    ].join('\n'),
    crossings,
    checks: [['zero at first', `buffer_touch(${make}, n)`, '0']],
    after: [['the last byte', 'last', 'calls & 255']],
  } as const;
}

const allocation = ({ bytes }: { bytes: number }): PythonCase => ({
  setup: `n = ${bytes}\nx = 0\nkept = bytearray(n)`,
  timed: 'x = x + 1 & 255\nkept = bytearray(n)\nkept[n - 1] = x',
  crossings: 0,
  checks: [['its length', 'len(kept)', `${bytes}`]],
  after: [['the last byte', 'kept[n - 1]', 'calls & 255']],
});

export const tasks: PythonTasks = {
  'buffer.touch': inPython<{ bytes: number }>({
    native: touch,
    plain: (params) => ({ ...touch(params), crossings: 0 }),
  }),
  'buffer.fresh': inPython<{ bytes: number }>({
    native: (params, { freshBytes }) =>
      fresh(params, freshBytes.setup(params.bytes), freshBytes.make, 1),
    plain: (params) => fresh(params, '', 'bytearray(n)', 0),
  }),
  'buffer.allocation': inPython<{ bytes: number }>({ plain: allocation }),
  'buffer.sum': inPython<{ elements: number }>({
    native: ({ elements }) => ({
      ...sum(
        elements,
        `numbers(halves(${elements}))`,
        'last = buffer_sum(kept, n)',
        'buffer_sum(kept, 0)',
      ),
      crossings: 1,
    }),
    plain: ({ elements }) =>
      sum(elements, `array('d', halves(${elements}))`, 'last = sum(kept)', 'sum(kept[:0])'),
    numpy: ({ elements }) =>
      sum(
        elements,
        `np.array(halves(${elements}))`,
        'last = kept.sum()',
        'kept[:0].sum()',
      ),
  }),
  'buffer.fill': inPython<{ bytes: number }>({
    native: (params) => fill(params, 'writable'),
    plain: (params) => ({ ...fill(params, 'bytearray'), crossings: 0 }),
    numpy: (params) => {
      const { setup, ...rest } = fill(params, 'zeros');
      return {
        ...rest,
        setup: 'zeros = lambda n: np.zeros(n, np.uint8)\n' +
          `def buffer_fill(a, n, value): a[:n] = value\n${setup}`,
        timed: rest.timed.replace('buffer_fill(kept, n, value)', 'kept.fill(value)'),
        crossings: 0,
      };
    },
  }),
};
