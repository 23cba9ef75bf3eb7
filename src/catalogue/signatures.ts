/**
 * The one table of native signatures. Every lane's symbol definitions, the TypeScript types of
 * every call and the check against the library's own manifest derive from it.
 */
import type { Scalar, Signature } from './words.ts';

/** Exported C names carry this prefix, so that they cannot meet another library's symbol. */
export const symbolPrefix = 'ffib_';

const bytes = { buffer: 'u8' } as const;
const bytesOut = { buffer: 'u8', mutable: true } as const;
const units = { buffer: 'u16' } as const;
const numbers = { buffer: 'f64' } as const;
const numbersOut = { buffer: 'f64', mutable: true } as const;
const counts = { buffer: 'u32' } as const;
const countsOut = { buffer: 'u32', mutable: true } as const;
const wideOut = { buffer: 'u64', mutable: true } as const;

const f64Struct8 = { struct: { a: 'f64' } } as const;
const f64Struct16 = { struct: { a: 'f64', b: 'f64' } } as const;
const f64Struct32 = { struct: { a: 'f64', b: 'f64', c: 'f64', d: 'f64' } } as const;
const f64Struct64 = {
  struct: { a: 'f64', b: 'f64', c: 'f64', d: 'f64', e: 'f64', f: 'f64', g: 'f64', h: 'f64' },
} as const;

const i32Callback = { callback: { args: ['i32'], result: 'i32' } } as const;
const f64Callback = { callback: { args: ['f64'], result: 'f64' } } as const;
const u64Callback = { callback: { args: ['u64'], result: 'u64' } } as const;
const pointerCallback = { callback: { args: ['pointer'], result: 'pointer' } } as const;
const sixCallback = {
  callback: { args: ['i32', 'f64', 'u8', 'f32', 'pointer', 'u32'], result: 'f64' },
} as const;
const compareCallback = { callback: { args: ['f64', 'f64'], result: 'i32' } } as const;
const noticeCallback = { callback: { args: ['i32'], result: 'void' } } as const;

function fn<const A extends Signature['args'], const R extends Signature['result']>(
  args: A,
  result: R,
): { readonly args: A; readonly result: R } {
  return { args, result };
}

function same<const T extends Scalar>(word: T) {
  return fn([word], word);
}

