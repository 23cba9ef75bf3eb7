/** What to do for each job, as one sentence per runtime, contract and size. */
import type { Recommendation, Way } from '../../results/schema_conclusions.ts';
import { runtimeTitle, variantText } from './arms.ts';
import { sustainedLimit } from './launches.ts';
import { formatNs } from './numbers.ts';

/** What a job is called. */
export function jobText({ job }: Pick<Recommendation, 'job'>): string {
  return job.replaceAll('_', ' ');
}

/** The title of a job, as `Passing a string as UTF-8`. */
export function jobName({ job, contract }: Pick<Recommendation, 'job' | 'contract'>): string {
  const title = titles[job] ?? job.replaceAll('_', ' ');
  return `${title} ${contracts[contract] ?? contract}`;
}

const titles: Readonly<Record<string, string>> = {
  pass_a_string: 'Passing a string',
  get_a_string_back: 'Getting a string back',
  pass_a_buffer: 'Passing a buffer',
  pass_64_bits: 'Passing 64 bits',
  pass_a_struct: 'Passing a struct',
  sum_a_list: 'Summing a list',
  sum_numbers_in_memory: 'Summing numbers in memory',
};

/** A mechanism as its documentation spells it. */
export function mechanismName(mechanism: string): string {
  return mechanisms[mechanism] ?? mechanism;
}

const mechanisms: Readonly<Record<string, string>> = {
  ffi: 'FFI',
  napi: 'Node-API',
  napi_cpp: 'node-addon-api',
  wasm: 'WebAssembly',
  koffi: 'koffi',
  cffi_abi: 'cffi (ABI)',
  cffi_api: 'cffi (API)',
  cython: 'Cython',
  pyo3: 'PyO3',
  numpy: 'NumPy',
  plain: 'JavaScript',
  call: 'C',
};

/** A way in one or two words, as `encodeInto`; empty where the job has but one. */
export function wayName(task: string): string {
  return shortWays[task] ?? '';
}

const shortWays: Readonly<Record<string, string>> = {
  'string_in.encode': 'encode',
  'string_in.encode_into': 'encodeInto',
  'string_in.refill': 'ASCII loop',
  'string_in.direct': 'string itself',
  'call.u64_bigint': 'BigInt',
  'call.u64_number': 'Number',
  'call.u64_fast': 'safe Number',
  'struct.by_pointer': 'typed arrays',
  'struct.by_pointer_dataview': 'DataView',
  'struct.by_pointer_fresh': 'new buffer',
  'list_sum.from': 'Float64Array.from',
  'list_sum.refill': 'copied',
};

const contracts: Readonly<Record<string, string>> = {
  utf8_text: 'as UTF-8',
  utf16_text: 'as UTF-16',
  returned_c_string: 'that C returns',
  filled_buffer: 'in a buffer that C fills',
  bytes_in_place: 'as pointer and length',
  by_value: 'by value',
  by_pointer: 'by pointer',
  array_of_f64: 'as an array of doubles',
  one_f64_a_call: 'one number a call',
  json_text: 'as JSON',
  handle: 'behind a handle',
  js_objects: 'as objects that native code makes',
  array_of_structs: 'as an array of structs',
  arrays_of_fields: 'as an array for each field',
  one_field_a_call: 'one field a call',
  one_node_a_call: 'one value a call',
  errno: 'by errno',
  negated_errno: 'by the result',
};

const ways: Readonly<Record<string, string>> = {
  'string_in.encode': 'encode it into a fresh array',
  'string_in.encode_into': 'refill one buffer with TextEncoder.encodeInto',
  'string_in.refill': 'copy short ASCII by hand, else TextEncoder',
  'string_in.direct': 'pass the string itself and let the runtime convert it',
  'string_in.utf16': 'write its UTF-16 units into one buffer',
  'string_out.c_string': 'read it with the reader of the runtime',
  'string_out.with_length': 'decode one kept buffer with TextDecoder',
  'call.u64_bigint': 'use a BigInt',
  'call.u64_number': 'pass a Number',
  'call.u64_fast': 'take the result as a Number where it is safe',
  'call.u64_by_ref': 'keep them in a BigUint64Array of one',
  'struct.by_value': 'pass it as the runtime packs it',
  'struct.by_pointer': 'pack it into one buffer through overlapping typed arrays',
  'struct.by_pointer_dataview': 'pack it into one buffer by a DataView',
  'struct.by_pointer_fresh': 'pack it into a new buffer',
  'list_sum.from': 'convert it with Float64Array.from',
  'list_sum.refill': 'copy it into one kept Float64Array',
  'list_sum.per_element': 'call once per element',
  'list_sum.json': 'pass it as JSON',
  'buffer.touch': 'pass the kept Uint8Array',
  'buffer.sum': 'pass the kept Float64Array',
  'handle.sum': 'pass the handle',
  'records.objects': 'make them one property at a time',
  'records.json': 'write JSON and parse it',
  'records.structs': 'read the fields by a DataView',
  'records.arrays': 'read the fields from typed arrays',
  'records.by_field': 'call once per field',
  'tree.objects': 'make nested objects one property at a time',
  'tree.json': 'write JSON and parse it',
  'tree.by_node': 'walk it by calls',
  'errno.shim': 'read errno by a second call into the library',
  'errno.runtime': "read errno by the runtime's own function",
  'errno.negated': 'negate the result',
};

/** A way in words, with its mechanism where it is not the runtime's own. */
export function wayText({ task, mechanism }: Way): string {
  if (mechanism === 'plain') return 'stay in plain JavaScript';
  const through = mechanism === 'ffi' ? '' : ` through ${mechanism}`;
  return `${ways[task] ?? task}${through}`;
}

/** `pass a string as UTF-8 (36 bytes) on Deno 2.9.6`. */
export function taskText(found: Recommendation): string {
  const size = found.variant === '' ? '' : ` (${variantText(found.variant)})`;
  const contract = contracts[found.contract] ?? found.contract;
  return `${jobText(found)} ${contract}${size} on ${runtimeTitle(found)}`;
}

/** The sentence of a recommendation. */
export function recommendationSentence(found: Recommendation): string {
  const [first, second] = found.ways as [Way, Way, ...Way[]];
  const start = `To ${taskText(found)}`;
  if (found.because === 'launches_too_few') {
    return `${start}: ${wayText(first)} took ${timeOf(first)}, ${wayText(second)} ` +
      `${timeOf(second)}; which is faster is not tested.`;
  }
  if (found.because === 'not_told_apart') {
    return `${start}, ${wayText(first)}: ${timeOf(first)}; this run cannot tell it from the next ` +
      `(${wayText(second)}: ${timeOf(second)}).`;
  }
  return `${start}, ${wayText(first)}: ${timeOf(first)}; the next best takes ${timeOf(second)} ` +
    `(${wayText(second)}).`;
}

/** The cost of a way, and what it takes sustained where that is more than a busy core explains. */
function timeOf({ cost_ns: cost, contended_ns: contended, sustained_ns: sustained }: Way): string {
  return sustained > Math.max(cost, contended ?? 0) * sustainedLimit
    ? `${formatNs(cost)}, sustained ${formatNs(sustained)}`
    : formatNs(cost);
}
