/** What the generators share that write the signature table down in Rust. */
import { exportedName, type SymbolName } from '../src/catalogue/signatures.ts';
import type { Signature, Word } from '../src/catalogue/words.ts';
import type { rows } from './cpython/bindings/declarations.ts';
import { externType } from './cpython/bindings/rust.ts';

/** What a parameter is in Rust, and what the call passes for it; or an answer and its value. */
export type Typed = readonly [type: string, value: string];

export type Row = (typeof rows)[number];

/** A seed follows the buffer there, and not its length. */
const seeded = /^struct_out_/;

/** Whether an argument is the length of the buffer before it, in elements. */
export function isLength(symbol: SymbolName, { args }: Signature, i: number): boolean {
  const before = args[i - 1];
  return args[i] === 'u32' && isBuffer(before) && !seeded.test(symbol);
}

export function isBuffer(word: Word | undefined) {
  return typeof word === 'object' && 'buffer' in word;
}

/** Those that are bound to an address in place of a buffer too. */
export const takeAddresses = /^buffer_(touch|sum|fill)$/;

/** The ending of their names. */
export const addressEnding = '_pointer';

/** A row of `extern "C"`. */
export function externRow([symbol, { args, result }]: Row): string {
  const list = args.map((word, i) => `a${i}: ${externType(word)}`).join(', ');
  return `    fn ${exportedName(symbol)}(${list})${
    result === 'void' ? '' : ` -> ${externType(result)}`
  };`;
}
