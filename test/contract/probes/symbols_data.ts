// Known answers of the families that take and give data: buffers, texts, structs, lists, handles.
import type { CStringResult, OpenLane } from '../../../src/catalogue/lane.ts';
import { signatures, type SymbolName } from '../../../src/catalogue/signatures.ts';
import type { Check } from '../../../src/catalogue/task.ts';
import type { Asked } from './symbols.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const none = new Uint8Array(0);
const text = 'aé漢😀';
const textSum = utf8(text).reduce((sum, byte) => sum + byte, 0);

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

const touch = ask((lane) => {
  const f = lane.call('buffer_touch');
  return [[f(new Uint8Array([1, 255]), 2), 255], [f(none, 0), 0], [f(new Uint8Array(9), 9), 0]];
});

const touchLength = ask((lane) => {
  const f = lane.call('buffer_touch_length');
  return [[f(new Uint8Array([1, 255]), 2n), 255], [f(none, 0n), 0]];
});

const fill = ask((lane) => {
  const bytes = new Uint8Array(5);
  const f = lane.call('buffer_fill');
  f(bytes.subarray(1), 3, 255);
  f(none, 0, 1);
  return [[bytes.join(), '0,255,255,255,0']];
});

const stringOut = ['string_prepare', 'string_get', 'string_copy'] as const;

/** The text that string_get answers, however the lane reads it. */
function got(lane: OpenLane): string {
  const answer: unknown = lane.call('string_get')();
  return lane.readCString === null ? answer as string : lane.readCString(answer as CStringResult);
}

const get = ask((lane) => {
  const prepare = lane.call('string_prepare');
  return ['', text, 'x'.repeat(1000)].map((value) => {
    prepare(utf8(value), utf8(value).length);
    return [got(lane), value];
  });
}, stringOut);

const copy = ask((lane) => {
  lane.call('string_prepare')(utf8(text), utf8(text).length);
  const bytes = new Uint8Array(16);
  const length = lane.call('string_copy')(bytes, 16);
  const few = lane.call('string_copy')(bytes.subarray(12), 1);
  return [
    [new TextDecoder().decode(bytes.subarray(0, length)), text],
    [few, 1],
    [bytes[12]!, 97],
    [bytes[13]!, 0],
  ];
}, stringOut);

const echo = ask((lane) => {
  const f = lane.call('string_echo');
  const free = lane.call('string_free');
  const read = lane.readTextAt ?? lane.readCString as unknown as (pointer: unknown) => string;
  const answers = ['', text].map((value) => {
    const copied = f(utf8(value), utf8(value).length)!;
    const answer = read(copied);
    free(copied);
    return [answer, value];
  });
  free(null);
  return answers;
}, ['string_echo', 'string_free']);

type ValueBytes = 8 | 16 | 32 | 64;

function byValue(bytes: ValueBytes): Asked {
  return {
    needs: 'struct_by_value',
    ask(lane) {
      const f = lane.call(`struct_arg_${bytes}`) as (value: unknown) => number;
      const form = lane.structForm!(signatures[`struct_arg_${bytes}`].args[0]);
      const fields = Array.from({ length: bytes / 8 }, (_, i) => 2 ** i - 0.5);
      const want = fields.reduce((sum, field) => sum + field, 0);
      return [{ what: 'the sum', got: f(form.make(fields)), want }];
    },
  };
}

function resultByValue(bytes: ValueBytes): Asked {
  return {
    needs: 'struct_by_value',
    ask(lane) {
      const f = lane.call(`struct_result_${bytes}`) as (seed: number) => never;
      const form = lane.structForm!(signatures[`struct_result_${bytes}`].result);
      const want = Array.from({ length: bytes / 8 }, (_, i) => i - 0.5).join();
      return [{ what: 'the fields', got: form.fields(f(-0.5)).join(), want }];
    },
  };
}

/** A buffer whose fields are written at their offsets. */
function packed(bytes: number, write: (view: DataView) => void): Uint8Array {
  const made = new Uint8Array(bytes);
  write(new DataView(made.buffer));
  return made;
}

const most = 4294967295;

const struct16 = ask((lane) => {
  const f = lane.call('struct_by_pointer_16');
  const made = packed(16, (view) => {
    view.setUint32(0, most, true);
    view.setFloat32(4, -0.5, true);
    view.setFloat64(8, 1e10, true);
  });
  return [[f(made), most - 0.5 + 1e10]];
});

