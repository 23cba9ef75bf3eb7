// Known answers of the families records, tree, thread, errno and danger.
import type { CStringResult, OpenLane } from '../../../src/catalogue/lane.ts';
import type { SymbolName } from '../../../src/catalogue/signatures.ts';
import type { Check } from '../../../src/catalogue/task.ts';
import type { Asked } from './symbols.ts';

/** Checks of one function, as pairs of an answer and what it must be. */
function ask(
  checks: (lane: OpenLane) => Check['got'][][],
  also: readonly SymbolName[] = [],
): Asked {
  return {
    also,
    ask: (lane) =>
      checks(lane).map(([got, want], i) => ({ what: `answer ${i + 1}`, got: got!, want: want! })),
  };
}

const textOf = (bytes: Uint8Array, length: number) =>
  new TextDecoder().decode(bytes.subarray(0, length));

const lifeOfRecords = ['records_create', 'records_destroy'] as const;

/** Asks two records in native memory. */
function askRecords(
  checks: (lane: OpenLane, records: ReturnType<ReturnType<typeof creator>>) => Check['got'][][],
  ...also: SymbolName[]
): Asked {
  return ask((lane) => {
    const records = creator(lane)(2);
    const answers = checks(lane, records);
    lane.call('records_destroy')(records);
    return answers;
  }, [...lifeOfRecords, ...also]);
}

const creator = (lane: OpenLane) => lane.call('records_create');

/** A record's name as text, however the lane reads C strings. */
function nameOf(lane: OpenLane, records: ReturnType<ReturnType<typeof creator>>, i: number) {
  const answer: unknown = lane.call('records_name')(records, i);
  return lane.readCString === null ? answer as string : lane.readCString(answer as CStringResult);
}

const recordsLife = askRecords((lane, records) => {
  lane.call('records_destroy')(null);
  return [[lane.samePointer(records, null), false]];
});

const recordsData = askRecords((lane, records) => {
  const data = lane.call('records_data');
  return [[lane.samePointer(data(records), null), false], [
    lane.samePointer(data(null), null),
    true,
  ]];
}, 'records_data');

const recordsStructs = askRecords((lane, records) => {
  const f = lane.call('records_structs');
  const bytes = new Uint8Array(64);
  const view = new DataView(bytes.buffer);
  return [
    [f(records, bytes, 60), 60],
    [view.getUint32(24, true), 1],
    [view.getUint32(28, true), 12],
    [view.getFloat64(32, true), 1.5],
    [view.getFloat64(40, true), -1.25],
    [textOf(bytes.subarray(48), 12), 'item 0item 1'],
    [f(records, bytes, 59), 0],
    [f(null, bytes, 60), 0],
  ];
}, 'records_structs');

const recordsArrays = askRecords((lane, records) => {
  const f = lane.call('records_arrays');
  const [ids, ends] = [new Uint32Array(2), new Uint32Array(2)];
  const [xs, ys] = [new Float64Array(2), new Float64Array(2)];
  const text = new Uint8Array(16);
  return [
    [f(records, ids, xs, ys, ends, text, 12), 12],
    [ids.join(), '0,1'],
    [xs.join(), '0.5,1.5'],
    [ys.join(), '-0.25,-1.25'],
    [ends.join(), '6,12'],
    [textOf(text, 12), 'item 0item 1'],
    [f(records, ids, xs, ys, ends, text, 11), 0],
  ];
}, 'records_arrays');

const recordsJson = askRecords((lane, records) => {
  const f = lane.call('records_json');
  const bytes = new Uint8Array(128);
  const length = f(records, bytes, 128);
  return [
    [
      textOf(bytes, length),
      '[{"id":0,"x":0.5,"y":-0.25,"name":"item 0"},{"id":1,"x":1.5,"y":-1.25,"name":"item 1"}]',
    ],
    [f(records, bytes, length - 1), 0],
  ];
}, 'records_json');

