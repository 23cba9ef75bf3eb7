/** How a type of C goes through a lane: in the catalogue's words. */
import type { BufferWord, CallbackWord, Scalar, StructWord, Word } from '../catalogue/words.ts';
import type { DataModel } from './c_types.ts';
import { type CType, type Declared, layoutOf } from './c/types.ts';

/** What a type goes as, or a sentence on why it cannot. */
export type Passed = { readonly word: Word } | { readonly why: string };

/** The type of the elements that a pointer points to. */
export type Element = Scalar;

/** A value of a type, without a pointer; `why` where there is none. */
export function valueWord(type: CType, model: DataModel): Passed {
  switch (type.kind) {
    case 'void':
      return { word: 'void' };
    case 'char':
      return { word: model.signedChar ? 'i8' : 'u8' };
    case 'scalar':
      return { word: type.word };
    case 'enum':
      return { word: 'i32' };
    case 'word':
      return { word: type.word };
    case 'pointer':
    case 'array':
    case 'function':
      return { word: 'pointer' };
    case 'struct':
      return structWord(type);
    case 'unpassable':
      return { why: type.why };
    case 'unknown':
      return { why: `"${type.name}" is no type that is known here.` };
  }
}

function structWord({ name, fields, why }: CType & { kind: 'struct' }): Passed {
  if (why !== null) return { why };
  if (fields === null) {
    return {
      why:
        `The fields of ${name} are not known, so that it cannot go by value: write them, as in ` +
        '"struct { double x; double y; }", or name its header (--header).',
    };
  }
  const flat = flatFields(fields);
  if ('why' in flat) return flat;
  if (flat.fields.length === 0) return { why: 'A struct without fields is not passed.' };
  const struct: StructWord['struct'] = Object.fromEntries(flat.fields);
  return { word: { struct } };
}

type Flat = { readonly fields: [string, Scalar][] } | { readonly why: string };

/** Fields of fields in one row: as C lays them out, unless there is room between them. */
function flatFields(fields: readonly Declared[]): Flat {
  const flat: [string, Scalar][] = [];
  for (const { name, type } of fields) {
    if (type.kind === 'scalar') flat.push([name, type.word]);
    else if (type.kind === 'char') flat.push([name, 'i8']);
    else if (type.kind === 'enum') flat.push([name, 'i32']);
    else if (type.kind === 'pointer') flat.push([name, 'u64']);
    else if (type.kind === 'array' && type.length !== null && type.length <= 16) {
      const of = flatFields([{ name: '0', type: type.of }]);
      if ('why' in of) return of;
      for (let i = 0; i < type.length; i++) {
        flat.push(
          ...of.fields.map(([, word], j) => [`${name}_${i}_${j}`, word] as [string, Scalar]),
        );
      }
    } else if (type.kind === 'struct' && type.fields !== null && type.why === null) {
      const inner = flatFields(type.fields);
      if ('why' in inner) return inner;
      flat.push(...inner.fields.map(([one, word]) => [`${name}_${one}`, word] as [string, Scalar]));
    } else return { why: `The field ${name} has a type that is not passed by value.` };
  }
  const asScalars = flat.map(([name, word]) => ({ name, type: { kind: 'scalar', word } as const }));
  const whole = layoutOf({ kind: 'struct', name: '', fields, why: null });
  const row = layoutOf({ kind: 'struct', name: '', fields: asScalars, why: null });
  return whole?.bytes === row?.bytes && whole?.align === row?.align ? { fields: flat } : {
    why: 'A struct whose inner structs are laid out with room between is not passed by value.',
  };
}

/** A parameter's type: an array goes as a pointer to its first element, a function as its own. */
export function decayed(type: CType): CType {
  if (type.kind === 'array') {
    return { kind: 'pointer', to: type.of, isConst: type.isConst };
  }
  return type.kind === 'function' ? { kind: 'pointer', to: type, isConst: false } : type;
}

/** The words of buffers by what they hold; others go as bytes, since C sees an address alone. */
const buffers: Readonly<Partial<Record<Scalar, BufferWord['buffer']>>> = {
  ...{ u8: 'u8', i8: 'u8', bool: 'u8', u16: 'u16', i16: 'u16', u32: 'u32', i32: 'i32' },
  ...{ u64: 'u64', i64: 'u64', f64: 'f64', f32: 'u8' },
};

/** What memory that a pointer points to holds; null where JavaScript has no memory for it. */
export interface Target {
  /** A scalar, nothing that is known, another pointer, or a struct of so many bytes. */
  readonly element: Element | 'void' | 'char' | 'pointer' | 'struct';
  readonly isConst: boolean;
  /** Of one element. */
  readonly bytes: number;
}

/** What a pointer points to; null for a handle, whose content is not known. */
export function targetOf(type: CType): Target | null {
  if (type.kind === 'word') {
    const isText = type.word === 'cstring';
    if (isText) return { element: 'char', isConst: true, bytes: 1 };
    if (typeof type.word !== 'object' || !('buffer' in type.word)) return null;
    return { element: 'u8', isConst: true, bytes: 1 };
  }
  if (type.kind !== 'pointer') return null;
  const { isConst } = type;
  const to = type.to.kind === 'array' ? type.to.of : type.to;
  if (to.kind === 'scalar') return { element: to.word, isConst, bytes: layoutOf(to)!.bytes };
  if (to.kind === 'char') return { element: 'char', isConst, bytes: 1 };
  if (to.kind === 'void') return { element: 'void', isConst, bytes: 1 };
  if (to.kind === 'enum') return { element: 'i32', isConst, bytes: 4 };
  if (to.kind === 'pointer') return { element: 'pointer', isConst, bytes: 8 };
  if (to.kind === 'unpassable') return { element: 'f64', isConst, bytes: 16 };
  if (to.kind !== 'struct') return null;
  const layout = layoutOf(to);
  return layout === null ? null : { element: 'struct', isConst, bytes: layout.bytes };
}

/** What a pointer goes as, as an argument. */
export function pointerWord(type: CType & { kind: 'pointer' }): Word {
  const target = targetOf(type);
  if (target === null || target.element === 'struct') return 'pointer';
  const { element, isConst } = target;
  if (element === 'pointer') return { buffer: 'u64', mutable: true };
  if (element === 'char') return isConst ? 'cstring' : { buffer: 'u8', mutable: true };
  if (element === 'void') return isConst ? { buffer: 'u8' } : 'pointer';
  const buffer = target.bytes === 16 ? 'f64' : buffers[element]!;
  return isConst ? { buffer } : { buffer, mutable: true };
}

/** The callback that a pointer to a function is; null for any other type, or without a form. */
export function callbackWord(type: CType, model: DataModel): CallbackWord | null {
  if (type.kind !== 'pointer' || type.to.kind !== 'function') return null;
  const { result, parameters, isVariadic } = type.to;
  if (isVariadic) return null;
  const words = [...parameters.map((one) => decayed(one.type)), result].map((one) =>
    valueWord(one, model)
  );
  const own = words.flatMap((one) => 'word' in one ? [one.word] : []);
  if (own.length < words.length || own.some((one) => typeof one === 'object')) return null;
  return { callback: { args: own.slice(0, -1), result: own.at(-1)! } };
}
