// What bun:ffi says that it cannot do, tried.
import * as ffi from 'bun:ffi';
import { signatures } from '../../../src/catalogue/signatures.ts';
import {
  type AnyDlopen,
  noErrno,
  noObjects,
  notPromised,
  type Refusals,
  refused,
} from './refusals.ts';

const dlopen = ffi.dlopen as unknown as AnyDlopen<'symbols'>;

/** One function of the library, by a definition in Bun's own words. */
function open(library: string, name: string, definition: object) {
  return dlopen(library, { [name]: definition }).symbols[name]!;
}

const struct = { args: [{ struct: ['f64'] }], returns: 'f64' };
const waiting = { args: ['i32'], returns: 'i32', nonblocking: true };

export const refusals: Refusals = {
  native_objects: noObjects,
  errno: noErrno(ffi),
  struct_by_value: refused((library) => open(library, 'ffib_struct_arg_8', struct)),
  async: notPromised((library) => open(library, 'ffib_async_id', waiting)(5)),
  // The thread goes on while JavaScript is busy, so that it cannot have had an answer.
  callback_thread_value: (lane, library) => {
    const symbols = [
      ...['callback_thread_value', 'callback_thread_done'] as const,
      ...['callback_thread_sum', 'callback_thread_stop'] as const,
    ];
    const opened = lane.open(library, symbols.map((symbol) => ({ symbol, form: 'plain' })));
    const done = opened.call('callback_thread_done');
    const word = signatures.callback_thread_value.args[0];
    const callback = opened.callback(word, (i: number) => i + 1, 'foreign');
    opened.call('callback_thread_value')(callback.ref, 3);
    const end = performance.now() + 30_000;
    while (done() < 3 && performance.now() < end);
    const sum = opened.call('callback_thread_sum')();
    opened.call('callback_thread_stop')();
    return [
      { what: 'calls over while JavaScript is busy', got: done(), want: 3 },
      { what: 'the sum of their answers', got: sum, want: 0 },
    ];
  },
};
