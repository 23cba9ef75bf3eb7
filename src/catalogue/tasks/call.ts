/** Family `call`: what one crossing costs, by the number and the types of what is passed. */
import type { OpenLane } from '../lane.ts';
import type { SymbolName } from '../signatures.ts';
import { type Prepared, task } from '../task.ts';
import { callWide } from './call_wide.ts';

const noop = task({
  id: 'call.noop',
  isolates: 'one crossing and nothing else: no argument, no result, no work',
  timed: 'noop()',
  binds: ['noop'],
  folded: true,
  prepare(lane) {
    const call = lane.call('noop');
    return { body: () => call(), crossings: 1, check: () => [] };
  },
});

const empty = task({
  id: 'call.empty',
  isolates: 'the timing loop around a body that does nothing: what every figure holds besides',
  timed: 'nothing',
  binds: [],
  folded: true,
  prepare: () => ({ body: () => {}, crossings: 0, check: () => [] }),
});

const i32Arities = [0, 1, 2, 4, 6, 8, 12, 16] as const;
const f64Arities = [1, 2, 4, 8, 9] as const;

/** Bodies that pass the last answer on, so that each call waits for the one before. */
function i32Chain(lane: OpenLane, args: (typeof i32Arities)[number]) {
  let x = 0;
  const last = () => x;
  const bodies: Record<typeof args, () => () => void> = {
    0: () => {
      const f = lane.call('i32_args_0');
      return () => x = f();
    },
    1: () => {
      const f = lane.call('i32_args_1');
      return () => x = f(x);
    },
    2: () => {
      const f = lane.call('i32_args_2');
      return () => x = f(x, 1);
    },
    4: () => {
      const f = lane.call('i32_args_4');
      return () => x = f(x, 1, 2, -2);
    },
    6: () => {
      const f = lane.call('i32_args_6');
      return () => x = f(x, 1, 2, -2, 3, -3);
    },
    8: () => {
      const f = lane.call('i32_args_8');
      return () => x = f(x, 1, 2, -2, 3, -3, 4, -4);
    },
    12: () => {
      const f = lane.call('i32_args_12');
      return () => x = f(x, 1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6);
    },
    16: () => {
      const f = lane.call('i32_args_16');
      return () => x = f(x, 1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 7, -7, 8, -8);
    },
  };
  return { body: bodies[args](), last };
}

const i32Args = task({
  id: 'call.i32_args',
  isolates: 'what each 32-bit integer argument adds to call.noop',
  timed: 'x = i32_args_N(x, 1, 2, -2, …)',
  params: i32Arities.map((args) => ({ args })),
  binds: ({ args }) => [`i32_args_${args}`],
  // One function returns what it is given; of more arguments an engine adds up the constants first.
  folded: ({ args }) => args !== 2,
  prepare(lane, { args }): Prepared {
    const { body, last } = i32Chain(lane, args);
    const f = lane.call(`i32_args_${args}`) as (...args: number[]) => number;
    const step = args > 1 ? 1 : 0;
    return {
      body,
      crossings: 1,
      check: () => [
        {
          what: 'sum of 1, 2, 3, …',
          got: f(...Array.from({ length: args }, (_, i) => i + 1)),
          want: (args * (args + 1)) / 2,
        },
        {
          what: 'sum that wraps at 32 bits',
          got: f(...Array.from({ length: args }, (_, i) => i < 2 ? 0x7fffffff : 0)),
          want: args === 0 ? 0 : args === 1 ? 0x7fffffff : -2,
        },
      ],
      after: (calls) => [{ what: 'the chain of sums', got: last(), want: (calls * step) | 0 }],
    };
  },
});

