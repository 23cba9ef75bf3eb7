/** Family `struct` in Python: several values that belong together, packed by `struct`. */
import { inPython, type Known, literal, type PythonCase, type PythonTasks } from './case.ts';
import type { StructWay, Way } from './case.ts';

/** Format and constant fields after the id, as `tasks/struct.ts` has them. */
const packed = {
  16: { format: '=Ifd', rest: '0.5, 2.25', sum: 0.5 + 2.25 },
  64: {
    format: '=IIfi6d',
    rest: '7, 0.5, -3, 2.25, 2.25, 2.25, 2.25, 2.25, 2.25',
    sum: 7 + 0.5 - 3 + 2.25 * 6,
  },
} as const;

/** Checks and afterthoughts of a case that adds up the struct with a number as its id. */
function idsOf(sum: number): Pick<PythonCase, 'checks' | 'after'> {
  return {
    checks: [0, 7, 4294967295].map((id): Known => [
      `the sum with id ${id}`,
      `known(${id})`,
      `${id + sum}`,
    ]),
    after: [['the last sum', 'last', `(calls & 0xffff) + ${sum}`]],
  };
}

type Sized = Readonly<{ bytes: 16 | 64 }>;

function byPointer({ bytes }: Sized): PythonCase {
  const { format, rest, sum } = packed[bytes];
  const f = `struct_by_pointer_${bytes}`;
  return {
    setup: [
      'from struct import Struct',
      `pack_into = Struct('${format}').pack_into`,
      `kept = writable(${bytes})`,
      'view = buffer_of(kept)',
      'number = 0',
      'last = 0.0',
      'def known(number):',
      `    pack_into(view, 0, number, ${rest})`,
      `    return ${f}(kept)`,
    ].join('\n'),
    timed: [
      'number = number + 1 & 0xffff',
      `pack_into(view, 0, number, ${rest})`,
      `last = ${f}(kept)`,
    ].join('\n'),
    crossings: 1,
    ...idsOf(sum),
  };
}

/** New bytes for every call. */
function fresh({ bytes }: Sized): PythonCase {
  const { format, rest, sum } = packed[bytes];
  const call = `struct_by_pointer_${bytes}(pack(number, ${rest}))`;
  return {
    setup: [
      'from struct import Struct',
      `pack = Struct('${format}').pack`,
      'number = 0',
      'last = 0.0',
      `def known(number): return ${call}`,
    ].join('\n'),
    timed: `number = number + 1 & 0xffff\nlast = ${call}`,
    crossings: 1,
    ...idsOf(sum),
  };
}

/** The same fields in a dict, added up by a function that takes it. */
function plain({ bytes }: Sized): PythonCase {
  const short = "{'id': number, 'weight': 0.5, 'value': 2.25}";
  const long = "{'id': number, 'flags': 7, 'weight': 0.5, 'delta': -3, 'value': value}";
  const made = bytes === 16 ? short : long;
  const sum = bytes === 16
    ? "r['id'] + r['weight'] + r['value']"
    : "r['id'] + r['flags'] + r['weight'] + r['delta'] + sum(r['value'])";
  return {
    setup: [
      'value = [2.25] * 6',
      'number = 0',
      'last = 0.0',
      `def sum_of(r): return ${sum}`,
      `def known(number): return sum_of(${made})`,
    ].join('\n'),
    timed: `number = number + 1 & 0xffff\nlast = sum_of(${made})`,
    crossings: 0,
    ...idsOf(packed[bytes].sum),
  };
}

const box = "{'id': 0, 'tag': 3, 'at': {'x': 0.5, 'y': -1.5}, 'size': {'x': 100.0, 'y': 0.25}}";
const boxRest = 3 + 0.5 - 1.5 + 100 + 0.25;

function boxing(setup: string, statements: readonly string[], crossings: number): PythonCase {
  const asked = ['def known(id):', "    box = {**template, 'id': id}"];
  return {
    setup: [
      `box = ${box}`,
      'template = dict(box)',
      'last = 0.0',
      setup,
      ...asked,
      ...statements.map((line) => `    ${line}`),
      '    return last',
    ].join('\n'),
    timed: ["box['id'] = box['id'] + 1 & 0xffff", ...statements].join('\n'),
    crossings,
    checks: [0, 4294967295].map((id): Known => [
      `the sum with id ${id}`,
      `known(${id})`,
      `${id + boxRest}`,
    ]),
    after: [['the last sum', 'last', `(calls & 0xffff) + ${boxRest}`]],
  };
}

const nested = () =>
  boxing(
    [
      'from struct import Struct',
      "pack_into = Struct('=II4d').pack_into",
      'kept = writable(40)',
      'view = buffer_of(kept)',
    ].join('\n'),
    [
      "at, size = box['at'], box['size']",
      "pack_into(view, 0, box['id'], box['tag'], at['x'], at['y'], size['x'], size['y'])",
      'last = struct_nested(kept)',
    ],
    1,
  );

const plainNested = () =>
  boxing('', [
    "at, size = box['at'], box['size']",
    "last = box['id'] + box['tag'] + at['x'] + at['y'] + size['x'] + size['y']",
  ], 0);

interface ByValue extends Readonly<Record<string, number | string>> {
  readonly bytes: number;
  readonly place: 'argument' | 'result';
}

