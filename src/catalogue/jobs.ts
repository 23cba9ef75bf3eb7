/**
 * The jobs that the catalogue does in several ways. Ways compete only where the C side is given the
 * same: who may change the C function has another question than who may not.
 */

/** Tasks that give a C function the same things to the same end. */
export interface Job {
  /** As `pass_a_string`. */
  readonly job: string;
  /** What the C side is given, as `utf8_text`. */
  readonly contract: string;
  readonly tasks: readonly string[];
  /** Whether plain JavaScript does the same job without a call. */
  readonly plain: boolean;
  /** Params that say what becomes of an answer: a task without them stands beside all values. */
  readonly fates?: readonly string[];
}

export const jobs: readonly Job[] = [
  {
    job: 'pass_a_string',
    contract: 'utf8_text',
    tasks: [
      'string_in.encode',
      'string_in.encode_into',
      'string_in.refill',
      'string_in.direct',
    ],
    plain: false,
  },
  { job: 'pass_a_string', contract: 'utf16_text', tasks: ['string_in.utf16'], plain: false },
  {
    job: 'get_a_string_back',
    contract: 'returned_c_string',
    tasks: ['string_out.c_string'],
    plain: false,
  },
  {
    job: 'get_a_string_back',
    contract: 'filled_buffer',
    tasks: ['string_out.with_length'],
    plain: false,
  },
  {
    job: 'pass_a_buffer',
    contract: 'bytes_in_place',
    tasks: ['buffer.touch'],
    plain: false,
  },
  {
    job: 'pass_64_bits',
    contract: 'by_value',
    tasks: ['call.u64_bigint', 'call.u64_number', 'call.u64_fast'],
    plain: false,
    fates: ['sink'],
  },
  { job: 'pass_64_bits', contract: 'by_pointer', tasks: ['call.u64_by_ref'], plain: false },
  { job: 'pass_a_struct', contract: 'by_value', tasks: ['struct.by_value'], plain: false },
  {
    job: 'pass_a_struct',
    contract: 'by_pointer',
    tasks: ['struct.by_pointer', 'struct.by_pointer_dataview', 'struct.by_pointer_fresh'],
    plain: false,
  },
  {
    job: 'sum_a_list',
    contract: 'array_of_f64',
    tasks: ['list_sum.from', 'list_sum.refill'],
    plain: true,
  },
  {
    job: 'sum_a_list',
    contract: 'one_f64_a_call',
    tasks: ['list_sum.per_element'],
    plain: true,
  },
  { job: 'sum_a_list', contract: 'json_text', tasks: ['list_sum.json'], plain: true },
  {
    job: 'sum_numbers_in_memory',
    contract: 'array_of_f64',
    tasks: ['buffer.sum'],
    plain: true,
  },
  {
    job: 'sum_numbers_in_memory',
    contract: 'handle',
    tasks: ['handle.sum'],
    plain: true,
  },
  { job: 'get_objects_out', contract: 'js_objects', tasks: ['records.objects'], plain: false },
  { job: 'get_objects_out', contract: 'json_text', tasks: ['records.json'], plain: false },
  {
    job: 'get_objects_out',
    contract: 'array_of_structs',
    tasks: ['records.structs'],
    plain: false,
  },
  { job: 'get_objects_out', contract: 'arrays_of_fields', tasks: ['records.arrays'], plain: false },
  {
    job: 'get_objects_out',
    contract: 'one_field_a_call',
    tasks: ['records.by_field'],
    plain: true,
  },
  { job: 'get_a_tree_out', contract: 'js_objects', tasks: ['tree.objects'], plain: false },
  { job: 'get_a_tree_out', contract: 'json_text', tasks: ['tree.json'], plain: false },
  { job: 'get_a_tree_out', contract: 'one_node_a_call', tasks: ['tree.by_node'], plain: false },
  {
    job: 'learn_why_a_call_failed',
    contract: 'errno',
    tasks: ['errno.shim', 'errno.runtime'],
    plain: false,
  },
  {
    job: 'learn_why_a_call_failed',
    contract: 'negated_errno',
    tasks: ['errno.negated'],
    plain: false,
  },
];