/** As `i32Chain`; the answer stays in a typed array, where storing it allocates nothing. */
function f64Chain(lane: OpenLane, args: (typeof f64Arities)[number]) {
  const x = new Float64Array(1);
  const bodies: Record<typeof args, () => () => void> = {
    1: () => {
      const f = lane.call('f64_args_1');
      return () => x[0] = f(x[0]!);
    },
    2: () => {
      const f = lane.call('f64_args_2');
      return () => x[0] = f(x[0]!, 0.5);
    },
    4: () => {
      const f = lane.call('f64_args_4');
      return () => x[0] = f(x[0]!, 0.5, 2.5, -2.5);
    },
    8: () => {
      const f = lane.call('f64_args_8');
      return () => x[0] = f(x[0]!, 0.5, 2.5, -2.5, 3.5, -3.5, 4.5, -4.5);
    },
    9: () => {
      const f = lane.call('f64_args_9');
      return () => x[0] = f(x[0]!, 0.5, 2.5, -2.5, 3.5, -3.5, 4.5, -4.5, 0);
    },
  };
  return { body: bodies[args](), last: () => x[0]! };
}

const f64Args = task({
  id: 'call.f64_args',
  isolates: 'what each double argument adds to call.noop; the ninth goes by the stack on x86-64',
  timed: 'x[0] = f64_args_N(x[0], 0.5, 2.5, -2.5, …)',
  params: f64Arities.map((args) => ({ args })),
  binds: ({ args }) => [`f64_args_${args}`],
  folded: ({ args }) => args === 1,
  prepare(lane, { args }) {
    const { body, last } = f64Chain(lane, args);
    const f = lane.call(`f64_args_${args}`) as (...args: number[]) => number;
    return {
      body,
      crossings: 1,
      check: () => [{
        what: 'sum of 0.5, 1.5, 2.5, …',
        got: f(...Array.from({ length: args }, (_, i) => i + 0.5)),
        want: (args * args) / 2,
      }],
      after: (calls) => [{
        what: 'the chain of sums',
        got: last(),
        want: args > 1 ? calls * 0.5 : 0,
      }],
    };
  },
});

const mixed6 = task({
  id: 'call.mixed6',
  isolates: 'six arguments of six types, against call.i32_args[6]',
  timed: 'x[0] = mixed6(1, 0.5, 3, 0.25, null, 7)',
  binds: ['mixed6'],
  folded: true,
  prepare(lane) {
    const f = lane.call('mixed6');
    const x = new Float64Array(1);
    return {
      body: () => x[0] = f(1, 0.5, 3, 0.25, null, 7),
      crossings: 1,
      check: () => [
        {
          what: 'mixed6(-1, 2.5, 255, 0.5, null, 2³²-1)',
          got: f(-1, 2.5, 255, 0.5, null, 4294967295),
          want: -1 + 2.5 + 255 + 0.5 + 4294967295,
        },
      ],
      after: () => [{ what: 'the last answer', got: x[0]!, want: 11.75 }],
    };
  },
});

const edges = {
  i8: [-128, 127, 7],
  u8: [0, 255, 7],
  i16: [-32768, 32767, 7],
  u16: [0, 65535, 7],
  i32: [-2147483648, 2147483647, 7],
  u32: [0, 4294967295, 7],
  f32: [-0, 0.1015625, NaN],
  f64: [-0, Number.MIN_VALUE, NaN],
} as const;
const idWords = [...Object.keys(edges), 'bool'] as (keyof typeof edges | 'bool')[];

const id = task({
  id: 'call.id',
  isolates: 'one argument and one result of each scalar type, against call.noop',
  timed: 'x = id(x)',
  params: idWords.map((type) => ({ type })),
  binds: ({ type }) => [`id_${type}`],
  folded: true,
  prepare(lane, { type }): Prepared {
    if (type === 'bool') return boolId(lane);
    const f = lane.call(`id_${type}`);
    if (type === 'f32' || type === 'f64') return floatId(f, edges[type]);
    let x = 7;
    return {
      body: () => x = f(x),
      crossings: 1,
      check: () => edges[type].map((edge) => ({ what: `${edge}`, got: f(edge), want: edge })),
      after: () => [{ what: 'the last answer', got: x, want: 7 }],
    };
  },
});

