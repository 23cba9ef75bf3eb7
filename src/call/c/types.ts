/** What C's types are, as far as it matters how they are passed. */
import type { Scalar, Word } from '../../catalogue/words.ts';

/** A type of C. */
export type CType =
  | { readonly kind: 'void' }
  /** A plain `char`, whose pointer is a text. */
  | { readonly kind: 'char' }
  | { readonly kind: 'scalar'; readonly word: Scalar }
  | { readonly kind: 'enum'; readonly constants: ReadonlyMap<string, bigint> }
  /** A word of the catalogue, complete by itself. */
  | { readonly kind: 'word'; readonly word: Word }
  | { readonly kind: 'pointer'; readonly to: CType; readonly isConst: boolean }
  | {
    readonly kind: 'array';
    readonly of: CType;
    readonly length: number | null;
    readonly isConst: boolean;
  }
  /** `fields` is null where they are not known; `why` says why it cannot go by value. */
  | {
    readonly kind: 'struct';
    readonly name: string;
    readonly fields: readonly Declared[] | null;
    readonly why: string | null;
  }
  | {
    readonly kind: 'function';
    readonly result: CType;
    readonly parameters: readonly Parameter[];
    readonly isVariadic: boolean;
  }
  /** A type of C that no runtime has a form for. */
  | { readonly kind: 'unpassable'; readonly why: string }
  /** A name that no declaration explains. */
  | { readonly kind: 'unknown'; readonly name: string };

/** A name with its type. */
export interface Declared {
  readonly name: string;
  readonly type: CType;
}

/** A place in a text, from its first character to the one after the last. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

/** A parameter as it is declared. */
export interface Parameter {
  /** Null where it is not named. */
  readonly name: string | null;
  readonly type: CType;
  /** The type as it is written, without stars: `size_t`. */
  readonly written: string;
  readonly at: Place;
}

/** A function as it is declared. */
export interface CFunction {
  readonly name: string;
  readonly type: CType & { readonly kind: 'function' };
  /** Where its result is written. */
  readonly at: Place;
  /** What the places count in. */
  readonly source: string;
}

/** Bytes of a type and the multiple that it stands at; null where they are not known. */
export function layoutOf(type: CType): { readonly bytes: number; readonly align: number } | null {
  switch (type.kind) {
    case 'char':
      return { bytes: 1, align: 1 };
    case 'scalar': {
      const bytes = scalarBytes(type.word);
      return { bytes, align: bytes };
    }
    case 'enum':
      return { bytes: 4, align: 4 };
    case 'pointer':
      return { bytes: 8, align: 8 };
    case 'array': {
      const of = layoutOf(type.of);
      return of === null || type.length === null
        ? null
        : { bytes: of.bytes * type.length, align: of.align };
    }
    case 'struct':
      return type.fields === null || type.why !== null ? null : structLayout(type.fields);
    default:
      return null;
  }
}

/** Bytes of a scalar. */
export function scalarBytes(word: Scalar): number {
  return word === 'bool' ? 1 : Number(word.slice(1)) / 8;
}

function structLayout(fields: readonly Declared[]) {
  let [bytes, align] = [0, 1];
  for (const { type } of fields) {
    const own = layoutOf(type);
    if (own === null) return null;
    bytes = Math.ceil(bytes / own.align) * own.align + own.bytes;
    align = Math.max(align, own.align);
  }
  return { bytes: Math.ceil(bytes / align) * align, align };
}
