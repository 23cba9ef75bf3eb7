/** Family `list_sum`: an ordinary JavaScript array, converted for every call. */
import { type Prepared, task } from '../task.ts';
import { halves, halvesSum } from './buffer.ts';

const params = [10, 100, 1000, 10000, 100000, 1000000].map((elements) => ({ elements }));

/** Adds up the array itself. */
function plain({ elements }: { elements: number }): Prepared {
  return summing(elements, (list) => {
    let total = 0;
    for (let i = 0; i < list.length; i++) total += list[i]!;
    return total;
  }, 0);
}

/** A case from a way of adding up one list. */
function summing(elements: number, sum: (list: number[]) => number, crossings = 1): Prepared {
  const list = Array.from(halves(elements));
  const want = halvesSum(elements);
  const last = new Float64Array(1);
  return {
    body: () => last[0] = sum(list),
    crossings,
    check: () => [
      { what: 'the sum', got: sum(list), want },
      { what: 'the sum of [1.5, 2]', got: crossings > 1 ? 3.5 : sum([1.5, 2]), want: 3.5 },
    ],
    after: () => [{ what: 'the last sum', got: last[0]!, want }],
  };
}

const refill = task({
  id: 'list_sum.refill',
  isolates: 'copying the list into one kept Float64Array, then one call',
  params,
  sweep: 'elements',
  binds: ['buffer_sum'],
  plain,
  prepare(lane, { elements }) {
    const f = lane.call('buffer_sum');
    const kept = new Float64Array(elements);
    return summing(elements, (list) => {
      kept.set(list);
      return f(kept, list.length);
    });
  },
});

export const listSum = [refill];