/** Name without prefix → what the C function takes and gives. Lengths count elements. */
export const signatures = {
  // call: what crossing costs. `i32_args_N` and `f64_args_N` answer the sum of their arguments
  // (wrapping for i32), `id_*` their argument, `poly_K` its argument plus K.
  noop: fn([], 'void'),
  i32_args_0: fn([], 'i32'),
  i32_args_1: fn(['i32'], 'i32'),
  i32_args_2: fn(['i32', 'i32'], 'i32'),
  i32_args_4: fn(['i32', 'i32', 'i32', 'i32'], 'i32'),
  i32_args_6: fn(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], 'i32'),
  i32_args_8: fn(['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'], 'i32'),
  i32_args_12: fn(
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    'i32',
  ),
  // deno-fmt-ignore
  i32_args_16: fn(
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32',
      'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    'i32',
  ),
  f64_args_1: fn(['f64'], 'f64'),
  f64_args_2: fn(['f64', 'f64'], 'f64'),
  f64_args_4: fn(['f64', 'f64', 'f64', 'f64'], 'f64'),
  f64_args_8: fn(['f64', 'f64', 'f64', 'f64', 'f64', 'f64', 'f64', 'f64'], 'f64'),
  f64_args_9: fn(['f64', 'f64', 'f64', 'f64', 'f64', 'f64', 'f64', 'f64', 'f64'], 'f64'),
  // The sum of its arguments as f64; the pointer counts 1 unless null.
  mixed6: fn(['i32', 'f64', 'u8', 'f32', 'pointer', 'u32'], 'f64'),
  id_i8: same('i8'),
  id_u8: same('u8'),
  id_i16: same('i16'),
  id_u16: same('u16'),
  id_i32: same('i32'),
  id_u32: same('u32'),
  id_i64: same('i64'),
  id_u64: same('u64'),
  id_f32: same('f32'),
  id_f64: same('f64'),
  id_bool: same('bool'),
  id_pointer: fn(['pointer'], 'pointer'),
  // Adds one to the u64 that the buffer holds.
  u64_by_ref: fn([wideOut], 'void'),
  // The address of the exported noop, to be called through a function pointer.
  noop_address: fn([], 'pointer'),
  poly_1: fn(['i32'], 'i32'),
  poly_2: fn(['i32'], 'i32'),
  poly_3: fn(['i32'], 'i32'),
  poly_4: fn(['i32'], 'i32'),
  poly_5: fn(['i32'], 'i32'),
  poly_6: fn(['i32'], 'i32'),
  poly_7: fn(['i32'], 'i32'),
  poly_8: fn(['i32'], 'i32'),

  // buffer: memory that JavaScript owns. touch reads the last byte (0 where there is none).
  buffer_touch: fn([bytes, 'u32'], 'u32'),
  buffer_touch_length: fn([bytes, 'u64'], 'u32'),
  buffer_sum: fn([numbers, 'u32'], 'f64'),
  buffer_fill: fn([bytesOut, 'u32', 'u8'], 'void'),
  buffer_address: fn([bytes], 'pointer'),

  // string_in: sums are of bytes (of UTF-16 units), wrapping at 32 bits; ignore returns the length
  // it was told, ignore_z answers 1, or 0 for null: neither reads the text.
  string_sum: fn([bytes, 'u32'], 'u32'),
  string_sum_z: fn(['cstring'], 'u32'),
  string_ignore: fn([bytes, 'u32'], 'u32'),
  string_ignore_z: fn(['cstring'], 'u32'),
  string_sum_utf16: fn([units, 'u32'], 'u32'),

  // string_out: prepare copies a text into the library (at most 4 MiB), get answers it as a C
  // string, copy writes its bytes and returns how many, echo returns a fresh copy that free
  // releases.
  string_prepare: fn([bytes, 'u32'], 'u32'),
  string_get: fn([], 'cstring'),
  string_copy: fn([bytesOut, 'u32'], 'u32'),
  string_echo: fn([bytes, 'u32'], 'pointer'),
  string_free: fn(['pointer'], 'void'),

  // struct: arg returns the sum of the fields, result fills field k (from 0) with seed + k.
  // by_pointer_16 is {u32 id; f32 weight; f64 value}, by_pointer_64 {u32 id; u32 flags; f32 weight;
  // i32 delta; f64 value[6]}, nested {u32 id; u32 tag; {f64 x, y} at; {f64 x, y} size}: sums of
  // all.
  struct_arg_8: fn([f64Struct8], 'f64'),
  struct_arg_16: fn([f64Struct16], 'f64'),
  struct_arg_32: fn([f64Struct32], 'f64'),
  struct_arg_64: fn([f64Struct64], 'f64'),
  struct_result_8: fn(['f64'], f64Struct8),
  struct_result_16: fn(['f64'], f64Struct16),
  struct_result_32: fn(['f64'], f64Struct32),
  struct_result_64: fn(['f64'], f64Struct64),
  struct_by_pointer_16: fn([bytes], 'f64'),
  struct_by_pointer_64: fn([bytes], 'f64'),
  struct_nested: fn([bytes], 'f64'),
  // Fills the struct: every field is seed plus its index, as far as its type goes.
  struct_out_16: fn([bytesOut, 'u32'], 'void'),
  struct_out_64: fn([bytesOut, 'u32'], 'void'),

  // list: data that lives in JavaScript. add accumulates, take returns the sum and clears it;
  // list_json sums the numbers of a JSON array, NaN where the text is not one.
  list_add: fn(['f64'], 'void'),
  list_take: fn([], 'f64'),
  list_json: fn([bytes, 'u32'], 'f64'),

  // points: {u32 id; f64 x; f64 y} answers sum of id * (x + y). aos has stride 24; json is an array
  // of objects with keys in any order, NaN where the text is not one.
  points_aos: fn([bytes, 'u32'], 'f64'),
  points_soa: fn([counts, numbers, numbers, 'u32'], 'f64'),
  points_json: fn([bytes, 'u32'], 'f64'),

  // handle: data that lives in native memory. An array of n f64, element i holds i + 0.5; a linked
  // list of n nodes, node i holds i + 0.5; next returns null at the end. live counts handles not
  // destroyed.
  handle_create: fn(['u32'], 'pointer'),
  handle_sum: fn(['pointer'], 'f64'),
  handle_get: fn(['pointer', 'u32'], 'f64'),
  handle_data: fn(['pointer'], 'pointer'),
  handle_destroy: fn(['pointer'], 'void'),
  handle_live: fn([], 'u32'),
  nodes_create: fn(['u32'], 'pointer'),
  node_next: fn(['pointer'], 'pointer'),
  node_value: fn(['pointer'], 'f64'),
  nodes_destroy: fn(['pointer'], 'void'),

  // records: {id, x, y, name} in native memory; record i is {i, i + 0.5, -i - 0.25, "item i"}.
  // structs writes {u32 id; u32 name_end; f64 x; f64 y} for each and all names behind them, arrays
  // ids, xs, ys and the ends of names, json an array of objects: all answer the bytes of their last
  // buffer, 0 where they do not fit. data is the address of the first record, {u32 id; f64 x; f64
  // y; const char *name}.
  records_create: fn(['u32'], 'pointer'),
  records_destroy: fn(['pointer'], 'void'),
  records_data: fn(['pointer'], 'pointer'),
  records_structs: fn(['pointer', bytesOut, 'u32'], 'u32'),
  records_arrays: fn(
    ['pointer', countsOut, numbersOut, numbersOut, countsOut, bytesOut, 'u32'],
    'u32',
  ),
  records_json: fn(['pointer', bytesOut, 'u32'], 'u32'),
  records_id: fn(['pointer', 'u32'], 'u32'),
  records_x: fn(['pointer', 'u32'], 'f64'),
  records_y: fn(['pointer', 'u32'], 'f64'),
  records_name: fn(['pointer', 'u32'], 'cstring'),

  // tree: a full binary tree of that depth (1 to 20), numbered from the root down and from left to
  // right; node i holds i + 0.5. A node is {f64 value; node *left, *right}; json nests objects.
  tree_create: fn(['u32'], 'pointer'),
  tree_destroy: fn(['pointer'], 'void'),
  tree_value: fn(['pointer'], 'f64'),
  tree_left: fn(['pointer'], 'pointer'),
  tree_right: fn(['pointer'], 'pointer'),
  tree_json: fn(['pointer', bytesOut, 'u32'], 'u32'),

  // range: the sum of 0 … n-1. loop takes every step, fold is free to fold, step returns a + b.
  range_loop: fn(['u32'], 'f64'),
  range_fold: fn(['u32'], 'f64'),
  range_step: fn(['f64', 'f64'], 'f64'),

  // callback: repeat sums callback(i) for i < n (wrapping for i32; six passes (i, i, 1, 0.5, null,
  // 2)), pointer returns how many came back as they were sent. sort orders in place.
  callback_repeat: fn([i32Callback, 'u32'], 'i32'),
  callback_f64: fn([f64Callback, 'u32'], 'f64'),
  callback_u64: fn([u64Callback, 'u32'], 'u64'),
  callback_pointer: fn([pointerCallback, 'u32'], 'u32'),
  callback_six: fn([sixCallback, 'u32'], 'f64'),
  callback_sort: fn([numbersOut, 'u32', compareCallback], 'void'),
  // From one lasting foreign thread: start asks it for n calls, done returns how many are over,
  // sum what the callbacks answered so far. stop ends the thread.
  callback_thread_value: fn([i32Callback, 'u32'], 'void'),
  callback_thread_notice: fn([noticeCallback, 'u32'], 'void'),
  callback_thread_done: fn([], 'u32'),
  callback_thread_sum: fn([], 'i32'),
  callback_thread_stop: fn([], 'void'),

  // async: returns its argument after that much busy (spin) or idle (sleep) time; safe on any
  // thread.
  async_id: same('i32'),
  async_spin_us: same('u32'),
  async_sleep_ms: same('u32'),

  // thread: for several threads at once; it counts no call.
  thread_add: fn(['i32', 'i32'], 'i32'),

  // errno: fail sets it and answers -1 (0 is success), last is the shim that reads it, negated
  // answers -code as the kernel's own calls do.
  errno_fail: same('i32'),
  errno_last: fn([], 'i32'),
  errno_negated: same('i32'),

  // danger: never timed. The pointer of some bits, the bits of a pointer, and of a buffer's place.
  danger_pointer: fn(['u64'], 'pointer'),
  danger_bits: fn(['pointer'], 'u64'),
  danger_place: fn([bytes], 'u64'),

  // work: real kernels. sha256 and base64 write to the last buffer, base64 returns the length;
  // utf8_validate answers 1 or 0; levenshtein is over bytes; mandelbrot_row writes the iterations
  // of each pixel of row (row, of height); matmul is c = a·b of n×n; json_sum sums every number of
  // a JSON document, at any depth.
  crc32: fn([bytes, 'u32'], 'u32'),
  sha256: fn([bytes, 'u32', bytesOut], 'void'),
  base64: fn([bytes, 'u32', bytesOut], 'u32'),
  utf8_validate: fn([bytes, 'u32'], 'u32'),
  sort_f64: fn([numbersOut, 'u32'], 'void'),
  levenshtein: fn([bytes, 'u32', bytes, 'u32'], 'u32'),
  mandelbrot_row: fn([countsOut, 'u32', 'u32', 'u32', 'u32'], 'void'),
  matmul: fn([numbers, numbers, numbersOut, 'u32'], 'void'),
  json_sum: fn([bytes, 'u32'], 'f64'),

  // meta: never timed. calls counts the kernel calls since the library was opened; manifest is the
  // library's description of itself, probe what the operating system tells now; both JSON, both
  // copy at most that many bytes and answer the length of the whole text. counters_start begins to
  // count what the processor does for a process, 0 ends it; counters_read writes its instructions
  // and cycles; both answer 0 or an errno. spin_chain takes n dependent adds, one cycle each.
  calls: fn([], 'f64'),
  manifest: fn([bytesOut, 'u32'], 'u32'),
  probe: fn([bytesOut, 'u32'], 'u32'),
  counters_start: fn(['i32'], 'i32'),
  counters_read: fn([numbersOut], 'i32'),
  // throughput times work that fills a core, in ticks of the processor; throughput_scale writes
  // what they mean: ns per tick, the ticks of a free core, and the cycles that these are.
  throughput: fn([], 'u32'),
  // Binds the calling thread to the core that is freest now; returns its number, or -1.
  take_freest_core: fn([], 'i32'),
  throughput_scale: fn([numbersOut], 'void'),
  // step_begin begins to count the instructions of the calling thread, so many at the most;
  // step_end ends that and copies what was counted by region, in JSON, as probe does. Both answer a
  // negative code where they cannot (zig/step.zig).
  step_begin: fn(['u32'], 'i32'),
  step_end: fn([bytesOut, 'u32'], 'i32'),
  // Both for a loop, which asks before each of its batches how many turns that has, and calls again
  // after it. What is asked for and what is told stand in front of the text (zig/step/walk.zig).
  step_walk: fn([bytesOut, 'u32'], 'i32'),
  spin_chain: fn(['u32'], 'u32'),
} satisfies Record<string, Signature>;

export type Signatures = typeof signatures;
export type SymbolName = keyof Signatures;

/** The names of all functions, in the order of the table. */
export const symbolNames = Object.keys(signatures) as SymbolName[];

/** The name under which the library exports a function of the table. */
export function exportedName(name: SymbolName): string {
  return symbolPrefix + name;
}
