/** Family `call` in Python. */
import { inPython, type Known, literal, type PythonCase, type PythonTasks } from './case.ts';

/** A task that reads the same with the library's function and with its twin in Python. */
function alike<P extends Readonly<Record<string, number | string>>>(
  make: (params: P) => PythonCase,
) {
  return inPython<P>({
    native: make,
    plain: (params) => ({ ...make(params), crossings: 0 }),
  });
}

const noop: PythonCase = { timed: 'noop()', crossings: 1, checks: [] };

/** The constants after the first argument, as `tasks/call.ts` has them: their sum is 1. */
const i32Rest = [1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 7, -7, 8, -8];

function i32Args({ args }: { args: number }): PythonCase {
  const f = `i32_args_${args}`;
  const rest = i32Rest.slice(0, Math.max(0, args - 1));
  const given = args === 0 ? [] : ['x', ...rest];
  const numbers = (at: (i: number) => number) => Array.from({ length: args }, (_, i) => at(i));
  const wrapped = args === 0 ? 0 : args === 1 ? 0x7fffffff : -2;
  const wrapping = numbers((i) => i < 2 ? 0x7fffffff : 0);
  return {
    setup: 'x = 0',
    timed: `x = ${f}(${given.join(', ')})`,
    crossings: 1,
    checks: [
      ['sum of 1, 2, 3, …', `${f}(${numbers((i) => i + 1)})`, `${args * (args + 1) / 2}`],
      ['sum that wraps at 32 bits', `${f}(${wrapping})`, `${wrapped}`],
    ],
    after: [['the chain of sums', 'x', args > 1 ? '(calls + 2**31) % 2**32 - 2**31' : '0']],
  };
}

const f64Rest = [0.5, 2.5, -2.5, 3.5, -3.5, 4.5, -4.5, 0];

function f64Args({ args }: { args: number }): PythonCase {
  const f = `f64_args_${args}`;
  const rest = f64Rest.slice(0, args - 1).map((value) => value === 0 ? '0.0' : `${value}`);
  const known = Array.from({ length: args }, (_, i) => i + 0.5);
  return {
    setup: 'x = 0.0',
    timed: `x = ${f}(${['x', ...rest].join(', ')})`,
    crossings: 1,
    checks: [['sum of 0.5, 1.5, 2.5, …', `${f}(${known})`, `${args * args / 2}`]],
    after: [['the chain of sums', 'x', args > 1 ? 'calls * 0.5' : '0.0']],
  };
}

const mixed6: PythonCase = {
  setup: 'x = 0.0',
  timed: 'x = mixed6(1, 0.5, 3, 0.25, null, 7)',
  crossings: 1,
  checks: [[
    'mixed6(-1, 2.5, 255, 0.5, null, 2³²-1)',
    'mixed6(-1, 2.5, 255, 0.5, null, 4294967295)',
    literal(-1 + 2.5 + 255 + 0.5 + 4294967295),
  ]],
  after: [['the last answer', 'x', '11.75']],
};

const edges: Readonly<Record<string, readonly number[]>> = {
  i8: [-128, 127, 7],
  u8: [0, 255, 7],
  i16: [-32768, 32767, 7],
  u16: [0, 65535, 7],
  i32: [-2147483648, 2147483647, 7],
  u32: [0, 4294967295, 7],
  f32: [-0, 0.1015625, NaN],
  f64: [-0, Number.MIN_VALUE, NaN],
};

function id({ type }: { type: string }): PythonCase {
  const f = `id_${type}`;
  const known = type === 'bool'
    ? [['true', `${f}(True)`, 'True'], ['false', `${f}(False)`, 'False']] as const
    : edges[type]!.map((edge): Known => [`${edge}`, `${f}(${literal(edge)})`, literal(edge)]);
  const start = type === 'bool' ? 'True' : type.startsWith('f') ? '1.5' : '7';
  return {
    setup: `x = ${start}`,
    timed: `x = ${f}(x)`,
    crossings: 1,
    checks: known,
    after: [['the last answer', 'x', start]],
  };
}

