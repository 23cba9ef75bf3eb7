// What koffi says that it cannot do, tried through its own lane.
import process from 'node:process';
import type { Lane } from '../../../src/catalogue/lane.ts';
import { signatures } from '../../../src/catalogue/signatures.ts';
import { type Refusals, throws } from './refusals.ts';

/** A probe of a call of `buffer_touch` and its like that must throw. */
function refusedCall(symbol: 'buffer_touch' | 'buffer_touch_length', args: () => unknown[]) {
  return (lane: Lane, library: string) => {
    const call = lane.open(library, [{ symbol, form: 'plain' }]).call(symbol);
    const { got, said } = throws(() => (call as (...args: unknown[]) => unknown)(...args()));
    return [{ what: `it throws (${said})`, got, want: true }];
  };
}

const view = new Uint8Array(8);

const everywhere: Refusals = {
  buffer_length: refusedCall('buffer_touch_length', () => [view, view]),
  // The thread waits while JavaScript is busy, so that no call can be over.
  callback_thread_notice: async (lane, library) => {
    const symbols = [
      ...['callback_thread_notice', 'callback_thread_done'] as const,
      'callback_thread_stop' as const,
    ];
    const opened = lane.open(library, symbols.map((symbol) => ({ symbol, form: 'plain' })));
    const done = opened.call('callback_thread_done');
    const word = signatures.callback_thread_notice.args[0];
    const callback = opened.callback(word, () => {}, 'foreign');
    opened.call('callback_thread_notice')(callback.ref, 3);
    const end = performance.now() + 100;
    while (performance.now() < end);
    const whileBusy = done();
    while (done() < 3) await new Promise((settle) => setTimeout(settle, 1));
    opened.call('callback_thread_stop')();
    return [{ what: 'calls over while JavaScript is busy', got: whileBusy, want: 0 }];
  },
};

export const refusals: Refusals = 'deno' in process.versions
  ? { ...everywhere, data_view: refusedCall('buffer_touch', () => [new DataView(view.buffer), 8]) }
  : everywhere;
