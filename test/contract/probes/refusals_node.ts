// What node:ffi says that it cannot do, tried.
import * as ffi from 'node:ffi';
import type { CallbackWord } from '../../../src/catalogue/words.ts';
import { signatures } from '../../../src/catalogue/signatures.ts';
import {
  type AnyDlopen,
  noErrno,
  noObjects,
  notPromised,
  type Refusals,
  refused,
} from './refusals.ts';
import type { Probe } from './run.ts';

const dlopen = ffi.dlopen as unknown as AnyDlopen<'functions'>;

/** One function of the library, by a definition in Node's own words. */
function open(library: string, name: string, definition: object) {
  return dlopen(library, { [name]: definition }).functions[name]!;
}

const wide = { arguments: ['u64'], return: 'u64' };
const fast = { arguments: ['u64_fast'], return: 'u64_fast' };
const touch = { arguments: ['buffer', 'buffer_length'], return: 'u32' };
const struct = { arguments: [{ struct: ['f64'] }], return: 'f64' };
const waiting = { arguments: ['i32'], return: 'i32', nonblocking: true };

/** Lets a foreign thread call back. The process must not live to answer. */
function fromThread(symbol: 'callback_thread_value' | 'callback_thread_notice'): Probe {
  return async (lane, library) => {
    const opened = lane.open(library, [{ symbol, form: 'plain' }]);
    const word: CallbackWord = signatures[symbol].args[0];
    const callback = opened.callback(word, (i: number) => i, 'foreign');
    opened.call(symbol)(callback.ref, 1);
    await new Promise((resolve) => setTimeout(resolve, 30_000));
    return [{ what: 'the process lives', got: true, want: false }];
  };
}

export const refusals: Refusals = {
  native_objects: noObjects,
  errno: noErrno(ffi),
  u64_from_number: refused((library) => open(library, 'ffib_id_u64', wide)(5)),
  u64_fast: refused((library) => open(library, 'ffib_id_u64', fast)),
  buffer_length: refused((library) => open(library, 'ffib_buffer_touch_length', touch)),
  struct_by_value: refused((library) => open(library, 'ffib_struct_arg_8', struct)),
  async: notPromised((library) => open(library, 'ffib_async_id', waiting)(5)),
  callback_thread_value: fromThread('callback_thread_value'),
  callback_thread_notice: fromThread('callback_thread_notice'),
  // There is no function that makes one of an address.
  function_pointer: () =>
    Object.keys(ffi).filter((name) => /function|symbol|pointer$/i.test(name)).map((name) => ({
      what: `${name} takes an address`,
      got: name,
      want: 'getRawPointer',
    })),
};
