/** Family `handle`: data that lives in native memory and that JavaScript holds by its address. */
import { task } from '../task.ts';

const sum = task({
  id: 'handle.sum',
  isolates: 'adding up an array that native memory owns: only its address crosses',
  params: [10, 100, 1000, 10000, 100000, 1000000].map((elements) => ({ elements })),
  sweep: 'elements',
  binds: ['handle_create', 'handle_sum', 'handle_get', 'handle_destroy'],
  prepare(lane, { elements }) {
    const handle = lane.call('handle_create')(elements);
    const f = lane.call('handle_sum');
    const get = lane.call('handle_get');
    const destroy = lane.call('handle_destroy');
    const want = (elements * (elements - 1)) / 2;
    const last = new Float64Array(1);
    return {
      body: () => last[0] = f(handle),
      crossings: 1,
      check: () => [
        { what: 'the sum', got: f(handle), want },
        { what: 'the last element', got: get(handle, elements - 1), want: elements - 1 },
      ],
      after: () => [{ what: 'the last sum', got: last[0]!, want }],
      close: () => destroy(handle),
    };
  },
});

export const handle = [sum];
