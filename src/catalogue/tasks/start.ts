/**
 * Family `start`: what the first time costs. Every figure is of one launch, since a second time in
 * the same process is another question.
 */
import type { BindingRequest, OpenLane } from '../lane.ts';
import { signatures, type SymbolName } from '../signatures.ts';
import { type Clock, type OneFigure, type Prepared, task } from '../task.ts';

/** Functions that every native lane can bind: no struct goes by value. */
const bindable = (Object.keys(signatures) as SymbolName[]).filter((name) =>
  !/^struct_(arg|result)_/.test(name)
);

const add: BindingRequest = { symbol: 'i32_args_2', form: 'plain' };

/** That many functions, the one that is called among them. */
function requestsOf(symbols: number): BindingRequest[] {
  const others = bindable.filter((symbol) => symbol !== add.symbol).slice(0, symbols - 1);
  return [add, ...others.map((symbol) => ({ symbol, form: 'plain' as const }))];
}

/** Known answers of a library that a launch opened. */
function sums(opened: () => OpenLane) {
  return () => {
    const f = opened().call('i32_args_2');
    return [{ what: '1 + 2', got: f(1, 2), want: 3 }];
  };
}

const open = task({
  id: 'start.open',
  isolates: 'opening the library with that many functions, for the first time in a process',
  timed: 'open(library, symbols)',
  params: [1, 10, 100].map((symbols) => ({ symbols })),
  sweep: 'symbols',
  largest: bindable.length,
  timing: 'one_shot',
  binds: [],
  plain: null,
  prepare(_lane, { symbols }, host) {
    const requests = requestsOf(symbols);
    let opened: OpenLane | undefined;
    return {
      body: () => opened = host.open(requests),
      crossings: 0,
      check: sums(() => opened ??= host.open(requests)),
      close: () => opened?.close(),
    };
  },
});

const firstCall = task({
  id: 'start.first_call',
  isolates: 'the first call of a function of an open library, before any tier compiled it',
  timed: 'x = i32_args_2(1, 2)',
  timing: 'one_shot',
  binds: ['i32_args_2'],
  prepare(lane) {
    const f = lane.call('i32_args_2');
    let x = -1;
    return {
      body: () => x = f(1, 2),
      crossings: 1,
      check: sums(() => lane),
      after: () => [{ what: 'the first answer', got: x, want: 3 }],
    };
  },
});

/** Calls between two looks at the clock; the loop is as hot as a program's own. */
const window = 500;
const longest_ns = 400e6;
/** A window counts as fast when it takes at most this much of what the last ones take. */
const fastEnough = 1.25;

/** The durations of windows of calls, one after the other, until the time is up. */
function timeWindows(body: () => unknown, now: Clock['now']): { windows: number[]; made: number } {
  const windows: number[] = [];
  const start = now();
  let before = start;
  while (before - start < longest_ns) {
    for (let i = 0; i < window; i++) body();
    const after = now();
    windows.push(after - before);
    before = after;
  }
  return { windows, made: windows.length * window };
}

/** What passes until the calls are as fast as they stay: the time, and the calls in it. */
export function untilFast(windows: readonly number[]): Pick<OneFigure, 'elapsedNs' | 'calls'> {
  const tail = windows.slice(-Math.ceil(windows.length / 4)).sort((a, b) => a - b);
  const fast = tail[tail.length >> 1]! * fastEnough;
  // Three fast windows in a row, so that a lucky one among slow ones does not count.
  let first = windows.findIndex((_, i) =>
    i + 2 < windows.length && Math.max(windows[i]!, windows[i + 1]!, windows[i + 2]!) <= fast
  );
  if (first < 0) first = windows.length;
  const elapsedNs = windows.slice(0, first).reduce((sum, ns) => sum + ns, 0);
  return { elapsedNs, calls: first * window + 1 };
}

const fast = task({
  id: 'start.until_fast',
  isolates: 'how long a program calls until its calls are as fast as they will be',
  timed: 'time of the calls x = i32_args_2(x, 1) before the first of three fast windows of 500',
  timing: 'one_shot',
  binds: ['i32_args_2'],
  prepare(lane) {
    const f = lane.call('i32_args_2');
    let x = 0;
    const body = () => x = f(x, 1);
    return {
      body,
      crossings: 1,
      once({ now }) {
        const { windows, made } = timeWindows(body, now);
        return { ...untilFast(windows), made };
      },
      check: sums(() => lane),
      after: (calls) => [{ what: 'the chain of sums', got: x, want: calls | 0 }],
    };
  },
});

/** A figure of the time from the process being asked for to the first answer. */
function first(result: () => number, crossings: number): Prepared {
  let x = -1;
  return {
    body: result,
    crossings,
    once({ sinceStart }) {
      x = result();
      return { elapsedNs: sinceStart(), calls: 1 };
    },
    check: () => [{ what: '1 + 2', got: result(), want: 3 }],
    after: () => [{ what: 'the first answer', got: x, want: 3 }],
  };
}

const process = task({
  id: 'start.process',
  isolates: 'from asking for the process to the first answer of an opened library',
  timed: 'start the runtime, load the worker, open(library), x = i32_args_2(1, 2)',
  timing: 'one_shot',
  binds: [],
  plain: () => first(() => Number('1') + 2, 0),
  prepare: (_lane, _params, host) => first(() => host.open([add]).call('i32_args_2')(1, 2), 1),
});

export const tasks = [open, firstCall, fast, process];