const recordsFields = askRecords(
  (lane, records) => {
    const [id, x, y] = [lane.call('records_id'), lane.call('records_x'), lane.call('records_y')];
    return [
      [id(records, 1), 1],
      [x(records, 1), 1.5],
      [y(records, 1), -1.25],
      [nameOf(lane, records, 1), 'item 1'],
      [x(records, 2), NaN],
      [y(null, 0), NaN],
    ];
  },
  'records_id',
  'records_x',
  'records_y',
  'records_name',
);

const treeNames = ['tree_create', 'tree_destroy', 'tree_value', 'tree_left', 'tree_right'] as const;

const tree = ask((lane) => {
  const [value, left, right] = [
    lane.call('tree_value'),
    lane.call('tree_left'),
    lane.call('tree_right'),
  ];
  const create = lane.call('tree_create');
  const root = create(3);
  const answers = [
    [value(root), 0.5],
    [value(left(root)), 1.5],
    [value(right(left(root))), 3.5],
    [value(right(right(root))), 6.5],
    [lane.samePointer(left(left(left(root))), null), true],
    [value(null), NaN],
    [lane.samePointer(create(0), null), true],
    [lane.samePointer(create(21), null), true],
  ];
  lane.call('tree_destroy')(root);
  lane.call('tree_destroy')(null);
  return answers;
}, treeNames);

const treeJson = ask((lane) => {
  const root = lane.call('tree_create')(2);
  const f = lane.call('tree_json');
  const bytes = new Uint8Array(256);
  const length = f(root, bytes, 256);
  const leaf = (value: number) => ({ value, left: null, right: null });
  const answers = [
    [textOf(bytes, length), JSON.stringify({ value: 0.5, left: leaf(1.5), right: leaf(2.5) })],
    [f(root, bytes, length - 1), 0],
  ];
  lane.call('tree_destroy')(root);
  return answers;
}, ['tree_create', 'tree_destroy', 'tree_json']);

const threadAdd = ask((lane) => {
  const f = lane.call('thread_add');
  return [[f(2, -5), -3], [f(2 ** 31 - 1, 1), -(2 ** 31)]];
});

const errnoFail = ask((lane) => {
  const f = lane.call('errno_fail');
  return [[f(9), -1], [f(0), 0]];
});

const errnoLast: Asked = {
  ...ask((lane) => {
    lane.call('errno_fail')(9);
    return [[lane.call('errno_last')(), 9]];
  }, ['errno_fail', 'errno_last']),
  needs: 'errno_survives',
};

const errnoNegated = ask((lane) => {
  const f = lane.call('errno_negated');
  return [[f(9), -9], [f(0), 0]];
});

/** What danger_test.ts asks at length; here only that they are there and keep what all can hold. */
const danger = ask((lane) => {
  const pointer = lane.call('danger_pointer');
  const bits = lane.call('danger_bits');
  const isNone = (address: bigint | number) => BigInt(address) === 0n;
  const nothing = lane.call('danger_place')(new Uint8Array(8));
  return [
    [BigInt(bits(pointer(0x12345670n))) === 0x12345670n, true],
    [isNone(bits(null)), true],
    [isNone(nothing), false],
  ];
}, ['danger_pointer', 'danger_bits', 'danger_place']);

export const recordAnswers = {
  records_create: recordsLife,
  records_destroy: recordsLife,
  records_data: recordsData,
  records_structs: recordsStructs,
  records_arrays: recordsArrays,
  records_json: recordsJson,
  records_id: recordsFields,
  records_x: recordsFields,
  records_y: recordsFields,
  records_name: recordsFields,
  tree_create: tree,
  tree_destroy: tree,
  tree_value: tree,
  tree_left: tree,
  tree_right: tree,
  tree_json: treeJson,
  thread_add: threadAdd,
  errno_fail: errnoFail,
  errno_last: errnoLast,
  errno_negated: errnoNegated,
  danger_pointer: danger,
  danger_bits: danger,
  danger_place: danger,
} as const satisfies Partial<Record<SymbolName, Asked>>;