const struct64 = ask((lane) => {
  const f = lane.call('struct_by_pointer_64');
  const made = packed(64, (view) => {
    view.setUint32(0, most, true);
    view.setUint32(4, 1, true);
    view.setFloat32(8, 0.25, true);
    view.setInt32(12, -2147483648, true);
    for (let at = 16; at < 64; at += 8) view.setFloat64(at, at, true);
  });
  return [[f(made), most + 1 + 0.25 - 2147483648 + 216]];
});

const nested = ask((lane) => {
  const f = lane.call('struct_nested');
  const made = packed(40, (view) => {
    view.setUint32(0, most, true);
    view.setUint32(4, 2, true);
    [0.5, -1, 4, 8].forEach((value, i) => view.setFloat64(8 + 8 * i, value, true));
  });
  return [[f(made), most + 2 + 11.5]];
});

const out16 = ask((lane) => {
  const bytes = new Uint8Array(16);
  lane.call('struct_out_16')(bytes, 5);
  const view = new DataView(bytes.buffer);
  return [[view.getUint32(0, true), 5], [view.getFloat32(4, true), 6], [
    view.getFloat64(8, true),
    7,
  ]];
});

const out64 = ask((lane) => {
  const bytes = new Uint8Array(64);
  lane.call('struct_out_64')(bytes, most);
  const view = new DataView(bytes.buffer);
  return [
    [view.getUint32(0, true), most],
    [view.getUint32(4, true), 0],
    [view.getInt32(12, true), 2],
    [view.getFloat64(56, true), most + 9],
  ];
});

const list = ask((lane) => {
  const [add, take] = [lane.call('list_add'), lane.call('list_take')];
  take();
  add(0.5);
  add(-2);
  return [[take(), -1.5], [take(), 0]];
}, ['list_add', 'list_take']);

/** A function that reads JSON: pairs of a text and its sum. */
function json(symbol: 'list_json' | 'points_json' | 'json_sum', pairs: [string, number][]): Asked {
  return ask((lane) => {
    const f = lane.call(symbol);
    return pairs.map(([value, want]) => [f(utf8(value), utf8(value).length), want]);
  });
}

const aos = ask((lane) => {
  const bytes = packed(48, (view) => {
    view.setUint32(0, 2, true);
    view.setFloat64(8, 0.5, true);
    view.setFloat64(16, 1, true);
    view.setUint32(24, most, true);
    view.setFloat64(40, -1, true);
  });
  const f = lane.call('points_aos');
  return [[f(bytes, 2), 3 - most], [f(bytes, 1), 3], [f(none, 0), 0]];
});

const soa = ask((lane) => {
  const f = lane.call('points_soa');
  const ids = new Uint32Array([2, most]);
  const [xs, ys] = [new Float64Array([0.5, 0]), new Float64Array([1, -1])];
  return [[f(ids, xs, ys, 2), 3 - most], [f(ids, xs, ys, 1), 3]];
});

const handles = ['handle_create', 'handle_destroy', 'handle_live', 'handle_data'] as const;

const handleSum = ask((lane) => {
  const handle = lane.call('handle_create')(100);
  const [sum, get] = [lane.call('handle_sum'), lane.call('handle_get')];
  const answers = [[sum(handle), 5000], [sum(null), 0], [get(handle, 99), 99.5], [
    get(handle, 100),
    NaN,
  ]];
  lane.call('handle_destroy')(handle);
  return answers;
}, [...handles, 'handle_sum', 'handle_get']);

const handleLife = ask((lane) => {
  const live = lane.call('handle_live');
  const before = live();
  const handle = lane.call('handle_create')(0);
  const made = live() - before;
  lane.call('handle_destroy')(handle);
  lane.call('handle_destroy')(null);
  return [[made, 1], [live() - before, 0]];
}, handles);

const handleData = ask((lane) => {
  if (lane.capabilities.native_memory !== true) return [];
  const handle = lane.call('handle_create')(3);
  const data = lane.call('handle_data')(handle)!;
  const read = lane.numbersAt(data, 3).join();
  lane.call('handle_destroy')(handle);
  return [[read, '0.5,1.5,2.5'], [lane.samePointer(lane.call('handle_data')(null), null), true]];
}, handles);

