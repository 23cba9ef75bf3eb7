// What the WebAssembly lanes say that they cannot do, tried through them.
import {
  noAddress,
  noErrno,
  noObjects,
  onlyBigInt,
  openCall,
  type Refusals,
  refusedCall,
} from './refusals.ts';

const view = new Uint8Array(8);

/** The same whatever the code around the module is written by. */
export const ofEveryModule = {
  errno: noErrno({}),
  errno_survives: refusedCall('errno_last'),
  u64_from_number: refusedCall('id_u64', 5),
  u64_fast: onlyBigInt,
  buffer_length: refusedCall('buffer_touch_length', view, view),
  callback_thread_value: refusedCall('callback_thread_value', 0, 1),
  callback_thread_notice: refusedCall('callback_thread_notice', 0, 1),
  async: refusedCall('async_id', 5),
  worker: refusedCall('async_spin_us', 5),
  address_of: noAddress,
} satisfies Refusals;

export const refusals: Refusals = {
  ...ofEveryModule,
  native_objects: noObjects,
  // An object becomes the address 0, whose memory is no struct.
  struct_by_value: (lane, library) => {
    const sum = openCall(lane, library, 'struct_arg_16')({ a: 1, b: 2 });
    return [{ what: 'the sum is that of the fields', got: sum === 3, want: false }];
  },
};
