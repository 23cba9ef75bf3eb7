// Known answers of ranges, callbacks, asynchronous calls, real kernels, and what the library tells
// of itself.
import type { Capability, OpenLane } from '../../../src/catalogue/lane.ts';
import { signatures, type SymbolName } from '../../../src/catalogue/signatures.ts';
import type { Answer, Check } from '../../../src/catalogue/task.ts';
import type { Asked } from './symbols.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const hex = (bytes: Uint8Array) =>
  Array.from(bytes, (x) => x.toString(16).padStart(2, '0')).join('');

type Pairs = readonly (readonly [Answer, Answer])[];

function checksOf(pairs: Pairs): Check[] {
  return pairs.map(([got, want], i) => ({ what: `answer ${i + 1}`, got, want }));
}

function ask(pairs: (lane: OpenLane) => Pairs, also: readonly SymbolName[] = []): Asked {
  return { also, ask: (lane) => checksOf(pairs(lane)) };
}

function range(symbol: 'range_loop' | 'range_fold'): Asked {
  return ask((lane) => {
    const f = lane.call(symbol);
    return [[f(0), 0], [f(1), 0], [f(10), 45], [f(100000), 4999950000]];
  });
}

type CallbackSymbol =
  | 'callback_repeat'
  | 'callback_f64'
  | 'callback_u64'
  | 'callback_pointer'
  | 'callback_six';

/** A function that calls back: the callback, how often, and the result. */
function callback(
  symbol: CallbackSymbol,
  // deno-lint-ignore no-explicit-any
  fn: (...args: any[]) => unknown,
  rows: readonly (readonly [number, number])[],
): Asked {
  return {
    needs: 'callback',
    ask(lane) {
      const made = lane.callback(signatures[symbol].args[0], fn);
      const f = lane.call(symbol) as (ref: unknown, n: number) => number | bigint;
      const checks = checksOf(rows.map(([n, want]) => [Number(f(made.ref, n)), want]));
      made.close();
      return checks;
    },
  };
}

const sort: Asked = {
  needs: 'callback',
  ask(lane) {
    const compare = (a: number, b: number) => Math.sign(a - b);
    const made = lane.callback(signatures.callback_sort.args[2], compare);
    const numbers = new Float64Array([3, -1, 2.5, 1e300, -0.5]);
    lane.call('callback_sort')(numbers, 5, made.ref);
    made.close();
    return checksOf([[numbers.join(), '-1,-0.5,2.5,3,1e+300']]);
  },
};

const thread = ['callback_thread_done', 'callback_thread_sum', 'callback_thread_stop'] as const;

