/** Family `work`, the rest: kernels over numbers, over two texts and over a document. */
import { distance } from 'fastest-levenshtein';
import { largestNumbers, scattered } from '../inputs.ts';
import { type Answer, type Prepared, task } from '../task.ts';
import { text } from '../texts.ts';
import { apart } from '../twins/apart.ts';
import { mandelbrotRow, matmul } from '../twins/numbers.ts';
import { sumOfNumbers } from '../twins/text.ts';

/** A case whose body takes nothing; `answer` reads what it left, which must be `want`. */
function leaving(
  body: () => unknown,
  answer: () => Answer,
  want: Answer,
  crossings: number,
): Prepared {
  return {
    body,
    crossings,
    check() {
      body();
      return [{ what: 'the answer', got: answer(), want }];
    },
    after: () => [{ what: 'the last answer', got: answer(), want }],
  };
}

/** Up to one MiB of numbers. */
const sortParams = [10, 100, 1000, 10000, 131072].map((elements) => ({ elements }));

/** Numbers of both signs. Neither NaN nor -0 is among them, which a comparison does not order. */
function unsorted(elements: number): Float64Array {
  return Float64Array.from(scattered(elements), (x) => (x - 2 ** 31) / 1024);
}

/** Sorts a copy each time: the copy is timed too, and `callback.sort_copy` is what it costs. */
function sorting(elements: number, sort: (kept: Float64Array) => unknown, crossings: number) {
  const source = unsorted(elements);
  const kept = new Float64Array(elements);
  const sorted = source.toSorted();
  const body = () => {
    kept.set(source);
    sort(kept);
  };
  const isSorted = () => kept.every((x, i) => x === sorted[i]);
  return leaving(body, isSorted, true, crossings);
}

const sort = task({
  id: 'work.sort_f64',
  isolates: 'sorting a copy of numbers in C, against a sort by a comparison in JavaScript',
  timed: 'kept.set(unsorted); sort_f64(kept, elements)',
  params: sortParams,
  sweep: 'elements',
  largest: largestNumbers,
  binds: ['sort_f64'],
  plain: ({ elements }) => sorting(elements, (kept) => kept.sort((a, b) => a - b), 0),
  prepare(lane, { elements }) {
    const f = lane.call('sort_f64');
    return sorting(elements, (kept) => f(kept, kept.length), 1);
  },
});

const sortBuiltin = task({
  id: 'work.sort_f64_builtin',
  isolates: 'sorting a copy of numbers by Float64Array.prototype.sort',
  timed: 'kept.set(unsorted); kept.sort()',
  params: sortParams,
  sweep: 'elements',
  largest: largestNumbers,
  needs: ['plain_javascript'],
  binds: [],
  prepare: (_lane, { elements }) => sorting(elements, (kept) => kept.sort(), 0),
});

/** Two texts of that length that have about a third of their letters in common. */
function twoTexts(bytes: number): [string, string] {
  return [text(bytes, 'ascii', 0), text(bytes, 'ascii', 5)];
}

const known: [string, string, number][] = [
  ['kitten', 'sitting', 3],
  ['', 'abc', 3],
  ['flaw', 'lawn', 2],
  ['intention', 'execution', 5],
];

function distances(bytes: number, of: (a: string, b: string) => () => number, crossings: number) {
  const [a, b] = twoTexts(bytes);
  const run = of(a, b);
  let last = -1;
  const want = distance(a, b);
  return {
    body: () => last = run(),
    crossings,
    check: () => [
      { what: 'the distance', got: run(), want },
      ...known.map(([x, y, far]) => ({ what: `${x} to ${y}`, got: of(x, y)(), want: far })),
    ],
    after: () => [{ what: 'the last distance', got: last, want }],
  };
}

const levenshtein = task({
  id: 'work.levenshtein',
  isolates: 'the edit distance of two kept texts, against fastest-levenshtein in JavaScript',
  timed: 'last = levenshtein(a, a.length, b, b.length)',
  params: [8, 64, 512, 4096].map((bytes) => ({ bytes })),
  sweep: 'bytes',
  largest: 2 ** 16,
  binds: ['levenshtein'],
  plain: ({ bytes }) => {
    const far = apart(bytes * bytes, distance);
    return distances(bytes, (a, b) => () => far(a, b), 0);
  },
  prepare(lane, { bytes }) {
    const f = lane.call('levenshtein');
    const encoder = new TextEncoder();
    return distances(bytes, (a, b) => {
      const [left, right] = [encoder.encode(a), encoder.encode(b)];
      return () => f(left, left.length, right, right.length);
    }, 1);
  },
});