const nodes = ['nodes_create', 'node_next', 'node_value', 'nodes_destroy'] as const;

const nodeWalk = ask((lane) => {
  const head = lane.call('nodes_create')(2);
  const [next, value] = [lane.call('node_next'), lane.call('node_value')];
  const second = next(head);
  const isNull = (pointer: typeof head) => lane.samePointer(pointer, null);
  const answers = [[value(head), 0.5], [value(second), 1.5], [isNull(next(second)), true]];
  lane.call('nodes_destroy')(head);
  return [...answers, [value(null), NaN], [isNull(lane.call('nodes_create')(0)), true]];
}, nodes);

const numbers = new Float64Array([0.5, -1, 1e300, -1e300]);

export const dataAnswers = {
  buffer_touch: touch,
  buffer_touch_length: touchLength,
  buffer_sum: ask((lane) => {
    const f = lane.call('buffer_sum');
    return [[f(numbers, 2), -0.5], [f(new Float64Array(0), 0), 0], [f(numbers.subarray(1), 1), -1]];
  }),
  buffer_fill: fill,
  buffer_address: {
    needs: 'address_of',
    ask(lane) {
      const buffer = new Uint8Array(8);
      const seen = lane.call('buffer_address')(buffer);
      const isSame = lane.samePointer(seen, lane.addressOf(buffer));
      return [{ what: 'C and JavaScript agree', got: isSame, want: true }];
    },
  },
  string_sum: ask((lane) => {
    const f = lane.call('string_sum');
    return [[f(utf8(text), utf8(text).length), textSum], [f(none, 0), 0]];
  }),
  string_sum_z: ask((lane) => {
    const f = lane.call('string_sum_z');
    const can = lane.capabilities.string_argument === true;
    return [
      ...(lane.takesTextAlone ? [] : [[f(utf8(`${text}\0x`)), textSum]]),
      ...(can ? [[f(text), textSum], [f(''), 0]] : []),
    ];
  }),
  string_ignore: ask((lane) => {
    const f = lane.call('string_ignore');
    return [[f(utf8(text), 3), 3], [f(none, 0), 0]];
  }),
  string_ignore_z: ask((lane) => {
    const given = lane.takesTextAlone ? 'a' : utf8('a\0');
    return [[lane.call('string_ignore_z')(given), 1]];
  }),
  string_sum_utf16: ask((lane) => {
    const f = lane.call('string_sum_utf16');
    return [[f(new Uint16Array([65535, 65535, 2]), 3), 131072], [f(new Uint16Array(0), 0), 0]];
  }),
  string_prepare: get,
  string_get: get,
  string_copy: copy,
  string_echo: echo,
  string_free: echo,
  struct_arg_8: byValue(8),
  struct_arg_16: byValue(16),
  struct_arg_32: byValue(32),
  struct_arg_64: byValue(64),
  struct_result_8: resultByValue(8),
  struct_result_16: resultByValue(16),
  struct_result_32: resultByValue(32),
  struct_result_64: resultByValue(64),
  struct_by_pointer_16: struct16,
  struct_by_pointer_64: struct64,
  struct_nested: nested,
  struct_out_16: out16,
  struct_out_64: out64,
  list_add: list,
  list_take: list,
  list_json: json('list_json', [['[]', 0], ['[1,-2.5, 1e3]', 998.5], ['[1,', NaN], ['{}', NaN]]),
  points_aos: aos,
  points_soa: soa,
  points_json: json('points_json', [
    ['[]', 0],
    ['[{"y":1,"id":2,"x":0.5}]', 3],
    ['[{"id":2}]', NaN],
  ]),
  handle_create: handleLife,
  handle_sum: handleSum,
  handle_get: handleSum,
  handle_data: handleData,
  handle_destroy: handleLife,
  handle_live: handleLife,
  nodes_create: nodeWalk,
  node_next: nodeWalk,
  node_value: nodeWalk,
  nodes_destroy: nodeWalk,
  json_sum: json('json_sum', [['3', 3], ['{"a":[1,{"b":-0.5}]}', 0.5], ['"x"', 0], ['[1', NaN]]),
} as const satisfies Partial<Record<SymbolName, Asked>>;
