/** Family `thread`: the same library called by several Workers at once. */
import { type Prepared, task } from '../task.ts';

/** Calls that each Worker makes for one message: they take tens of times what the message does. */
const callsEach = 100_000;

/** Workers of a case; one for each core that the runtime tells of. */
function workersOf(workers: number | 'cores'): number {
  return workers === 'cores' ? navigator.hardwareConcurrency : workers;
}

const parallel = task({
  id: 'thread.parallel',
  isolates: 'n Workers at 100,000 calls each: as long as for one, where none waits for another',
  timed: 'await Promise.all(workers.map((one) => one.repeat(100000)))',
  params: ([1, 2, 'cores'] as const).map((workers) => ({ workers })),
  timing: 'concurrent',
  needs: ['worker'],
  binds: ['thread_add'],
  plain: null,
  prepare(lane, { workers }, host): Prepared {
    const add = lane.call('thread_add');
    const all = Array.from({ length: workersOf(workers) }, () => host.repeat('thread_add'));
    const once = async () => {
      const sums = await Promise.all(all.map((one) => one.call(callsEach)));
      return sums.every((sum) => sum === callsEach);
    };
    let last = true;
    return {
      body: async () => last = await once() && last,
      // The kernel counts no call: see zig/kernels/thread.zig.
      crossings: 0,
      check: async () => [
        { what: '2 + 3', got: add(2, 3), want: 5 },
        { what: 'every Worker counts up to its calls', got: await once(), want: true },
      ],
      after: () => [{ what: 'every Worker always did', got: last, want: true }],
      close: () => all.forEach((one) => one.close()),
    };
  },
});

export const tasks = [parallel];
