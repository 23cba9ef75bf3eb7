/** Family `records` in Python: objects out of native code, and the ways to see all their fields. */
import { inPython, literal, type PythonCase, type PythonTasks, type Way } from './case.ts';

interface Sized extends Readonly<Record<string, number | string>> {
  readonly records: number;
}

/** Bytes of a name at the most, and of a struct: as in `tasks/records.ts`. */
const nameBytes = 15;
const structBytes = 24;

function sumOf(records: number): number {
  let total = 0;
  for (let i = 0; i < records; i++) total += i + (i + 0.5) + (-i - 0.25) + `item ${i}`.length;
  return total;
}

/** A way to the records: statements that leave the sum of all fields in `total`. */
interface Reading {
  readonly setup: string;
  readonly timed: string;
  readonly crossings: number;
  /** The last record, once the statements ran. */
  readonly last: string;
}

function reading(records: number, { setup, timed, crossings, last }: Reading): PythonCase {
  const i = records - 1;
  const isPlain = crossings === 0;
  const line = (expression: string) => `','.join(map(str, (${expression})))`;
  const asked = timed.split('\n').map((one) => `    ${one}`);
  return {
    setup: [
      `n = ${records}`,
      'total = 0.0',
      ...(isPlain ? [] : ['handle = records_create(n)']),
      setup,
      'def read():',
      ...asked,
      `    return total, ${line(last)}`,
    ].join('\n'),
    timed,
    crossings,
    checks: [
      ['the sum of all fields', 'read()[0]', literal(sumOf(records))],
      ['the last record', 'read()[1]', literal(`${i},${i + 0.5},${-i - 0.25},item ${i}`)],
    ],
    after: [['the last sum', 'total', literal(sumOf(records))]],
    ...(isPlain ? {} : { close: 'records_destroy(handle)' }),
  };
}

const addDicts = (list: string) =>
  [
    'total = 0.0',
    `for r in ${list}: total += r['id'] + r['x'] + r['y'] + len(r['name'])`,
  ].join('\n');

const ofDict = "r['id'], r['x'], r['y'], r['name']";

const plain = ({ records }: Sized) =>
  reading(records, {
    setup: [
      'def make(n):',
      "    return [{'id': i, 'x': i + 0.5, 'y': -i - 0.25, 'name': f'item {i}'} for i in range(n)]",
    ].join('\n'),
    timed: addDicts('make(n)'),
    crossings: 0,
    last: ofDict,
  });

function byJson({ records }: Sized, { textOf }: Way): PythonCase {
  const size = records * (nameBytes + 72) + 2;
  return reading(records, {
    setup: `from json import loads\nsize = ${size}\nkept = writable(size)`,
    timed: addDicts(`loads(${textOf('kept', 'records_json(handle, kept, size)')})`),
    crossings: 1,
    last: ofDict,
  });
}

function structs({ records }: Sized): PythonCase {
  const start = records * structBytes;
  return reading(records, {
    setup: [
      'from struct import Struct',
      "unpack_all = Struct('=IIdd').iter_unpack",
      `start, size = ${start}, ${start + records * nameBytes}`,
      'kept = writable(size)',
      'view = memoryview(buffer_of(kept))',
      'structs = view[:start]',
    ].join('\n'),
    timed: [
      "names = str(view[start:records_structs(handle, kept, size)], 'utf8')",
      'total = 0.0',
      'at = 0',
      'for id, to, x, y in unpack_all(structs):',
      '    name = names[at:to]',
      '    total += id + x + y + len(name)',
      '    at = to',
    ].join('\n'),
    crossings: 1,
    last: 'id, x, y, name',
  });
}

function arrays({ records }: Sized): PythonCase {
  return reading(records, {
    setup: [
      `size = ${records * nameBytes}`,
      'ids, ends = writable_counts(n), writable_counts(n)',
      'xs, ys = writable_numbers(n), writable_numbers(n)',
      'kept = writable(size)',
      'view = memoryview(buffer_of(kept))',
    ].join('\n'),
    timed: [
      "names = str(view[:records_arrays(handle, ids, xs, ys, ends, kept, size)], 'utf8')",
      'total = 0.0',
      'at = 0',
      'for id, x, y, to in zip(ids, xs, ys, ends):',
      '    name = names[at:to]',
      '    total += id + x + y + len(name)',
      '    at = to',
    ].join('\n'),
    crossings: 1,
    last: 'id, x, y, name',
  });
}

function byField({ records }: Sized, { text }: Way): PythonCase {
  const name = text('records_name(handle, i)');
  return reading(records, {
    setup: '',
    timed: [
      'total = 0.0',
      'for i in range(n):',
      '    id = records_id(handle, i)',
      '    x = records_x(handle, i)',
      '    y = records_y(handle, i)',
      `    name = ${name}`,
      '    total += id + x + y + len(name)',
    ].join('\n'),
    crossings: 4 * records,
    last: 'id, x, y, name',
  });
}

export const tasks: PythonTasks = {
  'records.objects': inPython<Sized>({ plain }),
  'records.json': inPython<Sized>({ native: byJson, plain }),
  'records.structs': inPython<Sized>({ native: structs, plain }),
  'records.arrays': inPython<Sized>({ native: arrays, plain }),
  'records.by_field': inPython<Sized>({ native: byField, plain }),
};
