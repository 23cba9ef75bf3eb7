// What the WebAssembly lanes say that they cannot do, tried through them.
import type { Lane } from '../../../src/catalogue/lane.ts';
import type { SymbolName } from '../../../src/catalogue/signatures.ts';
import { noErrno, noObjects, type Refusals, throws } from './refusals.ts';

type Call = (...args: unknown[]) => unknown;

function open(lane: Lane, library: string, symbol: SymbolName): Call {
  return lane.open(library, [{ symbol, form: 'plain' }]).call(symbol) as Call;
}

/** A probe of a call that must throw. */
function refusedCall(symbol: SymbolName, ...args: unknown[]) {
  return (lane: Lane, library: string) => {
    const { got, said } = throws(() => open(lane, library, symbol)(...args));
    return [{ what: `it throws (${said})`, got, want: true }];
  };
}

const view = new Uint8Array(8);

export const refusals: Refusals = {
  native_objects: noObjects,
  errno: noErrno({}),
  errno_survives: refusedCall('errno_last'),
  u64_from_number: refusedCall('id_u64', 5),
  u64_fast: (lane, library) => {
    const answer = open(lane, library, 'id_u64')(5n);
    return [{ what: 'the type of a small answer', got: typeof answer, want: 'bigint' }];
  },
  buffer_length: refusedCall('buffer_touch_length', view, view),
  // An object becomes the address 0, whose memory is no struct.
  struct_by_value: (lane, library) => {
    const sum = open(lane, library, 'struct_arg_16')({ a: 1, b: 2 });
    return [{ what: 'the sum is that of the fields', got: sum === 3, want: false }];
  },
  callback_thread_value: refusedCall('callback_thread_value', 0, 1),
  callback_thread_notice: refusedCall('callback_thread_notice', 0, 1),
  async: refusedCall('async_id', 5),
  worker: refusedCall('async_spin_us', 5),
  address_of: (lane, library) => {
    const { addressOf } = lane.open(library, []);
    const { got, said } = throws(() => addressOf(view));
    return [{ what: `it throws (${said})`, got, want: true }];
  },
};
