/**
 * Family `async`: calls that leave the main thread free. Where the runtime or the mechanism has an
 * asynchronous call, that is one way; a Worker that makes synchronous calls is another, for all.
 */
import type { OpenLane } from '../lane.ts';
import type { SymbolName } from '../signatures.ts';
import { type Host, type Params, type Prepared, task } from '../task.ts';

/** A call that is over at some time. */
type AsyncCall = (argument: number) => Promise<number>;

/** How long the call itself takes: nothing, or 50 µs of busy work. */
interface WorkParams extends Params {
  readonly work: 'trivial' | 'spin_50us';
}

const works: WorkParams[] = [{ work: 'trivial' }, { work: 'spin_50us' }];
const symbols = { trivial: 'async_id', spin_50us: 'async_spin_us' } as const;

/** What the calls are asked: the busy ones for 50 µs. Both answer their argument. */
const argument = 50;

/** Checks of a call that may take a while. */
async function answers(call: AsyncCall): Promise<{ what: string; got: number; want: number }[]> {
  const [a, b] = await Promise.all([call(7), call(21)]);
  return [{ what: 'call(7)', got: a, want: 7 }, { what: 'call(21)', got: b, want: 21 }];
}

function sequential(call: AsyncCall, crossings: number, close: () => void): Prepared {
  let last = -1;
  return {
    body: async () => {
      last = await call(argument);
    },
    crossings,
    check: () => answers(call),
    after: () => [{ what: 'the last answer', got: last, want: argument }],
    close,
  };
}

function parallel(call: AsyncCall, n: number, crossings: number, close: () => void): Prepared {
  let sum = -1;
  return {
    body: async () => {
      const calls: Promise<number>[] = [];
      for (let i = 0; i < n; i++) calls.push(call(argument));
      let total = 0;
      for (const answer of await Promise.all(calls)) total += answer;
      sum = total;
    },
    crossings: n * crossings,
    check: () => answers(call),
    after: () => [{ what: 'the sum of the answers', got: sum, want: n * argument }],
    close,
  };
}

/** A way of calling asynchronously: what it needs and binds, and how it is had. */
interface Way {
  readonly prefix: '' | 'worker_';
  readonly says: string;
  readonly timed: string;
  readonly need: 'async' | 'worker';
  binds(symbol: SymbolName): readonly { symbol: SymbolName; form: 'async' }[];
  make(lane: OpenLane, host: Host, symbol: SymbolName): { call: AsyncCall; close: () => void };
}

const ownWay: Way = {
  prefix: '',
  says: "by the lane's own asynchronous call",
  timed: 'call(50)',
  need: 'async',
  binds: (symbol) => [{ symbol, form: 'async' }],
  make: (lane, _host, symbol) => ({
    call: lane.callAs<AsyncCall>(symbol, 'async'),
    close: () => {},
  }),
};

const workerWay: Way = {
  prefix: 'worker_',
  says: 'by a message to a Worker, which makes the call',
  timed: 'worker.call(50)',
  need: 'worker',
  binds: () => [],
  make: (_lane, host, symbol) => host.offload(symbol),
};

function sequentialTask(way: Way) {
  return task({
    id: `async.${way.prefix}sequential`,
    isolates: `one asynchronous call after the other, ${way.says}`,
    timed: `last = await ${way.timed}`,
    params: works,
    timing: 'concurrent',
    needs: [way.need],
    binds: ({ work }) => way.binds(symbols[work]),
    plain: null,
    prepare(lane, { work }, host) {
      const { call, close } = way.make(lane, host, symbols[work]);
      return sequential(call, 1, close);
    },
  });
}

function parallelTask(way: Way) {
  return task({
    id: `async.${way.prefix}parallel`,
    isolates: `n asynchronous calls at once, ${way.says}; one figure for all n`,
    timed: `answers = await Promise.all(n × ${way.timed})`,
    params: [8, 64].flatMap((n) => works.map(({ work }) => ({ n, work }))),
    sweep: 'n',
    largest: 2 ** 12,
    timing: 'concurrent',
    needs: [way.need],
    binds: ({ work }) => way.binds(symbols[work]),
    plain: null,
    prepare(lane, { n, work }, host) {
      const { call, close } = way.make(lane, host, symbols[work]);
      return parallel(call, n, 1, close);
    },
  });
}

const sleep_ms = 10;
/** Calls of 10 ms in one launch. The least of their delays is the figure: noise only adds. */
const sleeps = 9;

/** The next turn of the event loop. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The longest time between two turns of the event loop while such a call is made. */
async function longestGap(call: AsyncCall, now: () => number): Promise<number> {
  await nextTurn();
  let isOver = false;
  let gap = 0;
  let before = now();
  const made = call(sleep_ms).then(() => isOver = true);
  while (!isOver) {
    await nextTurn();
    const after = now();
    gap = Math.max(gap, after - before);
    before = after;
  }
  await made;
  return gap;
}

function delaying(call: AsyncCall, close: () => void): Prepared {
  return {
    body: () => call(sleep_ms),
    crossings: 1,
    async once({ now }) {
      // A Worker has started once it has answered.
      await call(1);
      let elapsedNs = Infinity;
      for (let i = 0; i < sleeps; i++) {
        elapsedNs = Math.min(elapsedNs, await longestGap(call, now));
      }
      return { elapsedNs, calls: 1, made: sleeps + 1 };
    },
    async check() {
      return [{ what: 'call(1)', got: await call(1), want: 1 }];
    },
    close,
  };
}

function delayTask(way: Way) {
  return task({
    id: `async.${way.prefix}loop_delay`,
    isolates: `how long the event loop stands still during a call of 10 ms, ${way.says}`,
    timed: `the longest gap between turns of the event loop during ${
      way.timed.replace('50', '10')
    }`,
    timing: 'one_shot',
    needs: [way.need],
    binds: () => way.binds('async_sleep_ms'),
    plain: null,
    prepare(lane, _params, host) {
      const { call, close } = way.make(lane, host, 'async_sleep_ms');
      return delaying(call, close);
    },
  });
}

const blockingDelay = task({
  id: 'async.blocking_loop_delay',
  isolates: 'how long the event loop stands still during a synchronous call of 10 ms',
  timed: 'the longest gap between turns of the event loop during call(10)',
  timing: 'one_shot',
  binds: ['async_sleep_ms'],
  plain: null,
  prepare(lane) {
    const f = lane.call('async_sleep_ms');
    return delaying((ms) => Promise.resolve(f(ms)), () => {});
  },
});

const ways = [ownWay, workerWay];

export const tasks = [
  ...ways.flatMap((way) => [sequentialTask(way), parallelTask(way), delayTask(way)]),
  blockingDelay,
];
