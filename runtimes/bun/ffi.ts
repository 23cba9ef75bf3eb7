/** Lane `bun.ffi`: `bun:ffi`. */
import {
  CFunction,
  CString,
  dlopen,
  type FFIFunction,
  FFIType,
  JSCallback,
  ptr,
  toArrayBuffer,
} from 'bun:ffi';
import type { Form, FunctionRef, Lane, OpenLane, Pointer } from '../../src/catalogue/lane.ts';
import type { CallbackWord, Signature, Word } from '../../src/catalogue/words.ts';
import { bind, definitions, type Functions, type Opened } from '../bound.ts';
import { pointerAt } from '../number_pointer.ts';
import { capabilitiesOf, laneRow } from '../lanes.ts';

type Type = NonNullable<FFIFunction['returns']>;

/** What takes a view: Bun before 1.2 has no type of its own for it. */
const bufferType = ('buffer' in FFIType ? 'buffer' : 'ptr') as Type;

/** Bun before 1.4 answers C strings as objects, which a program makes texts of. */
const answersTexts = 'buffer_length' in FFIType;

/** A C type in Bun's words. */
function nativeType(word: Word): Type {
  if (typeof word === 'string') return (word === 'pointer' ? 'ptr' : word) as Type;
  if ('buffer' in word) return bufferType;
  if ('callback' in word) return 'function';
  throw new Error(capabilities.struct_by_value as string);
}

/** A C function in Bun's words, in that form. */
export function define({ args, result }: Signature, form: Form): FFIFunction {
  const types = args.map(nativeType);
  if (form === 'buffer_length') {
    // The second argument is the same view again, of which Bun passes the length.
    return { args: ['buffer', 'buffer_length'] as Type[], returns: nativeType(result) };
  }
  if (form === 'array_buffer') {
    const wide = (type: Type) => (type === 'buffer' as Type ? 'ptr' : type) as Type;
    return { args: types.map(wide), returns: nativeType(result) };
  }
  if (form === 'u64_fast') {
    const fast = (type: Type) => (type === 'u64' ? 'u64_fast' : type) as Type;
    return { args: types.map(fast), returns: fast(nativeType(result)) };
  }
  return { args: types, returns: nativeType(result) };
}

/** Functions of a library. */
export function open(library: string, form: Form, functions: Functions): Opened {
  return dlopen(library, definitions(functions, (one) => define(one, form))) as Opened;
}

function callback(
  word: CallbackWord,
  fn: (...args: never[]) => unknown,
  thread: 'same' | 'foreign' = 'same',
) {
  const made = new JSCallback(fn as never, {
    args: word.callback.args.map(nativeType),
    returns: nativeType(word.callback.result),
    threadsafe: thread === 'foreign',
  });
  return { ref: made.ptr as unknown as FunctionRef, close: () => made.close() };
}

/** What only later versions can do: those that are measured by default are all of today. */
const laterOnly = {
  string_argument: 'bun:ffi takes JavaScript strings from Bun 1.4 on',
  data_view: 'bun:ffi takes a DataView from Bun 1.4 on',
  array_buffer: 'bun:ffi takes an ArrayBuffer from Bun 1.4 on',
  buffer_length: 'bun:ffi takes a view for its length from Bun 1.4 on',
} as const;

const capabilities = {
  ...capabilitiesOf(laneRow('bun.ffi')),
  ...(answersTexts ? {} : laterOnly),
};

const lane: Lane = {
  capabilities,
  open(library, requests): OpenLane {
    const bound = bind(requests, (form, functions) => open(library, form, functions));
    return {
      ...bound,
      capabilities,
      readCString: answersTexts ? null : String as unknown as OpenLane['readCString'],
      readTextAt: (pointer) => String(new CString(pointer as never)),
      bool: (value) => value,
      samePointer: (a, b) => Number(a ?? 0) === Number(b ?? 0),
      pointerAt,
      addressOf: ptr as unknown as (buffer: Uint8Array) => Pointer,
      numbersAt: (pointer, count) =>
        new Float64Array(toArrayBuffer(pointer as never, 0, count * 8)),
      functionAt: (pointer) =>
        CFunction({ ptr: pointer as never, args: [], returns: 'void' }) as unknown as () => void,
      callback,
    };
  },
};

export default lane;
