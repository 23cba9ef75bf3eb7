/**
 * The kernels again in small C, for a mechanism that compiles C itself: bodies here, everything
 * around them from the signature table. What takes more than a few lines is left to the library.
 */
import { cScalars } from '../../src/catalogue/prototype.ts';
import {
  exportedName,
  signatures,
  type SymbolName,
  symbolNames,
} from '../../src/catalogue/signatures.ts';
import type { Signature, Word } from '../../src/catalogue/words.ts';

const sumOf = (count: number) => Array.from({ length: count }, (_, i) => `a${i}`);

/** Adds without overflow, which C does not define for signed integers. */
const i32Sum = (count: number) =>
  `return (int32_t)(${sumOf(count).map((name) => `(uint32_t)${name}`).join(' + ') || '0'});`;
const f64Sum = (count: number) => `return ${sumOf(count).join(' + ')};`;
const same = 'return a0;';
const plus = (k: number) => `return (int32_t)((uint32_t)a0 + ${k}u);`;
const byteSum =
  'uint32_t sum = 0; if (a0) for (uint32_t i = 0; i < a1; i++) sum += a0[i]; return sum;';
const rangeSum = 'uint64_t sum = 0; for (uint32_t i = 0; i < a0; i++) sum += i; return sum;';

/** The body of each function; its arguments are called a0, a1, … */
const bodies: Readonly<Partial<Record<SymbolName, string>>> = {
  noop: '',
  i32_args_0: i32Sum(0),
  i32_args_1: i32Sum(1),
  i32_args_2: i32Sum(2),
  i32_args_4: i32Sum(4),
  i32_args_6: i32Sum(6),
  i32_args_8: i32Sum(8),
  i32_args_12: i32Sum(12),
  i32_args_16: i32Sum(16),
  f64_args_1: f64Sum(1),
  f64_args_2: f64Sum(2),
  f64_args_4: f64Sum(4),
  f64_args_8: f64Sum(8),
  f64_args_9: f64Sum(9),
  id_i8: same,
  id_u8: same,
  id_i16: same,
  id_u16: same,
  id_i32: same,
  id_i64: same,
  id_u64: same,
  id_f32: same,
  id_f64: same,
  id_bool: same,
  id_pointer: same,
  u64_by_ref: 'a0[0] += 1;',
  poly_1: plus(1),
  poly_2: plus(2),
  poly_3: plus(3),
  poly_4: plus(4),
  poly_5: plus(5),
  poly_6: plus(6),
  poly_7: plus(7),
  poly_8: plus(8),
  buffer_touch: 'return a1 == 0 ? 0 : a0[a1 - 1];',
  buffer_touch_length: 'return a1 == 0 ? 0 : a0[a1 - 1];',
  buffer_sum: 'double sum = 0; for (uint32_t i = 0; i < a1; i++) sum += a0[i]; return sum;',
  buffer_fill: 'for (uint32_t i = 0; i < a1; i++) a0[i] = a2;',
  buffer_address: 'return (void *)a0;',
  string_sum: byteSum,
  string_sum_z: 'uint32_t sum = 0; if (a0) while (*a0) sum += (uint8_t)*a0++; return sum;',
  string_ignore: 'return a1;',
  string_ignore_z: 'return a0 != 0;',
  string_sum_utf16: byteSum,
  range_loop: rangeSum,
  range_fold: rangeSum,
  range_step: 'return a0 + a1;',
  callback_repeat: 'uint32_t sum = 0; ' +
    'if (a0) for (uint32_t i = 0; i < a1; i++) sum += (uint32_t)a0((int32_t)i); ' +
    'return (int32_t)sum;',
};

/** The functions that the shim has. */
export const shimSymbols = Object.keys(bodies) as SymbolName[];

const beyond = 'it is more than the small C that cc() compiles here';
const wrongU32 = 'cc() passes an unsigned 32-bit argument wrong from 2³¹ on';

/** Why the shim lacks what it lacks. */
export const shimLacks: Readonly<Partial<Record<SymbolName, string>>> = Object.fromEntries(
  symbolNames.filter((name) => !(name in bodies)).map((name) => [
    name,
    name === 'id_u32' || name === 'mixed6' ? wrongU32 : beyond,
  ]),
);

/** A C type around the name of what it declares. */
function declare(word: Word, name: string): string {
  if (typeof word === 'string') {
    return `${cScalars[word]} ${name}`;
  }
  if ('buffer' in word) return declare(word.buffer, `${word.mutable ? '' : 'const '}*${name}`);
  if ('callback' in word) {
    const { args, result } = word.callback;
    return declare(result, `(*${name})(${args.map((arg) => declare(arg, '')).join(', ')})`);
  }
  throw new Error('The shim takes no struct by value.');
}

/** The integers of C by their widths; headers may not be there. */
const header = `typedef _Bool bool;
typedef signed char int8_t;
typedef unsigned char uint8_t;
typedef short int16_t;
typedef unsigned short uint16_t;
typedef int int32_t;
typedef unsigned int uint32_t;
typedef long long int64_t;
typedef unsigned long long uint64_t;
`;

/** C source of these functions, which count their calls in 64 bits at that address. */
export function shimSource(symbols: readonly SymbolName[], counterAddress: number): string {
  const functions = symbols.map((symbol) => {
    const { args, result }: Signature = signatures[symbol];
    const list = args.map((word, i) => declare(word, `a${i}`)).join(', ') || 'void';
    const head = declare(result, `${exportedName(symbol)}(${list})`);
    return `${head} { ++*calls; ${bodies[symbol]} }\n`;
  });
  // A variable, since TinyCC cuts the address of a constant pointer to 32 bits.
  const counter = `static uint64_t *calls = (uint64_t *)${counterAddress}ull;\n`;
  return `${header}${counter}${functions.join('')}`;
}
