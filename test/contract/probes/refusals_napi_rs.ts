// What the lanes by napi-rs say that they cannot do, tried through them.
import type { Lane } from '../../../src/catalogue/lane.ts';
import type { SymbolName } from '../../../src/catalogue/signatures.ts';
import { noErrno, type Refusals, throws } from './refusals.ts';

type Call = (...args: unknown[]) => unknown;

function open(lane: Lane, library: string, symbol: SymbolName): Call {
  return lane.open(library, [{ symbol, form: 'plain' }]).call(symbol) as Call;
}

/** A probe of a function that must throw with these arguments. */
function refusedCall(symbol: SymbolName, ...args: unknown[]) {
  return (lane: Lane, library: string) => {
    const { got, said } = throws(() => open(lane, library, symbol)(...args));
    return [{ what: `it throws (${said})`, got, want: true }];
  };
}

/** A probe of a callback that a foreign thread is to call. */
function noForeign(lane: Lane, library: string) {
  const word = { callback: { args: ['i32'], result: 'i32' } } as const;
  const { callback } = lane.open(library, []);
  const { got, said } = throws(() => callback(word, (i) => i, 'foreign'));
  return [{ what: `it throws (${said})`, got, want: true }];
}

const view = new Uint8Array(8);

export const refusals: Refusals = {
  errno: noErrno({}),
  u64_from_number: refusedCall('id_u64', 5),
  u64_fast: (lane, library) => {
    const answer = open(lane, library, 'id_u64')(5n);
    return [{ what: 'the type of a small answer', got: typeof answer, want: 'bigint' }];
  },
  data_view: refusedCall('buffer_touch', new DataView(view.buffer), 8),
  array_buffer: refusedCall('buffer_touch', view.buffer, 8),
  buffer_length: refusedCall('buffer_touch_length', view, view),
  callback_thread_value: noForeign,
  callback_thread_notice: noForeign,
};
