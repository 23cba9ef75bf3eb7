/**
 * Family `records`: objects out of native code. A list of {id, x, y, name} that lives in native
 * memory, and the ways in which JavaScript gets to see every field of it.
 */
import type { OpenLane, Pointer, RecordObject } from '../lane.ts';
import type { SymbolName } from '../signatures.ts';
import { type Prepared, task } from '../task.ts';
import { apart } from '../twins/apart.ts';

const params = [1, 10, 100, 1000, 10000, 100000].map((records) => ({ records }));
/** Ends of names are 32-bit. */
const largest = 2 ** 22;

/** Record i, as native memory holds it. */
function recordOf(i: number): RecordObject {
  return { id: i, x: i + 0.5, y: -i - 0.25, name: `item ${i}` };
}

/** What all fields of a record come to. */
function weigh({ id, x, y, name }: RecordObject): number {
  return id + x + y + name.length;
}

/** The sum over the first n records. */
function sumOf(n: number): number {
  let total = 0;
  for (let i = 0; i < n; i++) total += weigh(recordOf(i));
  return total;
}

/** Adds up a list of objects. */
function weighAll(list: readonly RecordObject[]): number {
  let total = 0;
  for (let i = 0; i < list.length; i++) {
    const { id, x, y, name } = list[i]!;
    total += id + x + y + name.length;
  }
  return total;
}

/** A way to the records: gets them and adds up every field; shows the last record as text. */
interface Way {
  read(): number;
  last(): string;
}

const show = ({ id, x, y, name }: RecordObject) => [id, x, y, name].join();

/** A case from a way. */
function reading(
  records: number,
  { read, last }: Way,
  crossings: number,
  close = () => {},
): Prepared {
  const want = sumOf(records);
  const sum = new Float64Array(1);
  return {
    body: () => sum[0] = read(),
    crossings,
    check: () => [
      { what: 'the sum of all fields', got: read(), want },
      { what: 'the last record', got: last(), want: show(recordOf(records - 1)) },
    ],
    after: () => [{ what: 'the last sum', got: sum[0]!, want }],
    close,
  };
}

/** The way of a list of objects. */
function ofObjects(records: number, make: () => readonly RecordObject[]): Way {
  const total = apart(records, weighAll);
  return { read: () => total(make()), last: () => show(make()[records - 1]!) };
}

/** The records made where they are wanted. */
function plain({ records }: { records: number }): Prepared {
  const make = apart(records, (count: number) => {
    const list: RecordObject[] = [];
    for (let i = 0; i < count; i++) list.push(recordOf(i));
    return list;
  });
  return reading(records, ofObjects(records, () => make(records)), 0);
}

const common = { params, sweep: 'records', largest, plain } as const;

/** The records of a case, in native memory. */
function nativeRecords(lane: OpenLane, records: number) {
  const handle = lane.call('records_create')(records);
  const destroy = lane.call('records_destroy');
  return { handle, close: () => destroy(handle) };
}

const own: readonly SymbolName[] = ['records_create', 'records_destroy'];

/** Bytes of all names: "item " and up to ten digits. */
const nameBytes = 15;

const objects = task({
  ...common,
  id: 'records.objects',
  isolates: 'objects that native code makes by Node-API, one property at a time',
  timed: 'for (r of recordsAt(records_data(records), n)) total += r.id + r.x + r.y + r.name.length',
  needs: ['native_objects'],
  binds: [...own, 'records_data'],
  prepare(lane, { records }) {
    const { handle, close } = nativeRecords(lane, records);
    const data = lane.call('records_data');
    const make = lane.objects!.records;
    const way = ofObjects(records, () => make(data(handle)!, records));
    return reading(records, way, 1, close);
  },
});

const json = task({
  ...common,
  id: 'records.json',
  isolates: 'objects out of JSON text, which C writes and JSON.parse reads',
  timed: 'for (r of JSON.parse(decode(kept, records_json(records, kept)))) total += …',
  binds: [...own, 'records_json'],
  prepare(lane, { records }) {
    const { handle, close } = nativeRecords(lane, records);
    const write = lane.call('records_json');
    const kept = new Uint8Array(records * (nameBytes + 72) + 2);
    const decode = lane.forms.textReader(kept);
    const make = () => JSON.parse(decode(write(handle, kept, kept.length))) as RecordObject[];
    return reading(records, ofObjects(records, make), 1, close);
  },
});

const structBytes = 24;