/** A foreign thread calls five times; the event loop turns until all have come. */
function foreign(kind: 'value' | 'notice', needs: Capability, answersSum: number): Asked {
  const symbol = `callback_thread_${kind}` as const;
  return {
    needs,
    also: thread,
    async ask(lane) {
      let [came, sum] = [0, 0];
      const made = lane.callback(signatures[symbol].args[0], (i: number) => {
        came++;
        sum += i;
        return i * i;
      }, 'foreign');
      lane.call(symbol)(made.ref, 5);
      const done = lane.call('callback_thread_done');
      for (let i = 0; i < 30_000 && (came < 5 || done() < 5); i++) {
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      const answered = lane.call('callback_thread_sum')();
      lane.call('callback_thread_stop')();
      made.close();
      return checksOf([[came, 5], [sum, 10], [done(), 5], [answered, answersSum]]);
    },
  };
}

const threadIdle = ask((lane) => {
  lane.call('callback_thread_stop')();
  const [done, sum] = [lane.call('callback_thread_done')(), lane.call('callback_thread_sum')()];
  return [[Number.isInteger(done), true], [Number.isInteger(sum), true]];
}, thread);

const sha = ask((lane) => {
  const out = new Uint8Array(33);
  lane.call('sha256')(utf8('abc'), 3, out);
  return [[hex(out), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad00']];
});

const base64 = ask((lane) => {
  const f = lane.call('base64');
  return (['', 'f', 'fo', 'foo', 'foob', 'foobar'] as const).map((value) => {
    const out = new Uint8Array(8);
    const length = f(utf8(value), value.length, out);
    return [new TextDecoder().decode(out.subarray(0, length)), btoa(value)] as const;
  });
});

const validate = ask((lane) => {
  const f = lane.call('utf8_validate');
  const bytes = [[], [0x61], [0xf4, 0x8f, 0xbf, 0xbf], [0xf4, 0x90, 0x80, 0x80], [0xc0, 0x80], [
    0x80,
  ]];
  const wants = [1, 1, 1, 0, 0, 0];
  return bytes.map((row, i) => [f(Uint8Array.from(row), row.length), wants[i]!] as const);
});

const levenshtein = ask((lane) => {
  const f = lane.call('levenshtein');
  const far = (a: string, b: string) => f(utf8(a), a.length, utf8(b), b.length);
  const long = 'ab'.repeat(100);
  return [[far('kitten', 'sitting'), 3], [far('', ''), 0], [far('', 'abc'), 3], [
    far(long, 'b'),
    199,
  ]];
});

const mandelbrot = ask((lane) => {
  const counts = new Uint32Array(7);
  lane.call('mandelbrot_row')(counts, 6, 1, 2, 50);
  return [[counts.join(), '50,50,50,50,50,5,0']];
});

const matmul = ask((lane) => {
  const c = new Float64Array(5);
  lane.call('matmul')(new Float64Array([1, 2, 3, 4]), new Float64Array([5, 6, 7, 8]), c, 2);
  return [[c.join(), '19,22,43,50,0']];
});

const sortNumbers = ask((lane) => {
  const numbers = new Float64Array([NaN, 1, -0, 0, -Infinity, 0.5]);
  lane.call('sort_f64')(numbers, 6);
  const isOrdered = Object.is(numbers[1], -0) && Object.is(numbers[2], 0);
  return [[numbers.join(), '-Infinity,0,0,0.5,1,NaN'], [isOrdered, true]];
});

/** A function that writes JSON into a buffer and returns its whole length. */
function told(symbol: 'manifest' | 'probe'): Asked {
  return ask((lane) => {
    const f = lane.call(symbol);
    const length = f(new Uint8Array(1), 1);
    const bytes = new Uint8Array(length + 4096);
    const text = new TextDecoder().decode(bytes.subarray(0, f(bytes, bytes.length)));
    return [[length > 1, true], [typeof JSON.parse(text), 'object']];
  });
}

const identity = ask((lane) => {
  const f = lane.call('async_id');
  return [[f(2147483647), 2147483647], [f(-2147483648), -2147483648]];
});

/** Both ways of wrong use get a code; what is counted in between is JSON. */
const stepping = ask((lane) => {
  const [begin, end] = [lane.call('step_begin'), lane.call('step_end')];
  const bytes = new Uint8Array(65536);
  const withoutBegin = end(bytes, bytes.length) < 0;
  const first = begin(1000);
  const again = first === 0 ? begin(1000) : -1;
  const length = first === 0 ? end(bytes, bytes.length) : 0;
  const text = new TextDecoder().decode(bytes.subarray(0, length));
  const told = first === 0 ? JSON.parse(text).instructions > 0 : first < 0;
  return [[withoutBegin, true], [again < 0, true], [told, true]];
}, ['step_begin', 'step_end']);

/** Asked before the first batch, which is not stepped, it returns how many turns that has. */
const walking = ask((lane) => {
  const walk = lane.call('step_walk');
  const bytes = new Uint8Array(4096);
  new Uint32Array(bytes.buffer, 0, 2).set([70, 1]);
  const begun = walk(bytes, bytes.length);
  const ended = walk(bytes, bytes.length);
  const made = new DataView(bytes.buffer).getUint32(32, true);
  return [[begun, 70], [ended, 0], [made, 70]];
});

export const workAnswers = {
  range_loop: range('range_loop'),
  range_fold: range('range_fold'),
  range_step: ask((lane) => [[lane.call('range_step')(0.5, -2), -1.5]]),
  callback_repeat: callback('callback_repeat', (i) => i * i, [[0, 0], [4, 14]]),
  callback_f64: callback('callback_f64', (x) => x / 2, [[0, 0], [4, 3]]),
  callback_u64: callback('callback_u64', (x) => BigInt(x) * 2n, [[0, 0], [4, 12]]),
  callback_pointer: callback('callback_pointer', (x) => x, [[0, 0], [4, 4]]),
  callback_six: callback('callback_six', (a, b, c, d, e, f) => a + b + c + d + f + (e ? 100 : 0), [
    [0, 0],
    [4, 26],
  ]),
  callback_sort: sort,
  callback_thread_value: foreign('value', 'callback_thread_value', 30),
  callback_thread_notice: foreign('notice', 'callback_thread_notice', 0),
  callback_thread_done: threadIdle,
  callback_thread_sum: threadIdle,
  callback_thread_stop: threadIdle,
  async_id: identity,
  async_spin_us: ask((lane) => [[lane.call('async_spin_us')(1), 1]]),
  async_sleep_ms: ask((lane) => [[lane.call('async_sleep_ms')(1), 1]]),
  crc32: ask((lane) => {
    const f = lane.call('crc32');
    return [[f(utf8('123456789'), 9), 0xcbf43926], [f(utf8(''), 0), 0]];
  }),
  sha256: sha,
  base64,
  utf8_validate: validate,
  sort_f64: sortNumbers,
  levenshtein,
  mandelbrot_row: mandelbrot,
  matmul,
  calls: ask((lane) => {
    const [calls, noop] = [lane.call('calls'), lane.call('noop')];
    const before = calls();
    for (let i = 0; i < 1000; i++) noop();
    return [[calls() - before, 1000]];
  }, ['noop']),
  manifest: told('manifest'),
  probe: told('probe'),
  counters_start: ask((lane) => [[lane.call('counters_start')(0), 0]]),
  counters_read: ask((lane) => {
    lane.call('counters_start')(0);
    const counts = new Float64Array([-1, -1]);
    return [[lane.call('counters_read')(counts) > 0, true], [counts.join(), '-1,-1']];
  }, ['counters_start']),
  take_freest_core: ask((lane) => [[lane.call('take_freest_core')() >= -1, true]]),
  throughput: ask((lane) => [[lane.call('throughput')() > 0, true]]),
  throughput_scale: ask((lane) => {
    const scale = new Float64Array(3);
    lane.call('throughput_scale')(scale);
    return [[scale.every((value) => value > 0), true]];
  }),
  step_begin: stepping,
  step_end: stepping,
  step_walk: walking,
  spin_chain: ask((lane) => [[Number.isInteger(lane.call('spin_chain')(8)), true]]),
} as const satisfies Partial<Record<SymbolName, Asked>>;
