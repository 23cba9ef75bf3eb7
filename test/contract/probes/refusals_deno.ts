// What Deno.dlopen says that it cannot do, tried.
import { signatures } from '../../../src/catalogue/signatures.ts';
import {
  type AnyDlopen,
  noErrno,
  noObjects,
  onlyBigInt,
  type Refusals,
  refused,
} from './refusals.ts';

const dlopen = Deno.dlopen as unknown as AnyDlopen<'symbols'>;

/** One function of the library, by a definition in Deno's own words. */
function open(library: string, name: string, definition: object) {
  return dlopen(library, { [name]: definition }).symbols[name]!;
}

const sumText = { parameters: ['buffer'], result: 'u32' };
const touch = { parameters: ['buffer', 'buffer_length'], result: 'u32' };

export const refusals: Refusals = {
  native_objects: noObjects,
  errno: noErrno(Deno),
  string_argument: refused((library) => open(library, 'ffib_string_sum_z', sumText)('text')),
  u64_fast: onlyBigInt,
  buffer_length: refused((library) => open(library, 'ffib_buffer_touch_length', touch)),
  // The thread has delivered nothing while JavaScript is busy, and all once it is not.
  callback_thread_notice: async (lane, library) => {
    const names = ['callback_thread_notice', 'callback_thread_done', 'callback_thread_stop'];
    const opened = lane.open(
      library,
      names.map((symbol) => ({ symbol: symbol as 'callback_thread_done', form: 'plain' })),
    );
    const done = opened.call('callback_thread_done');
    const word = signatures.callback_thread_notice.args[0];
    const callback = lane.open(library, []).callback(word, () => {}, 'foreign');
    opened.call('callback_thread_notice')(callback.ref, 3);
    const end = performance.now() + 100;
    while (performance.now() < end);
    const whileBusy = done();
    for (let i = 0; i < 30_000 && done() < 3; i++) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    opened.call('callback_thread_stop')();
    callback.close();
    return [
      { what: 'notices over while JavaScript is busy', got: whileBusy, want: 0 },
      { what: 'notices over afterwards', got: done(), want: 3 },
    ];
  },
};
