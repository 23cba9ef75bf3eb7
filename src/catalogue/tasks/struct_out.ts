/** Family `struct`, the way out: C fills a struct, and JavaScript makes an object of it. */
import { type Prepared, task } from '../task.ts';

const sizes = [16, 64] as const;
type Bytes = (typeof sizes)[number];

/** What is unpacked; the longer struct has the last four too, and six values. */
interface Unpacked {
  readonly id: number;
  readonly weight: number;
  readonly value: number;
  readonly flags?: number;
  readonly delta?: number;
  readonly rest?: readonly number[];
}

type Unpacker = (bytes: Uint8Array) => () => Unpacked;

const overlaid: Record<Bytes, Unpacker> = {
  16: (bytes) => {
    const ids = new Uint32Array(bytes.buffer);
    const weights = new Float32Array(bytes.buffer);
    const values = new Float64Array(bytes.buffer);
    return () => ({ id: ids[0]!, weight: weights[1]!, value: values[1]! });
  },
  64: (bytes) => {
    const ids = new Uint32Array(bytes.buffer);
    const weights = new Float32Array(bytes.buffer);
    const deltas = new Int32Array(bytes.buffer);
    const values = new Float64Array(bytes.buffer);
    return () => ({
      id: ids[0]!,
      flags: ids[1]!,
      weight: weights[2]!,
      delta: deltas[3]!,
      value: values[2]!,
      rest: [values[3]!, values[4]!, values[5]!, values[6]!, values[7]!],
    });
  },
};

const viewed: Record<Bytes, Unpacker> = {
  16: (bytes) => {
    const view = new DataView(bytes.buffer);
    return () => ({
      id: view.getUint32(0, true),
      weight: view.getFloat32(4, true),
      value: view.getFloat64(8, true),
    });
  },
  64: (bytes) => {
    const view = new DataView(bytes.buffer);
    const at = (offset: number) => view.getFloat64(offset, true);
    return () => ({
      id: view.getUint32(0, true),
      flags: view.getUint32(4, true),
      weight: view.getFloat32(8, true),
      delta: view.getInt32(12, true),
      value: at(16),
      rest: [at(24), at(32), at(40), at(48), at(56)],
    });
  },
};

/** What C fills in from a seed: every field is the seed plus its index. */
function expected(bytes: Bytes, seed: number): Unpacked {
  return bytes === 16 ? { id: seed, weight: seed + 1, value: seed + 2 } : {
    id: seed,
    flags: seed + 1,
    weight: seed + 2,
    delta: seed + 3,
    value: seed + 4,
    rest: [5, 6, 7, 8, 9].map((index) => seed + index),
  };
}

/**
 * A case from a way of getting the struct of a seed; every read that is not of this call counts.
 */
function filling(bytes: Bytes, get: (seed: number) => Unpacked, crossings: number): Prepared {
  const offset = bytes === 16 ? 2 : 4;
  let seed = 0;
  let stale = 0;
  let last = get(0);
  return {
    body: () => {
      seed = (seed + 1) & 0xffff;
      last = get(seed);
      if (last.id !== seed || last.value !== seed + offset) stale++;
    },
    crossings,
    check: () =>
      [3, 70000].map((known) => ({
        what: `the struct of ${known}`,
        got: text(get(known)),
        want: text(expected(bytes, known)),
      })),
    after: (calls) => [
      { what: 'stale reads', got: stale, want: 0 },
      { what: 'the last struct', got: text(last), want: text(expected(bytes, calls & 0xffff)) },
    ],
  };
}

/** A struct as text, its keys in order. */
function text(value: Unpacked): string {
  return JSON.stringify(value);
}

function outPointerTask(id: string, isolates: string, timed: string, unpackers: typeof overlaid) {
  return task({
    id,
    isolates,
    timed,
    params: sizes.map((bytes) => ({ bytes })),
    binds: ({ bytes }) => [`struct_out_${bytes}`],
    plain: ({ bytes }) => filling(bytes, (seed) => expected(bytes, seed), 0),
    prepare(lane, { bytes }) {
      const f = lane.call(`struct_out_${bytes}`);
      const kept = new Uint8Array(bytes);
      const unpack = unpackers[bytes](kept);
      return filling(bytes, (seed) => {
        f(kept, seed);
        return unpack();
      }, 1);
    },
  });
}

export const outPointers = [
  outPointerTask(
    'struct.out_pointer',
    'C fills a kept buffer; overlapping typed arrays make an object of it',
    'struct_out(kept, ++seed); last = { id: ids[0], weight: weights[1], value: values[1] }',
    overlaid,
  ),
  outPointerTask(
    'struct.out_pointer_dataview',
    'as struct.out_pointer, unpacked by a DataView',
    'struct_out(kept, ++seed); last = { id: view.getUint32(0, true), … }',
    viewed,
  ),
];
