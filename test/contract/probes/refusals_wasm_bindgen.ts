// What the lanes by wasm-bindgen say that they cannot do, tried through them.
import { type Refusals, refusedCall } from './refusals.ts';
import { ofEveryModule } from './refusals_wasm.ts';

export const refusals: Refusals = {
  ...ofEveryModule,
  data_view: refusedCall('buffer_touch', new DataView(new ArrayBuffer(8)), 8),
  array_buffer: refusedCall('buffer_touch', new ArrayBuffer(8), 8),
  struct_by_value: refusedCall('struct_arg_16', { a: 1, b: 2 }),
};