/** A row through the middle of the set, where pixels take from one to all steps. */
const image = { row: 300, height: 720, limit: 256 } as const;

function rows(width: number, run: (counts: Uint32Array) => unknown, crossings: number): Prepared {
  const { row, height, limit } = image;
  const counts = new Uint32Array(width);
  const twin = new Uint32Array(width);
  mandelbrotRow(twin, width, row, height, limit);
  return leaving(() => run(counts), () => counts.join(), twin.join(), crossings);
}

const mandelbrot = task({
  id: 'work.mandelbrot_row',
  isolates: 'one row of the Mandelbrot set, up to 256 steps for each pixel',
  timed: 'mandelbrot_row(counts, width, 300, 720, 256)',
  params: [16, 256, 4096].map((width) => ({ width })),
  sweep: 'width',
  largest: 2 ** 20,
  binds: ['mandelbrot_row'],
  plain: ({ width }) => {
    const { row, height, limit } = image;
    const draw = apart(width * limit, mandelbrotRow);
    return rows(width, (counts) => draw(counts, width, row, height, limit), 0);
  },
  prepare(lane, { width }) {
    const f = lane.call('mandelbrot_row');
    const { row, height, limit } = image;
    return rows(width, (counts) => f(counts, width, row, height, limit), 1);
  },
});

type Multiply = (a: Float64Array, b: Float64Array, c: Float64Array, n: number) => unknown;

/** Small multiples of a half, whose products are exact however they are added up. */
function products(n: number, multiply: Multiply, crossings: number): Prepared {
  const [a, b, c] = [0, 1, 2].map(() => new Float64Array(n * n)) as [
    ...[Float64Array, Float64Array, Float64Array],
  ];
  const digits = scattered(2 * n * n);
  a.forEach((_, i) => a[i] = (digits[i]! % 19 - 9) / 2);
  b.forEach((_, i) => b[i] = (digits[n * n + i]! % 17 - 8) / 2);
  const twin = new Float64Array(n * n);
  matmul(a, b, twin, n);
  return leaving(() => multiply(a, b, c, n), () => c.join(), twin.join(), crossings);
}

const matrices = task({
  id: 'work.matmul',
  isolates: 'the product of two kept matrices of n × n numbers',
  timed: 'matmul(a, b, c, n)',
  params: [4, 16, 64, 256].map((n) => ({ n })),
  sweep: 'n',
  largest: 2 ** 11,
  binds: ['matmul'],
  plain: ({ n }) => products(n, apart(n ** 3, matmul), 0),
  prepare: (lane, { n }) => products(n, lane.call('matmul'), 1),
});

/** A document of records within records, with that many numbers in each third of its places. */
function makeDocument(elements: number): unknown {
  const record = (i: number) => ({
    id: i,
    at: { x: i * 0.5, y: -i },
    tags: ['a', `b${i}`],
    ok: true,
  });
  return {
    kind: 'records',
    count: elements,
    records: Array.from({ length: elements }, (_, i) => record(i)),
  };
}

function documents(elements: number, sum: (bytes: Uint8Array) => number, crossings: number) {
  const document = makeDocument(elements);
  const encoder = new TextEncoder();
  const bytes = encoder.encode(JSON.stringify(document));
  const small = encoder.encode(' [1, {"a": [2.5, -1e3]}, "7", null, true] ');
  const want = sumOfNumbers(document);
  const last = new Float64Array(1);
  return {
    body: () => last[0] = sum(bytes),
    crossings,
    check: () => [
      { what: 'the sum', got: sum(bytes), want },
      { what: 'the sum of a small document', got: sum(small), want: -996.5 },
    ],
    after: () => [{ what: 'the last sum', got: last[0]!, want }],
  };
}

const json = task({
  id: 'work.json_sum',
  isolates: 'the sum of all numbers of a document in UTF-8, against JSON.parse and a walk',
  timed: 'last = json_sum(bytes, length)',
  params: [1, 10, 1000, 10000].map((records) => ({ records })),
  sweep: 'records',
  largest: 2 ** 21,
  binds: ['json_sum'],
  plain: ({ records }) => {
    const decoder = new TextDecoder();
    const sum = apart(records, sumOfNumbers);
    return documents(records, (bytes) => sum(JSON.parse(decoder.decode(bytes))), 0);
  },
  prepare(lane, { records }) {
    const f = lane.call('json_sum');
    return documents(records, (bytes) => f(bytes, bytes.length), 1);
  },
});

export const workNumbers = [sort, sortBuiltin, levenshtein, mandelbrot, matrices, json];
