/**
 * Lanes `deno.koffi`, `bun.koffi` and `node.koffi`: the npm package koffi, one native module that
 * all three load. Every function is declared when the library is opened, never in a timed path.
 */
import process from 'node:process';
import koffi, { type LibraryHandle, type TypeObject } from 'koffi';
import type {
  Form,
  FunctionRef,
  Lane,
  NativeObjects,
  OpenLane,
  Pointer,
  RecordObject,
  TreeObject,
} from '../src/catalogue/lane.ts';
import type { CallbackWord, Signature, Word } from '../src/catalogue/words.ts';
import { bind, definitions, type Functions, type Opened } from './bound.ts';
import { bindLocally } from './node/local_binding.ts';
import { objectForm } from './object_form.ts';
import { capabilitiesOf, laneRow } from './lanes.ts';

const scalars: Readonly<Record<string, string>> = {
  f32: 'float',
  f64: 'double',
  pointer: 'void *',
  cstring: 'str',
};

/** A C type in koffi's words; integers are called `int32` and `uint32` there. */
function nativeType(word: Word): string | TypeObject {
  if (typeof word === 'string') {
    return scalars[word] ?? word.replace(/^u(\d)/, 'uint$1').replace(/^i(\d)/, 'int$1');
  }
  if ('buffer' in word) return koffi.pointer(nativeType(word.buffer));
  if ('callback' in word) return callbackType(word);
  const fields = Object.entries(word.struct).map(([name, type]) => [name, nativeType(type)]);
  return koffi.struct(Object.fromEntries(fields));
}

function callbackType({ callback: { args, result } }: CallbackWord): TypeObject {
  return koffi.pointer(koffi.proto(nativeType(result), args.map(nativeType)));
}

/** koffi returns an asynchronous call to a function of Node's style; a program awaits a promise. */
function promising(declared: ReturnType<LibraryHandle['func']>): Opened['symbols'][string] {
  const start = declared.async;
  return (...args) =>
    new Promise((settle, refuse) =>
      start(...args, (error: unknown, result: unknown) => {
        if (error) refuse(error);
        else settle(result);
      })
    );
}

function declare(library: LibraryHandle, exported: string, signature: Signature, form: Form) {
  const { args, result } = signature;
  const declared = library.func(exported, nativeType(result), args.map(nativeType));
  return form === 'async' ? promising(declared) : declared;
}

function open(path: string, form: Form, functions: Functions): Opened {
  const library = koffi.load(path);
  return {
    symbols: definitions(functions, (one, exported) => declare(library, exported, one, form)),
    close: () => library.unload(),
  };
}

/** Longest time that a timer takes, in ms. */
const longestTimerMs = 2 ** 31 - 1;

function callback(
  word: CallbackWord,
  fn: (...args: never[]) => unknown,
  thread: 'same' | 'foreign' = 'same',
) {
  const made = koffi.register(fn, callbackType(word));
  // koffi does not keep the event loop alive for a thread that may call back.
  const alive = thread === 'foreign' ? setInterval(() => {}, longestTimerMs) : undefined;
  return {
    ref: made as unknown as FunctionRef,
    close() {
      clearInterval(alive);
      koffi.unregister(made);
    },
  };
}

/** koffi makes objects of structs by their declarations; of nested ones, struct by struct. */
function objects(): NativeObjects {
  const record = koffi.struct({ id: 'uint32', x: 'double', y: 'double', name: 'const char *' });
  const node = koffi.struct({ value: 'double', left: 'void *', right: 'void *' });
  const tree = (root: Pointer): TreeObject => {
    const { value, left, right } = koffi.decode(root, node) as {
      value: number;
      left: Pointer | null;
      right: Pointer | null;
    };
    return { value, left: left && tree(left), right: right && tree(right) };
  };
  return {
    records: (first, count) => koffi.decode(first, record, count) as readonly RecordObject[],
    tree,
  };
}

// koffi is one mechanism, with the same abilities in Bun and Node and all but one of them in Deno.
const isDeno = 'deno' in process.versions;
const isNode = !isDeno && !('bun' in process.versions);
const capabilities = capabilitiesOf(laneRow(isDeno ? 'deno.koffi' : 'node.koffi'));

const lane: Lane = {
  capabilities,
  open(library, requests): OpenLane {
    // koffi closes what it loads: the binding stays, since the library is kept loaded.
    if (isNode && requests.some((one) => 'exported' in one)) bindLocally(library);
    return {
      ...bind(requests, (form, functions) => open(library, form, functions)),
      capabilities,
      readCString: null,
      bool: (value) => value,
      samePointer: (a, b) => (a ?? 0n) === (b ?? 0n),
      addressOf: koffi.address as unknown as (buffer: Uint8Array) => Pointer,
      readTextAt: (pointer) => koffi.decode.string(pointer),
      pointerAt: (address) => (address === 0n ? null : address as unknown as Pointer),
      numbersAt: (pointer, count) => new Float64Array(koffi.view(pointer, count * 8)),
      structForm: objectForm,
      objects: objects(),
      errno: koffi.errno,
      functionAt: (pointer) => koffi.decode(pointer, koffi.proto('void', [])),
      callback,
    };
  },
};

export default lane;
