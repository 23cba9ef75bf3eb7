// What the lanes by node-addon-api say that they cannot do, tried through them.
import type { Lane } from '../../../src/catalogue/lane.ts';
import type { SymbolName } from '../../../src/catalogue/signatures.ts';
import { noErrno, noObjects, type Refusals, throws } from './refusals.ts';

type Call = (...args: unknown[]) => unknown;

/** A probe of a function that must throw with these arguments. */
function refusedCall(symbol: SymbolName, ...args: unknown[]) {
  return (lane: Lane, library: string) => {
    const call = lane.open(library, [{ symbol, form: 'plain' }]).call(symbol) as Call;
    const { got, said } = throws(() => call(...args));
    return [{ what: `it throws (${said})`, got, want: true }];
  };
}

export const refusals: Refusals = {
  errno: noErrno({}),
  native_objects: noObjects,
  data_view: refusedCall('buffer_touch', new DataView(new ArrayBuffer(8)), 8),
  array_buffer: refusedCall('buffer_touch', new ArrayBuffer(8), 8),
  native_memory: refusedCall('handle_create', 8),
  worker: refusedCall('async_spin_us', 5),
  address_of: (lane, library) => {
    const { got, said } = throws(() => lane.open(library, []).addressOf(new Uint8Array(8)));
    return [{ what: `it throws (${said})`, got, want: true }];
  },
};