function argument(bytes: number, { setFirst }: StructWay): PythonCase {
  const count = bytes / 8;
  const values = Array.from({ length: count }, (_, i) => i + 0.5);
  const rest = values.reduce((sum, value) => sum + value, -0.5);
  const f = `struct_arg_${bytes}`;
  return {
    setup: [
      `values = [${values.join(', ')}]`,
      'kept = struct_of(values)',
      'rest = values[1:]',
      'x = last = 0.0',
    ].join('\n'),
    timed: `x = x + 1 if x < 65535 else 0.0\n${setFirst}\nlast = ${f}(kept)`,
    crossings: 1,
    checks: [
      ['the sum', `${f}(struct_of(values))`, `${rest + 0.5}`],
      ['the sum with -0.5', `${f}(struct_of([-0.5, *rest]))`, `${rest - 0.5}`],
    ],
    after: [['the last sum', 'last', `(calls & 0xffff) + ${rest}`]],
  };
}

function result(bytes: number, { first, all }: StructWay): PythonCase {
  const count = bytes / 8;
  const f = `struct_result_${bytes}`;
  const want = Array.from({ length: count }, (_, i) => i + 1.5).join();
  return {
    setup: 'x = 0.0',
    timed: `x = ${first(`${f}((x + 1) % 65536)`)}`,
    crossings: 1,
    checks: [[
      'the fields from 1.5 on',
      `','.join(map(str, ${all(`${f}(1.5)`, count)}))`,
      literal(want),
    ]],
    after: [['the last first field', 'x', 'calls % 65536']],
  };
}

const byValue = ({ bytes, place }: ByValue, { struct }: Way) =>
  place === 'argument' ? argument(bytes, struct) : result(bytes, struct);

/** Formats, names of fields and the offset of `value` from the seed: as `tasks/struct_out.ts`. */
const filled = {
  16: { format: '=Ifd', names: ['id', 'weight', 'value'], value: 2 },
  64: {
    format: '=IIfi6d',
    names: ['id', 'flags', 'weight', 'delta', 'value'],
    value: 4,
  },
} as const;

/** A case that makes a dict of what C filled in. */
function filling({ bytes }: Sized, setup: string, get: readonly string[], crossings: number) {
  const { names, value } = filled[bytes];
  const expected = [
    'def expected(seed):',
    `    made = {name: seed + i for i, name in enumerate(${JSON.stringify(names)})}`,
    bytes === 64 ? '    made["rest"] = [seed + i for i in range(5, 10)]' : '',
    '    return text(made)',
  ];
  return {
    setup: [
      'from json import dumps',
      'def text(made):',
      '    whole = lambda x: int(x) if isinstance(x, float) else x',
      '    flat = {k: list(map(whole, v)) if isinstance(v, (list, tuple)) else whole(v)',
      '            for k, v in made.items()}',
      "    return dumps(flat, separators=(',', ':'))",
      ...expected,
      'seed = stale = 0',
      'last = None',
      setup,
      'def get(seed):',
      ...get.map((line) => `    ${line}`),
      '    return text(last)',
    ].join('\n'),
    timed: [
      'seed = seed + 1 & 0xffff',
      ...get,
      `if last['id'] != seed or last['value'] != seed + ${value}: stale += 1`,
    ].join('\n'),
    crossings,
    checks: [3, 70000].map((known): Known => [
      `the struct of ${known}`,
      `get(${known})`,
      `expected(${known})`,
    ]),
    after: [
      ['stale reads', 'stale', '0'],
      ['the last struct', 'text(last)', 'expected(calls & 0xffff)'],
    ] as const,
  };
}

function outPointer(params: Sized): PythonCase {
  const { format, names } = filled[params.bytes];
  const spread = params.bytes === 64 ? ', *rest' : '';
  const entries = [...names, ...(spread === '' ? [] : ['rest'])].map((name) =>
    `'${name}': ${name}`
  );
  return filling(
    params,
    [
      'from struct import Struct',
      `unpack_from = Struct('${format}').unpack_from`,
      `kept = writable(${params.bytes})`,
      'view = buffer_of(kept)',
    ].join('\n'),
    [
      `struct_out_${params.bytes}(kept, seed)`,
      `${names.join(', ')}${spread} = unpack_from(view)`,
      `last = {${entries.join(', ')}}`,
    ],
    1,
  );
}

function plainOut(params: Sized): PythonCase {
  const { names } = filled[params.bytes];
  const parts = names.map((name, i) => `'${name}': seed + ${i}`);
  const rest = "'rest': [seed + 5, seed + 6, seed + 7, seed + 8, seed + 9]";
  const made = params.bytes === 64 ? [...parts, rest] : parts;
  return filling(params, '', [`last = {${made.join(', ')}}`], 0);
}

export const tasks: PythonTasks = {
  'struct.by_pointer': inPython<Sized>({ native: byPointer, plain }),
  'struct.by_pointer_fresh': inPython<Sized>({ native: fresh, plain }),
  'struct.nested': inPython({ native: nested, plain: plainNested }),
  'struct.out_pointer': inPython<Sized>({ native: outPointer, plain: plainOut }),
  'struct.by_value': inPython<ByValue>({ native: byValue }),
};
