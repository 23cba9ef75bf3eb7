/** Family `callback`: C calling JavaScript back. */
import { scattered } from '../inputs.ts';
import type { OpenLane } from '../lane.ts';
import { signatures } from '../signatures.ts';
import { type Prepared, task } from '../task.ts';
import { threadCallbacks } from './callback_thread.ts';

const sync = task({
  id: 'callback.sync',
  isolates: 'C calling a JavaScript function n times within one call',
  timed: 'last = callback_repeat((i) => i + 1, n)',
  params: [1, 1000].map((n) => ({ n })),
  sweep: 'n',
  needs: ['callback'],
  binds: ['callback_repeat'],
  prepare(lane, { n }) {
    const f = lane.call('callback_repeat');
    const word = signatures.callback_repeat.args[0];
    let came = 0;
    const callback = lane.callback(word, (i: number) => {
      came++;
      return i + 1;
    });
    const known = lane.callback(word, (i: number) => i * i);
    const want = Number(BigInt.asIntN(32, (BigInt(n) * BigInt(n + 1)) / 2n));
    let last = 0;
    return {
      body: () => last = f(callback.ref, n),
      crossings: 1,
      check: () => [
        { what: '0 + 1 + 4 + 9', got: f(known.ref, 4), want: 14 },
        { what: 'no call', got: f(known.ref, 0), want: 0 },
      ],
      after: (calls) => [
        { what: 'the last sum', got: last, want },
        { what: 'callbacks that came', got: came, want: calls * n },
      ],
      close() {
        callback.close();
        known.close();
      },
    };
  },
});

const kinds = ['f64', 'u64', 'pointer', 'six'] as const;

/** What the callbacks of a kind answer, and what n of them come to. */
const kindsOf = {
  f64: { answer: (x: number) => x + 0.5, want: (n: number) => (n * n) / 2 },
  u64: {
    // One lane hands out small 64-bit integers as Number.
    answer: (x: bigint | number) => typeof x === 'bigint' ? x + 1n : x + 1,
    want: (n: number) => (BigInt(n) * BigInt(n + 1)) / 2n,
  },
  pointer: { answer: <T>(x: T) => x, want: (n: number) => n },
  six: {
    answer: (a: number, b: number, c: number, d: number, _: unknown, f: number) =>
      a + b + c + d + f,
    want: (n: number) => n * (n - 1) + 3.5 * n,
  },
} as const;

const argument = task({
  id: 'callback.argument',
  isolates: 'what crosses in a callback: a double, a BigInt, an address, six of several types',
  timed: 'last = callback_KIND((x) => …, 1000)',
  params: kinds.map((kind) => ({ kind })),
  needs: ['callback'],
  binds: ({ kind }) => [`callback_${kind}`],
  prepare(lane, { kind }) {
    const f = lane.call(`callback_${kind}`) as (ref: unknown, n: number) => number | bigint;
    const { answer, want } = kindsOf[kind];
    const callback = lane.callback(signatures[`callback_${kind}`].args[0], answer);
    let last: number | bigint = 0;
    const normal = (value: number | bigint) => kind === 'u64' ? BigInt(value) : value;
    return {
      body: () => {
        last = f(callback.ref, 1000);
      },
      crossings: 1,
      check: () =>
        [0, 1, 5].map((n) => ({
          what: `${n} callbacks`,
          got: normal(f(callback.ref, n)),
          want: want(n),
        })),
      after: () => [{ what: 'the last answer', got: normal(last), want: want(1000) }],
      close: () => callback.close(),
    };
  },
});

const create = task({
  id: 'callback.create',
  isolates: 'making and closing a callback that is never called',
  timed: 'callback((i) => i + 1).close()',
  needs: ['callback'],
  binds: ['callback_repeat'],
  plain: null,
  prepare(lane) {
    const f = lane.call('callback_repeat');
    const word = signatures.callback_repeat.args[0];
    const next = (i: number) => i + 1;
    const once = () => {
      const made = lane.callback(word, next);
      const answer = f(made.ref, 3);
      made.close();
      return answer;
    };
    return {
      body: () => lane.callback(word, next).close(),
      crossings: 0,
      check: () => [{ what: '1 + 2 + 3', got: once(), want: 6 }],
    };
  },
});

const compare = (a: number, b: number) => a - b;
const sortSizes = [10, 1000, 10000].map((elements) => ({ elements }));

/** Numbers without order, for a comparison whose answer must fit 32 bits. */
function unsorted(elements: number): Float64Array {
  return Float64Array.from(scattered(elements), (x) => x >>> 8);
}

/** Sorts a copy each time, since sorting what is sorted is another question. */
function sorting(elements: number, sort: (numbers: Float64Array) => void, crossings: number) {
  const source = unsorted(elements);
  const kept = new Float64Array(elements);
  const want = source.toSorted().join();
  return {
    body: () => {
      kept.set(source);
      sort(kept);
    },
    crossings,
    check: () => {
      const numbers = source.slice();
      sort(numbers);
      return [{ what: 'the sorted numbers', got: numbers.join(), want }];
    },
    after: () => [{ what: 'the last numbers', got: kept.join(), want }],
  };
}

function withComparer(lane: OpenLane, elements: number): Prepared {
  const f = lane.call('callback_sort');
  const callback = lane.callback(signatures.callback_sort.args[2], compare);
  return {
    ...sorting(elements, (numbers) => f(numbers, numbers.length, callback.ref), 1),
    close: () => callback.close(),
  };
}

const sort = task({
  id: 'callback.sort',
  isolates: 'C sorting a fresh copy of numbers by a JavaScript comparison',
  timed: 'kept.set(unsorted); callback_sort(kept, elements, (a, b) => a - b)',
  params: sortSizes,
  sweep: 'elements',
  largest: 2 ** 22,
  needs: ['callback'],
  binds: ['callback_sort'],
  plain: ({ elements }) => sorting(elements, (numbers) => numbers.sort(compare), 0),
  prepare: (lane, { elements }) => withComparer(lane, elements),
});

const sortCopy = task({
  id: 'callback.sort_copy',
  isolates: 'the copy of callback.sort alone: its baseline',
  timed: 'kept.set(unsorted)',
  params: sortSizes,
  sweep: 'elements',
  largest: 2 ** 22,
  needs: ['plain_javascript'],
  binds: [],
  prepare(_lane, { elements }) {
    const source = unsorted(elements);
    const kept = new Float64Array(elements);
    return {
      body: () => kept.set(source),
      crossings: 0,
      check: () => [],
      after: () => [{ what: 'the copy', got: kept.join(), want: source.join() }],
    };
  },
});

export const tasks = [sync, argument, create, sort, sortCopy, ...threadCallbacks];
