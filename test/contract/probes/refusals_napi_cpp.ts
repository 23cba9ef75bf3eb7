// What the lanes by node-addon-api say that they cannot do, tried through them.
import { noAddress, noErrno, noObjects, type Refusals, refusedCall } from './refusals.ts';

export const refusals: Refusals = {
  errno: noErrno({}),
  native_objects: noObjects,
  data_view: refusedCall('buffer_touch', new DataView(new ArrayBuffer(8)), 8),
  array_buffer: refusedCall('buffer_touch', new ArrayBuffer(8), 8),
  native_memory: refusedCall('handle_create', 8),
  worker: refusedCall('async_spin_us', 5),
  address_of: noAddress,
};
