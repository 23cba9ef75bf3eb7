// What runs inside each runtime for the test of the addon's errors: wrong calls, and what they
// throw.
import { createRequire } from 'node:module';
import { writeSync } from 'node:fs';
import process from 'node:process';

// Called with what its types would not let pass.
// deno-lint-ignore no-explicit-any
type Any = (...args: any[]) => any;

const addon = createRequire(import.meta.url)(JSON.parse(process.argv[2]!).library) as {
  open(form: string, names: string[]): Record<string, Any>;
};

const names = ['i32_args_2', 'id_u8', 'id_u64', 'id_bool', 'id_pointer', 'buffer_touch'];
const more = ['buffer_sum', 'string_sum_z', 'struct_arg_16', 'callback_repeat', 'struct_out_16'];
const f = addon.open('plain', [...names, ...more].map((name) => `ffib_${name}`));
const bytes = new Uint8Array([9, 8]);
const own = new Error('thrown by a callback');

/** Each wrong call by what is wrong with it. */
const attempts: Readonly<Record<string, () => unknown>> = {
  'too few arguments': () => f['ffib_i32_args_2']!(1),
  'a text for a number': () => f['ffib_i32_args_2']!(1, 'x'),
  'a number out of range': () => f['ffib_id_u8']!(256),
  'a fraction': () => f['ffib_id_u8']!(1.5),
  'no number': () => f['ffib_id_u8']!(NaN),
  'a negative BigInt': () => f['ffib_id_u64']!(-1n),
  'a number for a boolean': () => f['ffib_id_bool']!(1),
  'a text for an address': () => f['ffib_id_pointer']!('x'),
  'an array of another type': () => f['ffib_buffer_sum']!(bytes, 1),
  'no array': () => f['ffib_buffer_touch']!({}, 1),
  'a length over the end': () => f['ffib_buffer_touch']!(bytes, 3),
  'a length for no buffer': () => f['ffib_buffer_touch']!(null, 1),
  'a number for a text': () => f['ffib_string_sum_z']!(5),
  'bytes without an end': () => f['ffib_string_sum_z']!(bytes),
  'a struct without a field': () => f['ffib_struct_arg_16']!({ a: 1 }),
  'a callback that throws': () =>
    f['ffib_callback_repeat']!(() => {
      throw own;
    }, 3),
  'a callback that returns a text': () => f['ffib_callback_repeat']!(() => 'x', 3),
  'a form that is none': () => addon.open('other', []),
  'a name that is none': () => addon.open('plain', ['ffib_nothing']),
  'a form that the function has not': () => addon.open('async', ['ffib_buffer_sum']),
};

/** The class and the sentence of what was thrown, null where nothing was. */
function thrown(attempt: () => unknown): string | null {
  try {
    attempt();
    return null;
  } catch (error) {
    return error === own
      ? 'its own error'
      : `${(error as Error).name}: ${(error as Error).message}`;
  }
}

const said = Object.fromEntries(
  Object.entries(attempts).map(([name, attempt]) => [name, thrown(attempt)]),
);
const after = {
  sum: f['ffib_i32_args_2']!(1, 2),
  nested: f['ffib_callback_repeat']!(() => f['ffib_callback_repeat']!((j: number) => j, 3), 4),
  long: f['ffib_string_sum_z']!('ä'.repeat(5000)),
  seed: f['ffib_struct_out_16']!(new Uint8Array(16), 4294967295),
};
writeSync(1, `${JSON.stringify({ said, after })}\n`);
process.exit(0);
