/** Family `struct`: several values that belong together, by pointer or by value. */
import type { OpenLane, StructForm } from '../lane.ts';
import { signatures, type SymbolName } from '../signatures.ts';
import { type Prepared, task } from '../task.ts';
import { outPointers } from './struct_out.ts';

const sizes = [16, 64] as const;
type Bytes = (typeof sizes)[number];
const params = sizes.map((bytes) => ({ bytes }));

/**
 * Writes a struct into a buffer: {u32 id; f32 weight; f64 value}, or {u32 id; u32 flags; f32
 * weight; i32 delta; f64 value[6]}. Only the id changes from call to call, as a program's would.
 */
type Packer = (bytes: Uint8Array) => (id: number) => void;

/** What the constant fields add up to. */
const constants = { 16: 0.5 + 2.25, 64: 7 + 0.5 - 3 + 2.25 * 6 } as const;

const overlaid: Record<Bytes, Packer> = {
  16: (bytes) => {
    const ids = new Uint32Array(bytes.buffer);
    const weights = new Float32Array(bytes.buffer);
    const values = new Float64Array(bytes.buffer);
    return (id) => {
      ids[0] = id;
      weights[1] = 0.5;
      values[1] = 2.25;
    };
  },
  64: (bytes) => {
    const ids = new Uint32Array(bytes.buffer);
    const weights = new Float32Array(bytes.buffer);
    const deltas = new Int32Array(bytes.buffer);
    const values = new Float64Array(bytes.buffer);
    return (id) => {
      ids[0] = id;
      ids[1] = 7;
      weights[2] = 0.5;
      deltas[3] = -3;
      for (let i = 2; i < 8; i++) values[i] = 2.25;
    };
  },
};

const viewed: Record<Bytes, Packer> = {
  16: (bytes) => {
    const view = new DataView(bytes.buffer);
    return (id) => {
      view.setUint32(0, id, true);
      view.setFloat32(4, 0.5, true);
      view.setFloat64(8, 2.25, true);
    };
  },
  64: (bytes) => {
    const view = new DataView(bytes.buffer);
    return (id) => {
      view.setUint32(0, id, true);
      view.setUint32(4, 7, true);
      view.setFloat32(8, 0.5, true);
      view.setInt32(12, -3, true);
      for (let at = 16; at < 64; at += 8) view.setFloat64(at, 2.25, true);
    };
  },
};

/** A case from a way of adding up the struct with this id. */
function packing(bytes: Bytes, sum: (id: number) => number, crossings: number): Prepared {
  let id = 0;
  const last = new Float64Array(1);
  return {
    body: () => {
      id = (id + 1) & 0xffff;
      last[0] = sum(id);
    },
    crossings,
    check: () =>
      [0, 7, 4294967295].map((known) => ({
        what: `the sum with id ${known}`,
        got: sum(known),
        want: known + constants[bytes],
      })),
    after: (calls) => [
      { what: 'the last sum', got: last[0]!, want: (calls & 0xffff) + constants[bytes] },
    ],
  };
}

/** The same fields in an object, added up by a function that takes it. */
function plain({ bytes }: { bytes: Bytes }): Prepared {
  const sum16 = (r: { id: number; weight: number; value: number }) => r.id + r.weight + r.value;
  const sum64 = (
    r: { id: number; flags: number; weight: number; delta: number; value: readonly number[] },
  ) => r.value.reduce((sum, value) => sum + value, r.id + r.flags + r.weight + r.delta);
  const value = Array(6).fill(2.25);
  return packing(
    bytes,
    bytes === 16
      ? (id) => sum16({ id, weight: 0.5, value: 2.25 })
      : (id) => sum64({ id, flags: 7, weight: 0.5, delta: -3, value }),
    0,
  );
}

function byPointerTask(id: string, isolates: string, timed: string, packers: typeof overlaid) {
  return task({
    id,
    isolates,
    timed,
    params,
    binds: ({ bytes }) => [`struct_by_pointer_${bytes}`],
    plain,
    prepare(lane, { bytes }) {
      const f = lane.call(`struct_by_pointer_${bytes}`);
      const kept = new Uint8Array(bytes);
      const pack = packers[bytes](kept);
      return packing(bytes, (x) => {
        pack(x);
        return f(kept);
      }, 1);
    },
  });
}

const byPointer = byPointerTask(
  'struct.by_pointer',
  'packing a struct through overlapping typed arrays, and passing its buffer',
  'ids[0] = id; weights[1] = 0.5; values[1] = 2.25; last = struct_by_pointer(kept)',
  overlaid,
);

const byPointerView = byPointerTask(
  'struct.by_pointer_dataview',
  'as struct.by_pointer, packed by a DataView',
  'view.setUint32(0, id, true); view.setFloat32(4, 0.5, true); …; last = struct_by_pointer(kept)',
  viewed,
);

const byPointerFresh = task({
  id: 'struct.by_pointer_fresh',
  isolates: 'as struct.by_pointer_dataview, in a new buffer for every call',
  timed: 'fresh = new Uint8Array(bytes); pack(fresh, id); last = struct_by_pointer(fresh)',
  params,
  binds: ({ bytes }) => [`struct_by_pointer_${bytes}`],
  plain,
  prepare(lane, { bytes }) {
    const f = lane.call(`struct_by_pointer_${bytes}`);
    const pack = viewed[bytes];
    return packing(bytes, (x) => {
      const fresh = new Uint8Array(bytes);
      pack(fresh)(x);
      return f(fresh);
    }, 1);
  },
});

