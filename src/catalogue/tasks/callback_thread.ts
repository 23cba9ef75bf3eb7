/**
 * Family `callback`, from a thread that JavaScript has never seen. There are two kinds, and they
 * are two tasks that are not ranked against each other: a callback whose answer the thread waits
 * for, and a notice that is only delivered. Both count what was delivered.
 */
import type { CallbackWord } from '../words.ts';
import type { CallOf, OpenLane } from '../lane.ts';
import { signatures } from '../signatures.ts';
import { type Prepared, task } from '../task.ts';

const params = [1, 1000].map((n) => ({ n }));

/** What both kinds take. */
const own = ['callback_thread_done', 'callback_thread_sum', 'callback_thread_stop'] as const;

/**
 * A callback that counts itself, and a call that starts n of them and settles when the n-th came.
 *
 * The next start waits in C until the thread is idle. A promise that settles within a callback goes
 * on before its answer is handed over, so that where the thread waits for answers the next start
 * would wait for a thread that waits for us: it is put off to the next turn of the event loop.
 */
function delivery(
  lane: OpenLane,
  word: CallbackWord,
  start: CallOf<'callback_thread_value'> | CallOf<'callback_thread_notice'>,
  n: number,
  isAnswered: boolean,
) {
  let came = 0;
  let left = 0;
  let sum = 0;
  let settle = () => {};
  const callback = lane.callback(word, (i: number) => {
    came++;
    sum = (sum + i) | 0;
    if (--left === 0) settle();
    return i + 1;
  }, 'foreign');
  const startAll = () =>
    new Promise<void>((resolve) => {
      settle = isAnswered ? () => setImmediate(resolve) : resolve;
      left = n;
      sum = 0;
      start(callback.ref, n);
    });
  return { callback, startAll, came: () => came, sum: () => sum };
}

/** The wrapping sum of 0 … n-1. */
function sumBelow(n: number): number {
  return Number(BigInt.asIntN(32, (BigInt(n) * BigInt(n - 1)) / 2n));
}

/** Waits until the thread has seen the end of its order, which it does after JavaScript has. */
async function until(isOver: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 2000; tries++) {
    if (isOver()) return true;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return false;
}

function threadTask(kind: 'value' | 'notice', isolates: string) {
  const symbol = `callback_thread_${kind}` as const;
  return task({
    id: `callback.thread_${kind}`,
    isolates,
    timed: `callback_thread_${kind}(callback, n); await the n-th callback`,
    params,
    sweep: 'n',
    largest: 2 ** 20,
    timing: 'concurrent',
    needs: [symbol],
    binds: [symbol, ...own],
    plain: null,
    prepare(lane, { n }): Prepared {
      const start = lane.call(symbol);
      const done = lane.call('callback_thread_done');
      const answered = lane.call('callback_thread_sum');
      const stop = lane.call('callback_thread_stop');
      const word = signatures[symbol].args[0];
      const { callback, startAll, came, sum } = delivery(lane, word, start, n, kind === 'value');
      const isOver = () => done() === n;
      const want = { value: sumBelow(n + 1), notice: 0 }[kind];
      let asked = 0;
      return {
        body: startAll,
        crossings: 1,
        async check() {
          const before = came();
          asked++;
          await startAll();
          return [
            { what: 'the thread came to its end', got: await until(isOver), want: true },
            { what: 'callbacks that came', got: came() - before, want: n },
            { what: 'the sum of what came', got: sum(), want: sumBelow(n) },
            { what: 'the sum of the answers', got: answered(), want },
          ];
        },
        after: (calls) => [
          { what: 'callbacks that came in all', got: came(), want: (calls + asked) * n },
        ],
        close() {
          stop();
          callback.close();
        },
      };
    },
  });
}

export const threadCallbacks = [
  threadTask('value', 'a foreign thread calling JavaScript n times and waiting for each answer'),
  threadTask('notice', 'a foreign thread telling JavaScript n times, without waiting'),
];
