/** Family `work` in Python, the rest: kernels over numbers, over two texts and over a document. */
import { distance } from 'fastest-levenshtein';
import { text } from '../texts.ts';
import { mandelbrotRow } from '../twins/numbers.ts';
import { inPython, type Known, literal, type PythonCase, type PythonTasks } from './case.ts';
import { textLiteral } from './case.ts';

interface Sized extends Readonly<Record<string, number | string>> {
  readonly elements: number;
}

/** Numbers of both signs, and memory of C's own sort to copy them into, as bytes. */
const unsorted = (elements: number) =>
  `values = [(x - 2**31) / 1024 for x in scattered(${elements})]\nwanted = sorted(values)`;

/** A case whose statements leave the sorted numbers in `kept`. */
function sorting(elements: number, setup: string, timed: string, crossings: number): PythonCase {
  return {
    setup: [
      unsorted(elements),
      setup,
      'def sort():',
      ...timed.split('\n').map((line) => `    ${line}`),
      '    return list(kept) == wanted',
    ].join('\n'),
    timed,
    crossings,
    checks: [['the answer', 'sort()', 'True']],
    after: [['the last answer', 'list(kept) == wanted', 'True']],
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
    ].join('\n'),
    'view[:] = unsorted\nsort_f64(kept, n)',
    1,
  );

const sortList = ({ elements }: Sized) =>
  sorting(elements, 'kept = values[:]', 'kept[:] = values\nkept.sort()', 0);

const sortArray = ({ elements }: Sized) =>
  sorting(
    elements,
    'source = np.array(values)\nkept = source.copy()',
    'kept[:] = source\nkept.sort()',
    0,
  );

/** As in `tasks/work_numbers.ts`. */
const pairs: readonly (readonly [string, string, number])[] = [
  ['kitten', 'sitting', 3],
  ['', 'abc', 3],
  ['flaw', 'lawn', 2],
  ['intention', 'execution', 5],
];

function levenshtein({ bytes }: { readonly bytes: number }): PythonCase {
  const [a, b] = [text(bytes, 'ascii', 0), text(bytes, 'ascii', 5)];
  const want = `${distance(a, b)}`;
  const call = 'levenshtein(a, len(a), b, len(b))';
  const asked = (x: string, y: string) => `(lambda a, b: ${call})(b'${x}', b'${y}')`;
  return {
    setup: `a = ${textLiteral(a)}.encode()\nb = ${textLiteral(b)}.encode()\nlast = -1`,
    timed: `last = ${call}`,
    crossings: 1,
    checks: [
      ['the distance', call, want],
      ...pairs.map(([x, y, far]): Known => [`${x} to ${y}`, asked(x, y), `${far}`]),
    ],
    after: [['the last distance', 'last', want]],
  };
}

/** A row through the middle of the set, as in `tasks/work_numbers.ts`. */
const image = { row: 300, height: 720, limit: 256 } as const;

function mandelbrot({ width }: { readonly width: number }): PythonCase {
  const { row, height, limit } = image;
  const twin = new Uint32Array(width);
  mandelbrotRow(twin, width, row, height, limit);
  const timed = `mandelbrot_row(counts, width, ${row}, ${height}, ${limit})`;
  const got = "','.join(map(str, counts))";
  return {
    setup: `width = ${width}\ncounts = writable_counts(width)`,
    timed,
    crossings: 1,
    checks: [['the answer', `(${timed}, ${got})[1]`, literal(twin.join())]],
    after: [['the last answer', got, literal(twin.join())]],
  };
}

/** Small multiples of a half: the products of Python's own loops are exact too. */
function matmul({ n }: { readonly n: number }): PythonCase {
  const got = "','.join(format(x, '.15g') for x in c)";
  return {
    setup: [
      `n = ${n}`,
      `digits = scattered(${2 * n * n})`,
      'left = [(x % 19 - 9) / 2 for x in digits[:n * n]]',
      'right = [(x % 17 - 8) / 2 for x in digits[n * n:]]',
      'a, b, c = numbers(left), numbers(right), writable_numbers(n * n)',
      'columns = [right[i::n] for i in range(n)]',
      'rows = [left[i * n:i * n + n] for i in range(n)]',
      'from operator import mul',
      'product = [sum(map(mul, row, column)) for row in rows for column in columns]',
      "want = ','.join(format(x, '.15g') for x in product)",
    ].join('\n'),
    timed: 'matmul(a, b, c, n)',
    crossings: 1,
    checks: [['the answer', `(matmul(a, b, c, n), ${got})[1]`, 'want']],
    after: [['the last answer', got, 'want']],
  };
}

const small = 'b\' [1, {"a": [2.5, -1e3]}, "7", null, true] \'';

function documents(records: number, setup: string, sum: string, crossings: number): PythonCase {
  const want = literal(records + records * (records - 1) / 4);
  return {
    setup: [
      'from json import dumps, loads',
      'def record(i):',
      "    return {'id': i, 'at': {'x': i * 0.5, 'y': -i}, 'tags': ['a', f'b{i}'], 'ok': True}",
      `document = {'kind': 'records', 'count': ${records},`,
      `            'records': [record(i) for i in range(${records})]}`,
      "data = dumps(document, separators=(',', ':')).encode()",
      'last = -1.0',
      setup,
    ].join('\n'),
    timed: `last = ${sum}`,
    crossings,
    checks: [
      ['the sum', sum, want],
      ['the sum of a small document', `(lambda data: ${sum})(${small})`, '-996.5'],
    ],
    after: [['the last sum', 'last', want]],
  };
}

const sumOfNumbers = [
  'def sum_of(value):',
  '    if isinstance(value, (int, float)): return 0 if value is True else value',
  '    if isinstance(value, dict): value = value.values()',
  '    elif not isinstance(value, list): return 0',
  '    return sum(map(sum_of, value))',
].join('\n');

export const workNumbers: PythonTasks = {
  'work.sort_f64': inPython<Sized>({ native: sortInC, plain: sortList, numpy: sortArray }),
  'work.sort_f64_builtin': inPython<Sized>({ plain: sortList }),
  'work.levenshtein': inPython<{ readonly bytes: number }>({ native: levenshtein }),
  'work.mandelbrot_row': inPython<{ readonly width: number }>({ native: mandelbrot }),
  'work.matmul': inPython<{ readonly n: number }>({ native: matmul }),
  'work.json_sum': inPython<{ readonly records: number }>({
    native: ({ records }) => documents(records, '', 'json_sum(data, len(data))', 1),
    plain: ({ records }) => documents(records, sumOfNumbers, 'sum_of(loads(data))', 0),
  }),
};
