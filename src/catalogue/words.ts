/**
 * The words in which the catalogue describes C types: one vocabulary for the signature table, the
 * manifest that the library writes of itself, every lane's bindings, and the TypeScript types.
 */

/** C scalars, by their width. `bool` is C's `_Bool`. */
export type Scalar =
  | 'bool'
  | 'i8'
  | 'u8'
  | 'i16'
  | 'u16'
  | 'i32'
  | 'u32'
  | 'i64'
  | 'u64'
  | 'f32'
  | 'f64';

/** Memory that JavaScript owns: `const T *` in C, or `T *` where the callee writes to it. */
export interface BufferWord {
  readonly buffer: 'u8' | 'u16' | 'u32' | 'i32' | 'u64' | 'f64';
  readonly mutable?: true;
}

/** A C function pointer that JavaScript implements. */
export interface CallbackWord {
  readonly callback: { readonly args: readonly Word[]; readonly result: Word };
}

/** A C struct passed by value, its fields in order. */
export interface StructWord {
  readonly struct: Readonly<Record<string, Scalar>>;
}

/**
 * One C type. `pointer` is an address that JavaScript only hands on (`void *`), `cstring` a
 * NUL-terminated UTF-8 string (`const char *`).
 */
export type Word =
  | 'void'
  | Scalar
  | 'pointer'
  | 'cstring'
  | BufferWord
  | CallbackWord
  | StructWord;

/** What a C function takes and gives. */
export interface Signature {
  readonly args: readonly Word[];
  readonly result: Word;
}