/** {u32 id; u32 tag; {f64 x, y} at; {f64 x, y} size}, added up from an object of objects. */
interface Box {
  readonly id: number;
  readonly tag: number;
  readonly at: { readonly x: number; readonly y: number };
  readonly size: { readonly x: number; readonly y: number };
}

function boxing(sum: (box: Box) => number, crossings: number): Prepared {
  const box = { id: 0, tag: 3, at: { x: 0.5, y: -1.5 }, size: { x: 100, y: 0.25 } };
  const rest = 3 + 0.5 - 1.5 + 100 + 0.25;
  const last = new Float64Array(1);
  return {
    body: () => {
      box.id = (box.id + 1) & 0xffff;
      last[0] = sum(box);
    },
    crossings,
    check: () =>
      [0, 4294967295].map((id) => ({
        what: `the sum with id ${id}`,
        got: sum({ ...box, id }),
        want: id + rest,
      })),
    after: (calls) => [{ what: 'the last sum', got: last[0]!, want: (calls & 0xffff) + rest }],
  };
}

const nested = task({
  id: 'struct.nested',
  isolates: 'packing structs within a struct from objects within an object',
  timed: 'ids[0] = box.id; …; values[1] = box.at.x; …; last = struct_nested(kept)',
  binds: ['struct_nested'],
  plain: () => boxing(({ id, tag, at, size }) => id + tag + at.x + at.y + size.x + size.y, 0),
  prepare(lane) {
    const f = lane.call('struct_nested');
    const kept = new Uint8Array(40);
    const ids = new Uint32Array(kept.buffer);
    const values = new Float64Array(kept.buffer);
    return boxing((box) => {
      ids[0] = box.id;
      ids[1] = box.tag;
      values[1] = box.at.x;
      values[2] = box.at.y;
      values[3] = box.size.x;
      values[4] = box.size.y;
      return f(kept);
    }, 1);
  },
});

const valueSizes = [8, 16, 32, 64] as const;
type ValueBytes = (typeof valueSizes)[number];

/**
 * The lane's own way with the struct of that many bytes. Throws where it declares one and has none.
 */
function formOf(lane: OpenLane, bytes: ValueBytes): StructForm {
  const [word] = signatures[`struct_arg_${bytes}` satisfies SymbolName].args;
  const form = lane.structForm?.(word);
  if (form === undefined) throw new Error('The lane says that it can pass structs, but not how.');
  return form;
}

function byValue(lane: OpenLane, bytes: ValueBytes): Prepared {
  const f = lane.call(`struct_arg_${bytes}`) as (value: unknown) => number;
  const form = formOf(lane, bytes);
  const fields = Array.from({ length: bytes / 8 }, (_, i) => i + 0.5);
  const rest = fields.reduce((sum, field) => sum + field, -fields[0]!);
  const kept = form.make(fields);
  let x = 0;
  const last = new Float64Array(1);
  return {
    body: () => {
      x = (x + 1) & 0xffff;
      last[0] = f(form.withFirst(kept, x));
    },
    crossings: 1,
    check: () => [
      { what: 'the sum', got: f(form.make(fields)), want: fields[0]! + rest },
      {
        what: 'the sum with -0.5',
        got: f(form.withFirst(form.make(fields), -0.5)),
        want: rest - 0.5,
      },
    ],
    after: (calls) => [{ what: 'the last sum', got: last[0]!, want: (calls & 0xffff) + rest }],
  };
}

function resultByValue(lane: OpenLane, bytes: ValueBytes): Prepared {
  const f = lane.call(`struct_result_${bytes}`) as (seed: number) => ReturnType<StructForm['make']>;
  const form = formOf(lane, bytes);
  const x = new Float64Array(1);
  return {
    body: () => x[0] = form.first(f((x[0]! + 1) % 65536)),
    crossings: 1,
    check: () => [
      {
        what: 'the fields from 1.5 on',
        got: form.fields(f(1.5)).join(),
        want: Array.from({ length: bytes / 8 }, (_, i) => i + 1.5).join(),
      },
    ],
    after: (calls) => [{ what: 'the last first field', got: x[0]!, want: calls % 65536 }],
  };
}

const value = task({
  id: 'struct.by_value',
  isolates: 'a struct by value as argument or as result, against struct.by_pointer',
  timed: 'first(s) = x; last = struct_arg(s) | x = first(struct_result(x + 1))',
  params: valueSizes.flatMap((bytes) =>
    (['argument', 'result'] as const).map((place) => ({ bytes, place }))
  ),
  needs: ['struct_by_value'],
  binds: ({ bytes, place }) => [
    place === 'argument' ? `struct_arg_${bytes}` : `struct_result_${bytes}`,
  ],
  plain: null,
  prepare: (lane, { bytes, place }) =>
    place === 'argument' ? byValue(lane, bytes) : resultByValue(lane, bytes),
});

export const tasks = [byPointer, byPointerView, byPointerFresh, nested, ...outPointers, value];
