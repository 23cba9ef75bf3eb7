/** Lane `deno.ffi`: `Deno.dlopen`. */
import type {
  Form,
  FunctionRef,
  Lane,
  OpenLane,
  Pointer,
  StructForm,
  StructValue,
} from '../../src/catalogue/lane.ts';
import type { CallbackWord, Signature, Word } from '../../src/catalogue/words.ts';
import { bind, definitions, type Functions, type Opened } from '../bound.ts';
import { capabilitiesOf, laneRow } from '../registry.ts';

/** A C type in Deno's words. C strings are buffers on the way in, addresses on the way out. */
function nativeType(word: Word, place: 'argument' | 'result'): Deno.NativeResultType {
  if (typeof word === 'string') {
    if (word === 'cstring') return place === 'argument' ? 'buffer' : 'pointer';
    return word;
  }
  if ('buffer' in word) return 'buffer';
  if ('callback' in word) return 'function';
  return { struct: Object.values(word.struct) };
}

function argTypes(signature: Signature): Deno.NativeType[] {
  return signature.args.map((word) => nativeType(word, 'argument') as Deno.NativeType);
}

function define(signature: Signature, form: Form): Deno.ForeignFunction {
  return {
    parameters: argTypes(signature),
    result: nativeType(signature.result, 'result'),
    ...(form === 'async' ? { nonblocking: true } : {}),
  };
}

function dlopen(library: string, form: Form, functions: Functions): Opened {
  const opened = Deno.dlopen(library, definitions(functions, (one) => define(one, form)));
  return { symbols: opened.symbols as unknown as Opened['symbols'], close: () => opened.close() };
}

/** Deno passes and answers structs as their bytes. */
function structForm(): StructForm {
  const numbers = (value: StructValue) => {
    const bytes = value as unknown as Uint8Array;
    return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8);
  };
  return {
    make: (fields) => new Uint8Array(Float64Array.from(fields).buffer) as unknown as StructValue,
    withFirst(value, first) {
      numbers(value)[0] = first;
      return value;
    },
    fields: (value) => [...numbers(value)],
    first: (value) => numbers(value)[0]!,
  };
}

function callback(
  word: CallbackWord,
  fn: (...args: never[]) => unknown,
  thread: 'same' | 'foreign' = 'same',
) {
  const definition = {
    parameters: argTypes(word.callback),
    result: nativeType(word.callback.result, 'result'),
  };
  const made = thread === 'foreign'
    ? Deno.UnsafeCallback.threadSafe(definition, fn as never)
    : new Deno.UnsafeCallback(definition, fn as never);
  return { ref: made.pointer as unknown as FunctionRef, close: () => made.close() };
}

const capabilities = capabilitiesOf(laneRow('deno.ffi'));

const lane: Lane = {
  capabilities,
  open(library, requests): OpenLane {
    const bound = bind(requests, (form, functions) => dlopen(library, form, functions));
    return {
      ...bound,
      capabilities,
      readCString: Deno.UnsafePointerView.getCString as unknown as OpenLane['readCString'],
      bool: (value) => value,
      samePointer: (a, b) => Deno.UnsafePointer.equals(a as never, b as never),
      pointerAt: (address) => Deno.UnsafePointer.create(address) as unknown as Pointer | null,
      addressOf: Deno.UnsafePointer.of as unknown as (buffer: Uint8Array) => Pointer,
      numbersAt: (pointer, count) =>
        new Float64Array(Deno.UnsafePointerView.getArrayBuffer(pointer as never, count * 8)),
      functionAt(pointer) {
        const made = new Deno.UnsafeFnPointer(
          pointer as never,
          { parameters: [], result: 'void' } as const,
        );
        return () => made.call();
      },
      callback,
      structForm,
    };
  },
};

export default lane;
