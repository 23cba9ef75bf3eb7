/**
 * Family `article`: what the article on compiled Python extensions does by code of the extension's
 * own. What it does by a library's functions, other families ask of every lane alike.
 */
import { halves, halvesSum } from '../inputs.ts';
import { type Prepared, task } from '../task.ts';
import { apart } from '../twins/apart.ts';

const nothing = task({
  id: 'article.nothing',
  isolates: 'a function that does nothing, of the extension itself: no library behind it',
  timed: 'do_nothing()',
  needs: ['extension'],
  binds: [],
  plain: () => {
    const doNothing = () => {};
    return { body: () => doNothing(), crossings: 0, check: () => [] };
  },
  folded: true,
  prepare: ofExtensions,
});

function sumOf(list: readonly number[]): number {
  let total = 0;
  for (let i = 0; i < list.length; i++) total += list[i]!;
  return total;
}

/** A list added up in JavaScript, or converted and then added up in C. */
function summing(elements: number, sum: (list: number[]) => number, crossings: number): Prepared {
  const list = Array.from(halves(elements));
  const last = new Float64Array(1);
  const want = halvesSum(elements);
  return {
    body: () => last[0] = sum(list),
    crossings,
    check: () => [
      { what: 'the sum', got: sum(list), want },
      { what: 'the sum of [1.5, 2]', got: sum([1.5, 2]), want: 3.5 },
      { what: 'the sum of nothing', got: sum([]), want: 0 },
    ],
    after: () => [{ what: 'the last sum', got: last[0]!, want }],
  };
}

const sumList = task({
  id: 'article.sum_list',
  isolates: 'an ordinary list, walked by machine code where an extension can, else converted',
  timed: 'last = sum_list(list) | last = buffer_sum(new Float64Array(list), list.length)',
  params: [{ elements: 1_000_000 }],
  binds: ['buffer_sum'],
  plain: ({ elements }) => summing(elements, apart(elements, sumOf), 0),
  prepare(lane, { elements }) {
    const f = lane.call('buffer_sum');
    const { freshNumbers } = lane.forms;
    return summing(elements, (list) => f(freshNumbers(list), list.length), 1);
  },
});

const compilers = ['gcc', 'clang', 'rustc'] as const;
const sizes = [100, 1_000_000, 100_000_000];

const sumRange = task({
  id: 'article.sum_range',
  isolates: 'the sum of a range in the extension, by the compiler that built it, over n',
  timed: 'last = sum_range(n)',
  params: compilers.flatMap((compiler) => sizes.map((n) => ({ compiler, n }))),
  sweep: 'n',
  largest: 2 ** 27,
  needs: ['extension'],
  binds: [],
  plain: null,
  prepare: ofExtensions,
});

function ofExtensions(): never {
  throw new Error('This task belongs to extensions of CPython; it needs the capability extension.');
}

export const tasks = [nothing, sumList, sumRange];
