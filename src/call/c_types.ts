/** The C types that a prototype may name, in the catalogue's words. */
import type { BufferWord, Scalar, Word } from '../catalogue/words.ts';

/** How wide a C `long` is: 32 bits on Windows, 64 elsewhere. */
export interface DataModel {
  readonly long: 32 | 64;
  /** Whether a plain `char` has a sign; on ARM under Linux it has none. */
  readonly signedChar: boolean;
}

/** The data model of a platform and an architecture, as Node calls them. */
export function dataModelOf(platform: string, arch: string): DataModel {
  return {
    long: platform === 'win32' ? 32 : 64,
    signedChar: platform !== 'linux' || !arch.startsWith('arm'),
  };
}

/** A type before pointers are counted: a scalar, nothing, or something that only has an address. */
export type BaseType = Scalar | 'void' | 'char' | 'opaque';

/** Words of which C builds its own types, in any order. */
export const primitiveWords: ReadonlySet<string> = new Set(
  'char short int long float double signed unsigned void bool _Bool _Complex'.split(' '),
);

/** Words that do not change what is passed. */
export const qualifiers: ReadonlySet<string> = new Set(
  ('const volatile restrict __restrict __restrict__ register extern static inline ' +
    '_Noreturn __inline').split(' '),
);

/** Names of types, C's and the catalogue's, that stand for themselves. */
const named: Readonly<Record<string, BaseType>> = {
  ...{ i8: 'i8', u8: 'u8', i16: 'i16', u16: 'u16', i32: 'i32', u32: 'u32', i64: 'i64' },
  ...{ u64: 'u64', f32: 'f32', f64: 'f64' },
  ...{ int8_t: 'i8', uint8_t: 'u8', int16_t: 'i16', uint16_t: 'u16' },
  ...{ int32_t: 'i32', uint32_t: 'u32', int64_t: 'i64', uint64_t: 'u64' },
  ...{ size_t: 'u64', ssize_t: 'i64', ptrdiff_t: 'i64', intptr_t: 'i64', uintptr_t: 'u64' },
  // zlib and its kin.
  ...{ Byte: 'u8', Bytef: 'u8', uInt: 'u32', z_size_t: 'u64' },
  ...{ sqlite3_int64: 'i64', sqlite3_uint64: 'u64' },
};

/** Words of the catalogue that are whole types. */
export const wholeWords: Readonly<Record<string, Word>> = {
  pointer: 'pointer',
  cstring: 'cstring',
  buffer: { buffer: 'u8' },
};

/** What a type's name stands for; null where it is not known. */
export function namedType(name: string, model: DataModel): BaseType | null {
  if (name === 'uLong' || name === 'uLongf') return model.long === 64 ? 'u64' : 'u32';
  return Object.hasOwn(named, name) ? named[name]! : null;
}

/** Every name that a type may have, to be offered where one is wrong. */
export const typeNames: readonly string[] = [
  ...primitiveWords,
  ...Object.keys(named),
  ...Object.keys(wholeWords),
  'uLong',
];

/** The type that some of C's own words make; a sentence where they make none. */
export function primitiveType(
  words: readonly string[],
  { long }: DataModel,
): BaseType | { readonly why: string } {
  const count = (word: string) => words.filter((one) => one === word).length;
  const rest = words.filter((word) => !['signed', 'unsigned', 'int'].includes(word)).join(' ');
  const unsigned = count('unsigned') > 0;
  const signedness = count('unsigned') + count('signed');
  const integer = (bits: number) => `${unsigned ? 'u' : 'i'}${bits}` as Scalar;
  const nonsense = { why: `"${words.join(' ')}" is no C type.` };
  if (count('_Complex') > 0) {
    return { why: 'A complex number is a struct by value of its own kind: no lane passes one.' };
  }
  if (rest === 'long double') {
    return { why: 'A "long double" has no form in any runtime: no lane can pass one.' };
  }
  if (signedness > 1 || count('int') > 1) return nonsense;
  const plain = signedness === 0 && count('int') === 0;
  switch (rest) {
    case '':
      return integer(32);
    case 'short':
      return integer(16);
    case 'long':
      return integer(long);
    case 'long long':
      return integer(64);
    case 'char':
      if (count('int') > 0) return nonsense;
      if (signedness > 0) return integer(8);
      return 'char';
    case 'float':
      return plain ? 'f32' : nonsense;
    case 'double':
      return plain ? 'f64' : nonsense;
    case 'bool':
    case '_Bool':
      return plain ? 'bool' : nonsense;
    case 'void':
      return plain ? 'void' : nonsense;
  }
  return nonsense;
}

/** A value of a base type, without a pointer. */
export function scalarWord(base: Exclude<BaseType, 'opaque'>, { signedChar }: DataModel): Word {
  return base === 'char' ? (signedChar ? 'i8' : 'u8') : base;
}

/** The elements of the buffer that a pointer to a scalar is. */
const elements: Readonly<Partial<Record<Scalar, BufferWord['buffer']>>> = {
  ...{ u8: 'u8', i8: 'u8', bool: 'u8', u16: 'u16', i16: 'u16', u32: 'u32', i32: 'i32' },
  // Passed as bytes: the catalogue has no buffer of 32-bit floats, and C sees an address alone.
  ...{ u64: 'u64', i64: 'u64', f64: 'f64', f32: 'u8' },
};

/** What a pointer to a base type is, as an argument. */
export function pointerArgument(base: BaseType, depth: number, isConst: boolean): Word {
  if (depth > 1) return { buffer: 'u64', mutable: true };
  if (base === 'opaque') return 'pointer';
  if (base === 'char') return isConst ? 'cstring' : { buffer: 'u8', mutable: true };
  if (base === 'void') return isConst ? { buffer: 'u8' } : 'pointer';
  const buffer = elements[base]!;
  return isConst ? { buffer } : { buffer, mutable: true };
}

/** What a pointer to a base type is, as a result. */
export function pointerResult(base: BaseType, depth: number): Word {
  return base === 'char' && depth === 1 ? 'cstring' : 'pointer';
}
