/** Family `callback` in Python: C calling Python back. */
import { inPython, type PythonCase, type PythonTasks, type Way } from './case.ts';

function sync({ n }: { n: number }): PythonCase {
  return {
    setup: [
      'came = [0]',
      'def next_of(i):',
      '    came[0] += 1',
      '    return i + 1',
      "called = callback('callback_repeat', next_of)",
      "known = callback('callback_repeat', lambda i: i * i)",
      `n = ${n}`,
      'last = 0',
    ].join('\n'),
    timed: 'last = callback_repeat(called, n)',
    crossings: 1,
    checks: [
      ['0 + 1 + 4 + 9', 'callback_repeat(known, 4)', '14'],
      ['no call', 'callback_repeat(known, 0)', '0'],
    ],
    after: [
      ['the last sum', 'last', `(${n} * ${n + 1} // 2 + 2**31) % 2**32 - 2**31`],
      ['callbacks that came', 'came[0]', `calls * ${n}`],
    ],
  };
}

/** As `kindsOf` in `tasks/callback.ts`. */
const kinds: Readonly<Record<string, readonly [answer: string, want: (n: number) => string]>> = {
  f64: ['lambda x: x + 0.5', (n) => `${n * n / 2}`],
  u64: ['lambda x: x + 1', (n) => `${n * (n + 1) / 2}`],
  pointer: ['lambda x: x', (n) => `${n}`],
  six: ['lambda a, b, c, d, _, f: a + b + c + d + f', (n) => `${n * (n - 1) + 3.5 * n}`],
};

function argument({ kind }: { kind: string }): PythonCase {
  const [answer, want] = kinds[kind]!;
  const f = `callback_${kind}`;
  return {
    setup: `called = callback('${f}', ${answer})\nlast = 0`,
    timed: `last = ${f}(called, 1000)`,
    crossings: 1,
    checks: [0, 1, 5].map((n) => [`${n} callbacks`, `${f}(called, ${n})`, want(n)] as const),
    after: [['the last answer', 'last', want(1000)]],
  };
}

const create = ({ freshCallback }: Way): PythonCase => ({
  setup: [
    'def next_of(i): return i + 1',
    freshCallback!.setup,
    'def once():',
    `    made = ${freshCallback!.make}`,
    '    return callback_repeat(made, 3)',
  ].join('\n'),
  timed: freshCallback!.make,
  crossings: 0,
  checks: [['1 + 2 + 3', 'once()', '6']],
});

interface Sized extends Readonly<Record<string, number | string>> {
  readonly elements: number;
}

const asText = (list: string) => `','.join(format(x, '.15g') for x in ${list})`;

/** A case whose statements sort a fresh copy in `kept`. */
function sorting(elements: number, setup: string, timed: string, crossings: number): PythonCase {
  return {
    setup: [
      `values = [float(x >> 8) for x in scattered(${elements})]`,
      `want = ${asText('sorted(values)')}`,
      'def compare(a, b): return int(a - b)',
      setup,
      'def once():',
      ...timed.split('\n').map((line) => `    ${line}`),
      `    return ${asText('kept')}`,
    ].join('\n'),
    timed,
    crossings,
    checks: [['the sorted numbers', 'once()', 'want']],
    after: [['the last numbers', asText('kept'), 'want']],
  };
}

const sortInC = ({ elements }: Sized) =>
  sorting(
    elements,
    [
      `n = ${elements}`,
      'source = numbers(values)',
      'unsorted = memoryview(buffer_of(source)).cast("B")',
      'kept = writable_numbers(n)',
      'view = memoryview(buffer_of(kept)).cast("B")',
      "called = callback('callback_sort', compare)",
    ].join('\n'),
    'view[:] = unsorted\ncallback_sort(kept, n, called)',
    1,
  );

const sortList = ({ elements }: Sized) =>
  sorting(
    elements,
    'from functools import cmp_to_key\nkey = cmp_to_key(compare)\nkept = values[:]',
    'kept[:] = values\nkept.sort(key=key)',
    0,
  );

const sortCopy = ({ elements }: Sized): PythonCase => ({
  setup: `values = [float(x >> 8) for x in scattered(${elements})]\nkept = values[:]`,
  timed: 'kept[:] = values',
  crossings: 0,
  checks: [],
  after: [['the copy', 'kept == values', 'True']],
});

export const tasks: PythonTasks = {
  'callback.sync': inPython<{ n: number }>({
    native: sync,
    plain: (params) => ({ ...sync(params), crossings: 0 }),
  }),
  'callback.argument': inPython<{ kind: string }>({ native: argument }),
  'callback.create': inPython({
    needsWay: 'freshCallback',
    native: (_params, way) => create(way),
  }),
  'callback.sort': inPython<Sized>({ native: sortInC, plain: sortList }),
  'callback.sort_copy': inPython<Sized>({ plain: sortCopy }),
};
