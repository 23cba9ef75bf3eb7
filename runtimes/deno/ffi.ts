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
import type { CallbackWord, Signature, StructWord, Word } from '../../src/catalogue/words.ts';
import { bind, definitions, type Functions, type Opened } from '../bound.ts';
import { capabilitiesOf, laneRow } from '../lanes.ts';

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

/** What holds one field of a struct. */
const arrays = {
  ...{ bool: Uint8Array, i8: Int8Array, u8: Uint8Array, i16: Int16Array, u16: Uint16Array },
  ...{ i32: Int32Array, u32: Uint32Array, i64: BigInt64Array, u64: BigUint64Array },
  ...{ f32: Float32Array, f64: Float64Array },
} as const;

/** Deno passes and answers structs as their bytes, laid out as C does. */
function structForm({ struct }: StructWord): StructForm {
  const words = Object.values(struct);
  let bytes = 0;
  const places = words.map((word) => {
    const { BYTES_PER_ELEMENT: width } = arrays[word];
    const place = Math.ceil(bytes / width) * width;
    bytes = place + width;
    return place;
  });
  const align = Math.max(...words.map((word) => arrays[word].BYTES_PER_ELEMENT));
  const total = Math.ceil(bytes / align) * align;
  const field = (value: StructValue, i: number) => {
    const { buffer, byteOffset } = value as unknown as Uint8Array<ArrayBuffer>;
    return new arrays[words[i]!](buffer, byteOffset + places[i]!, 1);
  };
  const write = (value: StructValue, i: number, given: number) => {
    const own = field(value, i);
    if (own instanceof BigInt64Array || own instanceof BigUint64Array) own[0] = BigInt(given);
    else own[0] = given;
  };
  return {
    make(fields) {
      const made = new Uint8Array(total) as unknown as StructValue;
      fields.forEach((given, i) => write(made, i, given));
      return made;
    },
    withFirst(value, first) {
      write(value, 0, first);
      return value;
    },
    fields: (value) => words.map((_, i) => Number(field(value, i)[0])),
    first: (value) => Number(field(value, 0)[0]),
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
