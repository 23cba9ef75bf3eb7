/** Lane `node.ffi`: `node:ffi`. */
import { dlopen, DynamicLibrary, getRawPointer, toArrayBuffer, toString } from 'node:ffi';
import type { FunctionRef, Lane, OpenLane, Pointer } from '../../src/catalogue/lane.ts';
import type { CallbackWord, Signature, Word } from '../../src/catalogue/words.ts';
import { bind, definitions, type Functions, type Opened } from '../bound.ts';
import { capabilitiesOf, laneRow } from '../lanes.ts';
import { bindLocally } from './local_binding.ts';

/**
 * A C type in Node's words: C strings may be JavaScript strings on the way in, not on the way out.
 */
function nativeType(word: Word, place: 'argument' | 'result'): string {
  if (typeof word === 'string') {
    return word !== 'cstring' ? word : place === 'argument' ? 'string' : 'pointer';
  }
  if ('buffer' in word) return 'buffer';
  if ('callback' in word) return 'function';
  throw new Error(capabilities.struct_by_value as string);
}

function define({ args, result }: Signature) {
  return {
    arguments: args.map((word) => nativeType(word, 'argument')),
    return: nativeType(result, 'result'),
  } as never;
}

function open(library: string, functions: Functions): Opened {
  const opened = dlopen(library, definitions(functions, define));
  return { symbols: opened.functions as Opened['symbols'], close: () => opened.lib.close() };
}

/** Makes callbacks; Node keeps them with a library, so one is opened for them when first needed. */
function callbacks(library: string) {
  let owner: DynamicLibrary | undefined;
  return {
    make(word: CallbackWord, fn: (...args: never[]) => unknown) {
      owner ??= new DynamicLibrary(library);
      const lib = owner;
      const pointer = lib.registerCallback(define(word.callback), fn as never);
      return {
        ref: pointer as unknown as FunctionRef,
        close: () => lib.unregisterCallback(pointer),
      };
    },
    close: () => owner?.close(),
  };
}

/** An address as a bigint; null is 0. */
function address(pointer: Pointer | null): bigint {
  return BigInt((pointer ?? 0) as unknown as bigint);
}

const capabilities = capabilitiesOf(laneRow('node.ffi'));

const lane: Lane = {
  capabilities,
  open(library, requests): OpenLane {
    if (requests.some((one) => 'exported' in one)) bindLocally(library);
    const bound = bind(requests, (_form, functions) => open(library, functions));
    const made = callbacks(library);
    return {
      ...bound,
      capabilities,
      readCString: toString as unknown as OpenLane['readCString'],
      bool: (value) => Number(value) as unknown as boolean,
      samePointer: (a, b) => address(a) === address(b),
      pointerAt: (address) => (address === 0n ? null : address as unknown as Pointer),
      addressOf: getRawPointer as unknown as (buffer: Uint8Array) => Pointer,
      numbersAt: (pointer, count) =>
        new Float64Array(toArrayBuffer(pointer as unknown as bigint, count * 8, false)),
      functionAt: () => {
        throw new Error(capabilities.function_pointer as string);
      },
      callback: made.make,
      close() {
        made.close();
        bound.close();
      },
    };
  },
};

export default lane;
