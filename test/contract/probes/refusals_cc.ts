// What cc() says that it cannot do, tried: by calls where it compiles, by what the shim lacks else.
import { shimLacks } from '../../../runtimes/bun/shim.ts';
import type { Lane } from '../../../src/catalogue/lane.ts';
import type { SymbolName } from '../../../src/catalogue/signatures.ts';
import { noErrno, noObjects, type Refusals, throws } from './refusals.ts';

/** A probe that opens a function, calls it, and must see one of both throw. */
function refusedCall(symbol: SymbolName, form: 'plain' | 'buffer_length', ...args: unknown[]) {
  return (lane: Lane, library: string) => {
    const { got, said } = throws(() => {
      const call = lane.open(library, [{ symbol, form }]).callAs(symbol, form);
      return (call as (...args: unknown[]) => unknown)(...args);
    });
    return [{ what: `it throws (${said})`, got, want: true }];
  };
}

/** A probe of what the C of the shim does not hold. */
function lacking(...symbols: SymbolName[]) {
  return () => symbols.map((name) => ({ what: name, got: name in shimLacks, want: true }));
}

const view = new Uint8Array(8);

export const refusals: Refusals = {
  native_objects: noObjects,
  errno: noErrno({}),
  errno_survives: lacking('errno_fail', 'errno_last'),
  string_argument: refusedCall('string_sum_z', 'plain', 'text'),
  buffer_length: refusedCall('buffer_touch_length', 'buffer_length', view, view),
  struct_by_value: refusedCall('struct_arg_16', 'plain', { a: 1, b: 2 }),
  callback_thread_value: lacking('callback_thread_value'),
  callback_thread_notice: lacking('callback_thread_notice'),
  async: lacking('async_id'),
  worker: lacking('async_spin_us', 'async_sleep_ms'),
};
