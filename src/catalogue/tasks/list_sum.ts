/** Family `list_sum`: an ordinary JavaScript array, converted for every call. */
import { halves, halvesSum } from '../inputs.ts';
import type { Pointer } from '../lane.ts';
import { type Prepared, task } from '../task.ts';
import { apart } from '../twins/apart.ts';

const params = [10, 100, 1000, 10000, 100000, 1000000].map((elements) => ({ elements }));

/** Adds up the array itself. */
function sumOf(list: readonly number[]): number {
  let total = 0;
  for (let i = 0; i < list.length; i++) total += list[i]!;
  return total;
}

const plain = ({ elements }: { elements: number }) => summing(elements, apart(elements, sumOf), 0);

/** A case from a way of adding up one list. */
function summing(elements: number, sum: (list: number[]) => number, crossings: number): Prepared {
  const list = Array.from(halves(elements));
  const want = halvesSum(elements);
  const last = new Float64Array(1);
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

const from = task({
  id: 'list_sum.from',
  isolates: 'a new Float64Array from the list for every call',
  timed: 'last = buffer_sum(new Float64Array(list), list.length)',
  params,
  sweep: 'elements',
  binds: ['buffer_sum'],
  plain,
  prepare(lane, { elements }) {
    const f = lane.call('buffer_sum');
    const { freshNumbers } = lane.forms;
    return summing(elements, (list) => f(freshNumbers(list), list.length), 1);
  },
});

const refill = task({
  id: 'list_sum.refill',
  isolates: 'copying the list into one kept Float64Array, then one call',
  timed: 'kept.set(list); last = buffer_sum(kept, list.length)',
  params,
  sweep: 'elements',
  binds: ['buffer_sum'],
  plain,
  prepare(lane, { elements }) {
    const f = lane.call('buffer_sum');
    const kept = new Float64Array(Math.max(elements, 2));
    const write = lane.forms.numberWriter(kept);
    return summing(elements, (list) => {
      write(list);
      return f(kept, list.length);
    }, 1);
  },
});

const mapped = task({
  id: 'list_sum.mapped',
  isolates: 'copying the list into native memory through a view, then one call with its address',
  timed: 'view.set(list); last = buffer_sum(address, list.length)',
  params,
  sweep: 'elements',
  needs: ['native_memory'],
  binds: [
    { symbol: 'buffer_sum', form: 'pointer' },
    ...['handle_create', 'handle_data', 'handle_destroy'] as const,
  ],
  plain,
  prepare(lane, { elements }) {
    const room = Math.max(elements, 2);
    const handle = lane.call('handle_create')(room);
    const data = lane.call('handle_data')(handle)!;
    const destroy = lane.call('handle_destroy');
    type SumAt = (address: Pointer, count: number) => number;
    const f = lane.callAs<SumAt>('buffer_sum', 'pointer');
    const write = lane.forms.numberWriter(lane.numbersAt(data, room));
    const prepared = summing(elements, (list) => {
      write(list);
      return f(data, list.length);
    }, 1);
    return { ...prepared, close: () => destroy(handle) };
  },
});

const perElement = task({
  id: 'list_sum.per_element',
  isolates: 'one call for each element, and one for the sum: no buffer at all',
  timed: 'for (x of list) list_add(x); last = list_take()',
  params,
  sweep: 'elements',
  binds: ['list_add', 'list_take'],
  plain,
  prepare(lane, { elements }) {
    const add = lane.call('list_add');
    const take = lane.call('list_take');
    const sum = apart(elements, (list: readonly number[]) => {
      for (let i = 0; i < list.length; i++) add(list[i]!);
      return take();
    });
    return summing(elements, sum, elements + 1);
  },
});

/** Characters of the longest number that a list of halves of this length writes, with its comma. */
function charactersEach(elements: number): number {
  return String(elements * 0.5 + 0.5).length + 2;
}

const json = task({
  id: 'list_sum.json',
  isolates: 'the list as JSON text, which C parses: what a protocol of text costs',
  timed: 'last = list_json(kept, write(JSON.stringify(list), kept))',
  params,
  sweep: 'elements',
  largest: 2 ** 24,
  binds: ['list_json'],
  plain,
  prepare(lane, { elements }) {
    const f = lane.call('list_json');
    const kept = new Uint8Array(elements * charactersEach(elements) + 16);
    const write = lane.forms.textWriter(kept);
    return summing(elements, (list) => f(kept, write(JSON.stringify(list))), 1);
  },
});

const handler = task({
  id: 'list_sum.handler',
  isolates: 'the sum called directly, once per event, as a handler does: its cost over time',
  timed: 'last = sum(list)',
  params: [1000, 100000].map((elements) => ({ elements })),
  sweep: 'elements',
  followedMs: 4000,
  needs: ['plain_javascript'],
  binds: [],
  plain: ({ elements }) => summing(elements, sumOf, 0),
  prepare: () => {
    throw new Error('list_sum.handler has no native form; it needs plain_javascript.');
  },
});

export const tasks = [from, refill, mapped, perElement, json, handler];
