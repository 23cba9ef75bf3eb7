/** Family `range`: move work across, or do less of it. The sum of 0 … n-1, four ways. */
import { type Prepared, task } from '../task.ts';
import { apart } from '../twins/apart.ts';

/** The sums up to here are exact as doubles. */
const largest = 2 ** 27;

/** The sum of 0 … n-1 by its formula. */
function formulaSum(n: number): number {
  return (n * (n - 1)) / 2;
}

/** A case that sums a range whose length the optimizer cannot know. */
function summing(n: number, sum: (n: number) => number, crossings: number): Prepared {
  const length = new Uint32Array([n]);
  const last = new Float64Array(1);
  return {
    body: () => last[0] = sum(length[0]!),
    crossings,
    check: () => [
      { what: 'the sum', got: sum(n), want: formulaSum(n) },
      { what: 'the sum of 0 … 9', got: sum(10), want: 45 },
      { what: 'the sum of 0 alone', got: sum(1), want: 0 },
    ],
    after: () => [{ what: 'the last sum', got: last[0]!, want: formulaSum(n) }],
  };
}

/**
 * Takes every step. The sum begins at -0, which is no whole number to V8: Node 26 keeps sums of
 * whole numbers as 64-bit integers, and that loop takes 1.8 times as long.
 */
function loopSum(length: number): number {
  let total = -0;
  for (let i = 0; i < length; i++) total += i;
  return total;
}

const loopPlain = ({ n }: { n: number }) => summing(n, apart(n, loopSum), 0);

const loop = task({
  id: 'range.loop',
  isolates: 'one call that takes every step in C, against a loop in JavaScript',
  timed: 'last = range_loop(n)',
  params: [1, 10, 100, 1000, 10000, 100000, 1000000].map((n) => ({ n })),
  sweep: 'n',
  largest,
  binds: ['range_loop'],
  plain: loopPlain,
  prepare: (lane, { n }) => summing(n, lane.call('range_loop'), 1),
});

const fold = task({
  id: 'range.fold',
  isolates: 'the same source, which the C compiler may fold into a formula',
  timed: 'last = range_fold(n)',
  params: [100, 10000, 1000000, 100000000].map((n) => ({ n })),
  sweep: 'n',
  largest,
  binds: ['range_fold'],
  plain: loopPlain,
  prepare: (lane, { n }) => summing(n, lane.call('range_fold'), 1),
});

const formula = task({
  id: 'range.formula',
  isolates: 'the better algorithm in plain JavaScript: no crossing at all',
  timed: 'last = (n * (n - 1)) / 2',
  params: [100, 10000, 1000000, 100000000].map((n) => ({ n })),
  sweep: 'n',
  largest,
  needs: ['plain_javascript'],
  binds: [],
  plain: ({ n }) => summing(n, formulaSum, 0),
  prepare: () => {
    throw new Error('range.formula has no native form; it needs the capability plain_javascript');
  },
});

const batch = task({
  id: 'range.batch',
  isolates: 'n calls of one step each, against one call of range.loop on n',
  timed: 'for (i < n) total = range_step(total, i); last = total',
  params: [1, 10, 100, 1000].map((n) => ({ n })),
  sweep: 'n',
  largest,
  binds: ['range_step'],
  plain: loopPlain,
  prepare(lane, { n }) {
    const step = lane.call('range_step');
    const sum = apart(n, (length: number) => {
      let total = 0;
      for (let i = 0; i < length; i++) total = step(total, i);
      return total;
    });
    return summing(n, sum, n);
  },
});

export const tasks = [loop, fold, formula, batch];
