// What the lanes by napi-rs say that they cannot do, tried through them.
import { noErrno, onlyBigInt, type Refusals, refusedCall, throws } from './refusals.ts';
import type { Probe } from './run.ts';

/** A probe of a callback that a foreign thread is to call. */
const noForeign: Probe = (lane, library) => {
  const word = { callback: { args: ['i32'], result: 'i32' } } as const;
  const { callback } = lane.open(library, []);
  const { got, said } = throws(() => callback(word, (i) => i, 'foreign'));
  return [{ what: `it throws (${said})`, got, want: true }];
};

const view = new Uint8Array(8);

export const refusals: Refusals = {
  errno: noErrno({}),
  u64_from_number: refusedCall('id_u64', 5),
  u64_fast: onlyBigInt,
  data_view: refusedCall('buffer_touch', new DataView(view.buffer), 8),
  array_buffer: refusedCall('buffer_touch', view.buffer, 8),
  buffer_length: refusedCall('buffer_touch_length', view, view),
  callback_thread_value: noForeign,
  callback_thread_notice: noForeign,
};
