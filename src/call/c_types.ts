/** The names of C's types that need no declaration, and how wide they are on a machine. */
import type { Scalar, Word } from '../catalogue/words.ts';
import type { CType } from './c/types.ts';

/** How wide a C `long` is: 32 bits on Windows, 64 elsewhere. */
export interface DataModel {
  readonly long: 32 | 64;
  /** Whether a plain `char` has a sign; on ARM under Linux it has none. */
  readonly signedChar: boolean;
  /** Whether `wchar_t` is the 16 bits of Windows. */
  readonly wideChar: Scalar;
}

/** The data model of a platform and an architecture, as Node calls them. */
export function dataModelOf(platform: string, arch: string): DataModel {
  const signedChar = platform !== 'linux' || !arch.startsWith('arm');
  return {
    long: platform === 'win32' ? 32 : 64,
    signedChar,
    wideChar: platform === 'win32' ? 'u16' : signedChar ? 'i32' : 'u32',
  };
}

/** Words of which C builds its own types, in any order. */
export const primitiveWords: ReadonlySet<string> = new Set(
  'char short int long float double signed unsigned void bool _Bool'.split(' '),
);

/** Names of scalars, C's, POSIX's and the catalogue's, that stand for themselves. */
const scalars: Readonly<Record<string, Scalar>> = {
  ...{ i8: 'i8', u8: 'u8', i16: 'i16', u16: 'u16', i32: 'i32', u32: 'u32', i64: 'i64' },
  ...{ u64: 'u64', f32: 'f32', f64: 'f64' },
  ...{ int8_t: 'i8', uint8_t: 'u8', int16_t: 'i16', uint16_t: 'u16' },
  ...{ int32_t: 'i32', uint32_t: 'u32', int64_t: 'i64', uint64_t: 'u64' },
  ...{ size_t: 'u64', ssize_t: 'i64', ptrdiff_t: 'i64', intptr_t: 'i64', uintptr_t: 'u64' },
  ...{ intmax_t: 'i64', uintmax_t: 'u64', char16_t: 'u16', char32_t: 'u32' },
  ...{ _Float32: 'f32', _Float32x: 'f64', _Float64: 'f64' },
  ...{ time_t: 'i64', off_t: 'i64', off64_t: 'i64', pid_t: 'i32', uid_t: 'u32', gid_t: 'u32' },
  ...{ mode_t: 'u32', socklen_t: 'u32', clockid_t: 'i32', wint_t: 'u32', sig_atomic_t: 'i32' },
  // Of zlib and SQLite, whose declarations are pasted more than any others.
  ...{ Byte: 'u8', Bytef: 'u8', uInt: 'u32', z_size_t: 'u64' },
  ...{ sqlite3_int64: 'i64', sqlite3_uint64: 'u64' },
  ...{ u_char: 'u8', u_short: 'u16', u_int: 'u32', useconds_t: 'u32', sa_family_t: 'u16' },
};

/** Words of the catalogue that are whole types. */
export const wholeWords: Readonly<Record<string, Word>> = {
  pointer: 'pointer',
  cstring: 'cstring',
  buffer: { buffer: 'u8' },
};

const noForm = (what: string): CType => ({
  kind: 'unpassable',
  why: `${what} has no form in any runtime: no lane can pass one.`,
});

const unpassable: Readonly<Record<string, CType>> = {
  ...{ __int128: noForm('An integer of 128 bits'), __int128_t: noForm('An integer of 128 bits') },
  ...{ _Float128: noForm('A "_Float128"'), __float128: noForm('A "__float128"') },
  ...{ _Float64x: noForm('A "_Float64x"'), va_list: noForm('A "va_list"') },
  ...{ __builtin_va_list: noForm('A "va_list"'), __gnuc_va_list: noForm('A "va_list"') },
};

/** What a type's name stands for that needs no declaration; null where it is not known. */
export function namedType(name: string, { long, wideChar }: DataModel): CType | null {
  if (name === 'clock_t' || name === 'suseconds_t') return { kind: 'scalar', word: `i${long}` };
  if (/^(ulong|u_long|uLongf?)$/.test(name)) return { kind: 'scalar', word: `u${long}` };
  if (name === 'wchar_t') return { kind: 'scalar', word: wideChar };
  if (Object.hasOwn(scalars, name)) return { kind: 'scalar', word: scalars[name]! };
  return Object.hasOwn(unpassable, name) ? unpassable[name]! : null;
}

/** Every name that a type may have, to be offered where one is wrong. */
export const typeNames: readonly string[] = [
  ...primitiveWords,
  ...Object.keys(scalars),
  ...Object.keys(wholeWords),
  'wchar_t',
];

/** The type that some of C's own words make. */
export function primitiveType(words: readonly string[], { long }: DataModel): CType {
  const count = (word: string) => words.filter((one) => one === word).length;
  const rest = words.filter((word) => !['signed', 'unsigned', 'int'].includes(word)).sort()
    .join(' ');
  const signedness = count('unsigned') + count('signed');
  const scalar = (word: Scalar): CType => ({ kind: 'scalar', word });
  const integer = (bits: number) => scalar(`${count('unsigned') > 0 ? 'u' : 'i'}${bits}` as Scalar);
  const nonsense: CType = { kind: 'unpassable', why: `"${words.join(' ')}" is no C type.` };
  if (rest === 'double long') return noForm('A "long double"');
  if (signedness > 1 || count('int') > 1) return nonsense;
  const isPlain = signedness === 0 && count('int') === 0;
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
      return signedness > 0 ? integer(8) : { kind: 'char' };
    case 'float':
      return isPlain ? scalar('f32') : nonsense;
    case 'double':
      return isPlain ? scalar('f64') : nonsense;
    case 'bool':
    case '_Bool':
      return isPlain ? scalar('bool') : nonsense;
    case 'void':
      return isPlain ? { kind: 'void' } : nonsense;
  }
  return nonsense;
}