const fates: Readonly<Record<string, (f: string) => string>> = {
  unused: (f) => `${f}(x)`,
  consumed: (f) => `if ${f}(x) != x: wrong += 1`,
  escaping: (f) => `last = ${f}(x)`,
};

function wide(word: 'u64' | 'i64', values: readonly bigint[]) {
  return alike<{ sink: string }>(({ sink }) => ({
    setup: `x = last = ${values[0]}\nwrong = 0`,
    timed: fates[sink]!(`id_${word}`),
    crossings: 1,
    checks: values.map((x): Known => [`${x}`, `id_${word}(${x})`, `${x}`]),
    after: [
      ['answers that differed', 'wrong', '0'],
      ['the last answer', 'last', `${values[0]}`],
    ],
  }));
}

const pointerId: PythonCase = {
  setup: 'kept = writable(8)\nx = start = address_of(kept)',
  timed: 'x = id_pointer(x)',
  crossings: 1,
  checks: [
    ['the same address', 'id_pointer(start) == start', 'True'],
    ['null', 'id_pointer(null) == null', 'True'],
    ['not null', 'id_pointer(start) == null', 'False'],
  ],
  after: [['the last answer', 'x == start', 'True']],
};

function polymorphic({ functions }: { functions: number }): PythonCase {
  const names = Array.from({ length: functions }, (_, i) => `poly_${i + 1}`);
  return {
    setup: `functions = (${names.join(', ')},)\ncount = ${functions}\nnext = x = 0`,
    timed: 'x = functions[next](0)\nnext = 0 if next + 1 == count else next + 1',
    crossings: 1,
    checks: names.map((name, i): Known => [`${name}(41)`, `${name}(41)`, `${42 + i}`]),
    after: [['the last answer', 'x', `(calls - 1) % ${functions} + 1`]],
  };
}

/** How a program may reach the function: kept, looked up in an object or a table, or wrapped. */
const reached: Readonly<Record<string, readonly [setup: string, call: string]>> = {
  const: ['', 'i32_args_2(1, 2)'],
  property: [
    'class Library: i32_args_2 = staticmethod(i32_args_2)\nlib = Library',
    'lib.i32_args_2(1, 2)',
  ],
  map: ["functions = {'add': i32_args_2}", "functions['add'](1, 2)"],
  bound: ['from functools import partial\nbound = partial(i32_args_2)', 'bound(1, 2)'],
  spread: ['def spread(*args): return i32_args_2(*args)', 'spread(1, 2)'],
};

function access({ way }: { way: string }): PythonCase {
  const [setup, timed] = reached[way]!;
  return { setup, timed, crossings: 1, checks: [['1 + 2', 'i32_args_2(1, 2)', '3']] };
}

const functionPointer: PythonCase = {
  setup: 'call = function_at(noop_address())',
  timed: 'call()',
  crossings: 1,
  checks: [],
};

export const tasks: PythonTasks = {
  'call.empty': inPython({ plain: () => ({ timed: 'pass', crossings: 0, checks: [] }) }),
  'call.noop': alike(() => noop),
  'call.i32_args': alike(i32Args),
  'call.f64_args': alike(f64Args),
  'call.mixed6': alike(() => mixed6),
  'call.id': alike(id),
  'call.u64_bigint': wide('u64', [0x123456789abcdef0n, 0n, 2n ** 53n + 1n, 2n ** 64n - 1n]),
  'call.i64_bigint': wide('i64', [-0x123456789abcdef0n, 0n, -(2n ** 63n), 2n ** 63n - 1n]),
  'call.u64_by_ref': inPython({
    native: () => ({
      setup: 'cell, probe = writable_wide(1), writable_wide(1)\nprobe[0] = 2**64 - 1',
      timed: 'u64_by_ref(cell)',
      crossings: 1,
      checks: [[
        '2⁶⁴-1 plus one',
        '(probe.__setitem__(0, 2**64 - 1), u64_by_ref(probe), probe[0])[2]',
        '0',
      ]],
      after: [['the counter', 'cell[0]', 'calls']],
    }),
  }),
  'call.pointer_id': inPython({ native: () => pointerId }),
  'call.function_pointer': inPython({ native: () => functionPointer }),
  'call.polymorphic': alike(polymorphic),
  'call.access': alike(access),
};
