// Known answers of the family `call`, at the edges of every scalar type.
import type { OpenLane } from '../../../src/catalogue/lane.ts';
import type { SymbolName } from '../../../src/catalogue/signatures.ts';
import type { Answer, Check } from '../../../src/catalogue/task.ts';
import type { Asked } from './symbols.ts';

// The type of each function is the table's; a list of them has no common one.
// deno-lint-ignore no-explicit-any
type Any = (...args: any[]) => any;

/** A function that returns what it is given. */
function identity(symbol: SymbolName, values: readonly Answer[]): Asked {
  return {
    ask(lane) {
      const f = lane.call(symbol) as Any;
      return values.map((value) => ({ what: `${symbol}(${value})`, got: f(value), want: value }));
    },
  };
}

/** A function that returns the sum of its arguments, wrapping for integers. */
function adder(symbol: SymbolName, rows: readonly (readonly number[])[], wraps: boolean): Asked {
  return {
    ask(lane) {
      const f = lane.call(symbol) as Any;
      return rows.map((row) => {
        const sum = row.reduce((total, value) => wraps ? (total + value) | 0 : total + value, 0);
        return { what: `${symbol}(${row})`, got: f(...row), want: sum };
      });
    },
  };
}

const [most, least] = [2147483647, -2147483648];

function integers(count: number): Asked {
  const row = (at: (i: number) => number) => Array.from({ length: count }, (_, i) => at(i));
  const rows = [row((i) => i + 1), row((i) => i % 2 ? most : least), row((i) => i < 2 ? most : 0)];
  return adder(`i32_args_${count}` as SymbolName, rows, true);
}

function doubles(count: number): Asked {
  const row = (at: (i: number) => number) => Array.from({ length: count }, (_, i) => at(i));
  const rows = [row((i) => i + 0.5), row((i) => -1e300 * (i + 1) / 100), row(() => Infinity)];
  return adder(`f64_args_${count}` as SymbolName, rows, false);
}

function poly(k: number): Asked {
  return {
    ask(lane) {
      const f = lane.call(`poly_${k}` as 'poly_1');
      return [
        { what: 'of 41', got: f(41), want: 41 + k },
        { what: 'at the edge', got: f(most), want: (most + k) | 0 },
        { what: 'of the least', got: f(least), want: least + k },
      ];
    },
  };
}

function mixed(lane: OpenLane): Check[] {
  const f = lane.call('mixed6') as Any;
  const address = lane.call('noop_address')();
  const rows = [
    [[least, -0.5, 0, 0, null, 0], least - 0.5],
    [[most, 1e9, 255, 0.5, null, 4294967295], most + 1e9 + 255.5 + 4294967295],
    [[0, 0, 0, 0, address, 0], 1],
  ] as const;
  return rows.map(([args, want]) => ({ what: 'mixed6', got: f(...args), want }));
}

function booleans(lane: OpenLane): Check[] {
  const f = lane.call('id_bool');
  return [true, false].map((value) => ({
    what: String(value),
    got: f(lane.bool(value)),
    want: lane.bool(value),
  }));
}

/** 64 bits may come back as Number where they are small, so both are compared as BigInt. */
function wide(symbol: 'id_i64' | 'id_u64', values: readonly bigint[]): Asked {
  return {
    ask(lane) {
      const f = lane.call(symbol);
      return values.map((x) => ({ what: `${symbol}(${x})`, got: BigInt(f(x)), want: x }));
    },
  };
}

const word = 2n ** 63n;

export const callAnswers = {
  noop: {
    ask(lane) {
      const f: () => unknown = lane.call('noop');
      return [{ what: 'nothing comes back', got: f() === undefined || f() === null, want: true }];
    },
  },
  i32_args_0: integers(0),
  i32_args_1: integers(1),
  i32_args_2: integers(2),
  i32_args_4: integers(4),
  i32_args_6: integers(6),
  i32_args_8: integers(8),
  i32_args_12: integers(12),
  i32_args_16: integers(16),
  f64_args_1: doubles(1),
  f64_args_2: doubles(2),
  f64_args_4: doubles(4),
  f64_args_8: doubles(8),
  f64_args_9: doubles(9),
  mixed6: { also: ['noop_address'], ask: mixed },
  id_i8: identity('id_i8', [-128, 127, -1, 0]),
  id_u8: identity('id_u8', [0, 255, 128]),
  id_i16: identity('id_i16', [-32768, 32767, -1]),
  id_u16: identity('id_u16', [0, 65535, 32768]),
  id_i32: identity('id_i32', [least, most, -1]),
  id_u32: identity('id_u32', [0, 4294967295, 2147483648]),
  id_i64: wide('id_i64', [-word, word - 1n, -1n, 0n, 2n ** 53n + 1n]),
  id_u64: wide('id_u64', [0n, 2n * word - 1n, word, 2n ** 53n + 1n]),
  id_f32: identity('id_f32', [-0, 0.1015625, NaN, Infinity, 3.4028234663852886e38]),
  id_f64: identity('id_f64', [-0, Number.MIN_VALUE, Number.MAX_VALUE, NaN, -Infinity]),
  id_bool: { ask: booleans },
  id_pointer: {
    also: ['noop_address'],
    ask(lane) {
      const f = lane.call('id_pointer');
      const at = lane.call('noop_address')();
      return [
        { what: 'an address', got: lane.samePointer(f(at), at), want: true },
        { what: 'null', got: lane.samePointer(f(null), null), want: true },
      ];
    },
  },
  u64_by_ref: {
    ask(lane) {
      const cell = new BigUint64Array([2n * word - 1n]);
      const f = lane.call('u64_by_ref');
      f(cell);
      const wrapped = cell[0]!;
      f(cell);
      return [
        { what: 'the greatest plus one', got: wrapped, want: 0n },
        { what: 'and one more', got: cell[0]!, want: 1n },
      ];
    },
  },
  noop_address: {
    ask(lane) {
      const address = lane.call('noop_address')();
      return [{ what: 'is no null', got: lane.samePointer(address, null), want: false }];
    },
  },
  poly_1: poly(1),
  poly_2: poly(2),
  poly_3: poly(3),
  poly_4: poly(4),
  poly_5: poly(5),
  poly_6: poly(6),
  poly_7: poly(7),
  poly_8: poly(8),
} as const satisfies Partial<Record<SymbolName, Asked>>;
