/** Family `struct`: several values that belong together, by pointer or by value. */
import { task } from '../task.ts';

/** {u32 id; f32 weight; f64 value} laid over one buffer. */
function record16() {
  const bytes = new Uint8Array(16);
  return {
    bytes,
    ids: new Uint32Array(bytes.buffer),
    weights: new Float32Array(bytes.buffer),
    values: new Float64Array(bytes.buffer),
  };
}

const byPointer = task({
  id: 'struct.by_pointer',
  isolates: 'packing a struct through overlapping typed arrays, and passing its buffer',
  params: [{ bytes: 16 }],
  binds: ['struct_by_pointer_16'],
  plain: () => {
    let id = 0;
    const last = new Float64Array(1);
    const total = (point: { id: number; weight: number; value: number }) =>
      point.id + point.weight + point.value;
    return {
      body: () => {
        id = (id + 1) & 0xffff;
        last[0] = total({ id, weight: 0.5, value: 2.25 });
      },
      crossings: 0,
      check:
        () => [{ what: 'the sum', got: total({ id: 7, weight: 0.5, value: 2.25 }), want: 9.75 }],
      after: () => [{ what: 'the last sum', got: last[0]!, want: id + 2.75 }],
    };
  },
  prepare(lane) {
    const f = lane.call('struct_by_pointer_16');
    const { bytes, ids, weights, values } = record16();
    const known = record16();
    let id = 0;
    const last = new Float64Array(1);
    return {
      body: () => {
        id = (id + 1) & 0xffff;
        ids[0] = id;
        weights[1] = 0.5;
        values[1] = 2.25;
        last[0] = f(bytes);
      },
      crossings: 1,
      check: () => {
        known.ids[0] = 4294967295;
        known.weights[1] = -0.5;
        known.values[1] = 1e10;
        return [{ what: 'the sum', got: f(known.bytes), want: 4294967295 - 0.5 + 1e10 }];
      },
      after: () => [{ what: 'the last sum', got: last[0]!, want: id + 2.75 }],
    };
  },
});

export const struct = [byPointer];