const structs = task({
  ...common,
  id: 'records.structs',
  isolates: 'one array of structs of 24 bytes, each field read by a DataView when it is wanted',
  timed:
    'names = decode(kept, records_structs(records, kept)); for (i < n) total += view.getU32(…)',
  binds: [...own, 'records_structs'],
  prepare(lane, { records }) {
    const { handle, close } = nativeRecords(lane, records);
    const write = lane.call('records_structs');
    const start = records * structBytes;
    const kept = new Uint8Array(start + records * nameBytes);
    const view = new DataView(kept.buffer);
    const decode = lane.forms.textReader(kept.subarray(start));
    const at = (i: number, names: string): RecordObject => ({
      id: view.getUint32(structBytes * i, true),
      x: view.getFloat64(structBytes * i + 8, true),
      y: view.getFloat64(structBytes * i + 16, true),
      name: names.slice(
        i === 0 ? 0 : view.getUint32(structBytes * (i - 1) + 4, true),
        view.getUint32(structBytes * i + 4, true),
      ),
    });
    const fill = () => decode(write(handle, kept, kept.length) - start);
    const total = apart(records, (names: string) => {
      let sum = 0;
      let from = 0;
      for (let at = 0; at < start; at += structBytes) {
        const to = view.getUint32(at + 4, true);
        sum += view.getUint32(at, true) + view.getFloat64(at + 8, true) +
          view.getFloat64(at + 16, true) + names.slice(from, to).length;
        from = to;
      }
      return sum;
    });
    const way = { read: () => total(fill()), last: () => show(at(records - 1, fill())) };
    return reading(records, way, 1, close);
  },
});

const arrays = task({
  ...common,
  id: 'records.arrays',
  isolates: 'an array for each field, and all names in one text',
  timed:
    'names = decode(text, records_arrays(records, ids, xs, ys, ends, text)); total += ids[i] …',
  binds: [...own, 'records_arrays'],
  prepare(lane, { records }) {
    const { handle, close } = nativeRecords(lane, records);
    const write = lane.call('records_arrays');
    const [ids, ends] = [new Uint32Array(records), new Uint32Array(records)];
    const [xs, ys] = [new Float64Array(records), new Float64Array(records)];
    const text = new Uint8Array(records * nameBytes);
    const decode = lane.forms.textReader(text);
    const fill = () => decode(write(handle, ids, xs, ys, ends, text, text.length));
    const total = apart(records, (names: string) => {
      let sum = 0;
      let from = 0;
      for (let i = 0; i < records; i++) {
        const to = ends[i]!;
        sum += ids[i]! + xs[i]! + ys[i]! + names.slice(from, to).length;
        from = to;
      }
      return sum;
    });
    const last = () => {
      const names = fill();
      const i = records - 1;
      const name = names.slice(ends[i - 1] ?? 0, ends[i]);
      return show({ id: ids[i]!, x: xs[i]!, y: ys[i]!, name });
    };
    return reading(records, { read: () => total(fill()), last }, 1, close);
  },
});

const byField = task({
  ...common,
  id: 'records.by_field',
  isolates: 'one call for each field of each record: nothing is copied but what is asked for',
  timed: 'for (i < n) total += records_id(r, i) + records_x(r, i) + … + records_name(r, i).length',
  binds: [...own, 'records_id', 'records_x', 'records_y', 'records_name'],
  prepare(lane, { records }) {
    const { handle, close } = nativeRecords(lane, records);
    const [id, x, y] = [lane.call('records_id'), lane.call('records_x'), lane.call('records_y')];
    const name = readName(lane);
    const read = apart(records, () => {
      let sum = 0;
      for (let i = 0; i < records; i++) {
        sum += id(handle, i) + x(handle, i) + y(handle, i) + name(handle, i).length;
      }
      return sum;
    });
    const i = records - 1;
    const last = () =>
      show({ id: id(handle, i), x: x(handle, i), y: y(handle, i), name: name(handle, i) });
    return reading(records, { read, last }, 4 * records, close);
  },
});

/** The name of a record as a string, however the lane reads C strings. */
function readName(lane: OpenLane): (records: Pointer | null, index: number) => string {
  const f = lane.call('records_name');
  const read = lane.readCString;
  if (read === null) return f as unknown as (records: Pointer | null, index: number) => string;
  return (records, index) => read(f(records, index));
}

export const tasks = [objects, json, structs, arrays, byField];
