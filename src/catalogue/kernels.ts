/**
 * The kernels again in plain JavaScript, for the tasks whose plain twin is the same body with these
 * functions in place of the library's.
 */
import type { SymbolName } from './signatures.ts';
import { apartWhereLong } from './twins/apart.ts';

// A kernel takes what the task passes: its type is the table's, seen from the task.
// deno-lint-ignore no-explicit-any
type Kernel = (...args: any[]) => unknown;

const id = (x: unknown) => x;

/** Adds up 32-bit integers; one function per arity, so that none pays for a rest array. */
const i32Args = {
  i32_args_0: () => 0,
  i32_args_1: (a: number) => a,
  i32_args_2: (a: number, b: number) => (a + b) | 0,
  i32_args_4: (a: number, b: number, c: number, d: number) => (a + b + c + d) | 0,
  i32_args_6: (a: number, b: number, c: number, d: number, e: number, f: number) =>
    (a + b + c + d + e + f) | 0,
  // deno-fmt-ignore
  i32_args_8: (
    a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number,
  ) => (a + b + c + d + e + f + g + h) | 0,
  // deno-fmt-ignore
  i32_args_12: (
    a: number, b: number, c: number, d: number, e: number, f: number,
    g: number, h: number, i: number, j: number, k: number, l: number,
  ) => (a + b + c + d + e + f + g + h + i + j + k + l) | 0,
  // deno-fmt-ignore
  i32_args_16: (
    a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number,
    i: number, j: number, k: number, l: number, m: number, n: number, o: number, p: number,
  ) => (a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p) | 0,
};

const f64Args = {
  f64_args_1: (a: number) => a,
  f64_args_2: (a: number, b: number) => a + b,
  f64_args_4: (a: number, b: number, c: number, d: number) => a + b + c + d,
  // deno-fmt-ignore
  f64_args_8: (
    a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number,
  ) => a + b + c + d + e + f + g + h,
  // deno-fmt-ignore
  f64_args_9: (
    a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number,
    i: number,
  ) => a + b + c + d + e + f + g + h + i,
};

const ids = {
  id_i8: id,
  id_u8: id,
  id_i16: id,
  id_u16: id,
  id_i32: id,
  id_u32: id,
  id_i64: id,
  id_u64: id,
  id_f32: id,
  id_f64: id,
  id_bool: id,
  id_pointer: id,
};

// Eight functions of one shape but of eight source texts, as a program's own would be.
const poly = {
  poly_1: (x: number) => (x + 1) | 0,
  poly_2: (x: number) => (x + 2) | 0,
  poly_3: (x: number) => (x + 3) | 0,
  poly_4: (x: number) => (x + 4) | 0,
  poly_5: (x: number) => (x + 5) | 0,
  poly_6: (x: number) => (x + 6) | 0,
  poly_7: (x: number) => (x + 7) | 0,
  poly_8: (x: number) => (x + 8) | 0,
};

const sum = apartWhereLong((values: ArrayLike<number>, length: number): number => {
  let total = 0;
  for (let i = 0; i < length; i++) total += values[i]!;
  return total;
});

const callbacks = {
  callback_repeat: apartWhereLong((callback: (i: number) => number, n: number) => {
    let total = 0;
    for (let i = 0; i < n; i++) total = (total + callback(i)) | 0;
    return total;
  }),
  callback_f64: apartWhereLong((callback: (x: number) => number, n: number) => {
    let total = 0;
    for (let i = 0; i < n; i++) total += callback(i);
    return total;
  }),
  callback_u64: apartWhereLong((callback: (x: bigint) => bigint, n: number) => {
    let total = 0n;
    for (let i = 0n; i < n; i++) total = BigInt.asUintN(64, total + callback(i));
    return total;
  }),
  callback_pointer: apartWhereLong((callback: (x: object) => object, n: number) => {
    const sent = {};
    let same = 0;
    for (let i = 0; i < n; i++) same += Number(callback(sent) === sent);
    return same;
  }),
  callback_six: apartWhereLong((callback: (...args: unknown[]) => number, n: number) => {
    let total = 0;
    for (let i = 0; i < n; i++) total += callback(i, i, 1, 0.5, null, 2);
    return total;
  }),
};

const handles = {
  handle_create: (elements: number) => Float64Array.from({ length: elements }, (_, i) => i + 0.5),
  handle_sum: (handle: Float64Array) => sum(handle, handle.length),
  handle_get: (handle: Float64Array, at: number) => handle[at],
  handle_destroy: () => {},
  handle_live: () => 0,
};

/** The kernels that a plain twin calls; a symbol that is missing here has no twin by this way. */
export const kernels: Partial<Record<SymbolName, Kernel>> = {
  noop: () => {},
  ...i32Args,
  ...f64Args,
  ...ids,
  ...poly,
  mixed6: (a: number, b: number, c: number, d: number, e: unknown, f: number) =>
    a + b + c + d + (e === null ? 0 : 1) + f,
  u64_by_ref: (cell: BigUint64Array) => {
    cell[0] = cell[0]! + 1n;
  },
  buffer_touch: (bytes: Uint8Array, length: number) => length === 0 ? 0 : bytes[length - 1],
  buffer_sum: sum,
  buffer_fill: (bytes: Uint8Array, length: number, value: number) => {
    bytes.fill(value, 0, length);
  },
  range_step: (total: number, i: number) => total + i,
  ...handles,
  ...callbacks,
};
