/** Writes a signature as C would. */
import { exportedName, type SymbolName } from './signatures.ts';
import type { Signature, Word } from './words.ts';

/** C's names of the words that are names themselves. */
export const cScalars: Readonly<Record<string, string>> = {
  void: 'void',
  bool: 'bool',
  i8: 'int8_t',
  u8: 'uint8_t',
  i16: 'int16_t',
  u16: 'uint16_t',
  i32: 'int32_t',
  u32: 'uint32_t',
  i64: 'int64_t',
  u64: 'uint64_t',
  f32: 'float',
  f64: 'double',
  pointer: 'void *',
  cstring: 'const char *',
};

/** `uint32_t ffib_buffer_touch(const uint8_t *, uint32_t)`. */
export function cPrototype(symbol: SymbolName, { args, result }: Signature): string {
  const list = args.length === 0 ? 'void' : args.map(cType).join(', ');
  const type = cType(result);
  return `${type}${type.endsWith('*') ? '' : ' '}${exportedName(symbol)}(${list})`;
}

/** A word as C would. */
export function cType(word: Word): string {
  if (typeof word === 'string') return cScalars[word]!;
  if ('buffer' in word) return `${word.mutable ? '' : 'const '}${cScalars[word.buffer]} *`;
  if ('callback' in word) {
    const { args, result } = word.callback;
    return `${cType(result)} (*)(${args.map(cType).join(', ')})`;
  }
  const fields = Object.entries(word.struct).map(([name, type]) => `${cScalars[type]} ${name};`);
  return `struct { ${fields.join(' ')} }`;
}