function floatId(f: (x: number) => number, values: readonly number[]): Prepared {
  const x = new Float64Array([1.5]);
  return {
    body: () => x[0] = f(x[0]!),
    crossings: 1,
    check: () => values.map((edge) => ({ what: `${edge}`, got: f(edge), want: edge })),
    after: () => [{ what: 'the last answer', got: x[0]!, want: 1.5 }],
  };
}

function boolId(lane: OpenLane): Prepared {
  const f = lane.call('id_bool');
  const yes = lane.bool(true);
  const no = lane.bool(false);
  let x = yes;
  return {
    body: () => x = f(x),
    crossings: 1,
    check: () => [
      { what: 'true', got: f(yes), want: yes },
      { what: 'false', got: f(no), want: no },
    ],
    after: () => [{ what: 'the last answer', got: x, want: yes }],
  };
}

const functionPointer = task({
  id: 'call.function_pointer',
  isolates: 'a call through a raw address, against call.noop',
  timed: 'noopAt(address)()',
  needs: ['function_pointer'],
  binds: ['noop_address'],
  plain: null,
  prepare(lane) {
    const call = lane.functionAt(lane.call('noop_address')()!);
    return { body: () => call(), crossings: 1, check: () => [] };
  },
});

const polymorphic = task({
  id: 'call.polymorphic',
  isolates: 'several functions at one call site, in turn, against one',
  timed: 'x = functions[next](0); next = (next + 1) % functions.length',
  params: ([1, 2, 4, 8] as const).map((functions) => ({ functions })),
  binds: ({ functions }) => polySymbols(functions),
  prepare(lane, { functions }) {
    const calls = polySymbols(functions).map((name) => lane.call(name) as (x: number) => number);
    let next = 0;
    let x = 0;
    return {
      body: () => {
        x = calls[next]!(0);
        next = next + 1 === functions ? 0 : next + 1;
      },
      crossings: 1,
      check: () =>
        calls.map((call, i) => ({ what: `poly_${i + 1}(41)`, got: call(41), want: 42 + i })),
      after: (count) => [{ what: 'the last answer', got: x, want: ((count - 1) % functions) + 1 }],
    };
  },
});

function polySymbols(functions: number): (SymbolName & `poly_${number}`)[] {
  return Array.from({ length: functions }, (_, i) => `poly_${i + 1}` as SymbolName & 'poly_1');
}

const ways = ['const', 'property', 'map', 'bound', 'spread'] as const;

/** How a program may reach the function that the runtime returned. */
function accessBody(lane: OpenLane, way: (typeof ways)[number]): () => void {
  const call = lane.call('i32_args_2');
  const library = { symbols: lane.symbols as Record<string, typeof call> };
  const map = new Map([['add', call]]);
  const bound = call.bind(null);
  const spread = (...args: [number, number]) => call(...args);
  switch (way) {
    case 'const':
      return () => call(1, 2);
    case 'property':
      return () => library.symbols['ffib_i32_args_2']!(1, 2);
    case 'map':
      return () => map.get('add')!(1, 2);
    case 'bound':
      return () => bound(1, 2);
    case 'spread':
      return () => spread(1, 2);
  }
}

const access = task({
  id: 'call.access',
  isolates: 'how the program reaches the function: kept, looked up, bound, or through a spread',
  timed: "f(1, 2) | lib.symbols.f(1, 2) | map.get('f')(1, 2) | bound(1, 2) | spread(1, 2)",
  params: ways.map((way) => ({ way })),
  binds: ['i32_args_2'],
  folded: true,
  prepare(lane, { way }) {
    const f = lane.call('i32_args_2');
    return {
      body: accessBody(lane, way),
      crossings: 1,
      check: () => [{ what: '1 + 2', got: f(1, 2), want: 3 }],
    };
  },
});

export const tasks = [
  empty,
  noop,
  i32Args,
  f64Args,
  mixed6,
  id,
  ...callWide,
  functionPointer,
  polymorphic,
  access,
];
