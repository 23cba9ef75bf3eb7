// The addon checks its arguments as a careful one does, and says what is wrong in the same sentence
// in every runtime.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../src/boot/versions.mjs';
import { allLanes, libraryOf, runIn } from './workers.ts';

const i32 = 'must be a whole number from -2147483648 to 2147483647.';
const u8 = 'ffib_id_u8: argument 1 must be a whole number from 0 to 255.';

const expected = {
  'too few arguments': 'TypeError: ffib_i32_args_2 takes more arguments than it was given.',
  'a text for a number': `TypeError: ffib_i32_args_2: argument 2 ${i32}`,
  'a number out of range': `RangeError: ${u8}`,
  'a fraction': `RangeError: ${u8}`,
  'no number': `RangeError: ${u8}`,
  'a negative BigInt':
    'RangeError: ffib_id_u64: argument 1 must be a BigInt of 64 bits or a safe integer.',
  'a number for a boolean': 'TypeError: ffib_id_bool: argument 1 must be a boolean.',
  'a text for an address':
    'TypeError: ffib_id_pointer: argument 1 must be an address as this addon gives it, or null.',
  'an array of another type': 'TypeError: ffib_buffer_sum: argument 1 must be a Float64Array.',
  'no array':
    'TypeError: ffib_buffer_touch: argument 1 must be a Uint8Array, a DataView or an ArrayBuffer.',
  'a length over the end':
    'RangeError: ffib_buffer_touch: argument 2 must be at most the length of the buffer before it.',
  'a length for no buffer':
    'RangeError: ffib_buffer_touch: argument 2 must be at most the length of the buffer before it.',
  'a number for a text':
    'TypeError: ffib_string_sum_z: argument 1 must be a string, or a Uint8Array that ends in a ' +
    'zero byte.',
  'bytes without an end':
    'TypeError: ffib_string_sum_z: argument 1 must be a string, or a Uint8Array that ends in a ' +
    'zero byte.',
  'a struct without a field': 'TypeError: ffib_struct_arg_16: argument 1.b must be a number.',
  'a callback that throws': 'its own error',
  'a callback that returns a text': `TypeError: ffibench: the answer of a callback ${i32}`,
  'a form that is none': 'TypeError: A form is plain, u64_fast, buffer_length, pointer or async.',
  'a name that is none': 'RangeError: The addon has no function of that name.',
  'a form that the function has not': 'RangeError: That function has no such form.',
};

for (const row of allLanes.filter(({ mechanism }) => mechanism === 'napi')) {
  test(`the addon says what is wrong in ${row.runtime}, and goes on`, async () => {
    const script = join(root, 'test', 'contract', 'probes', 'addon.ts');
    const ended = await runIn(row, script, { library: libraryOf(row) });
    assert.equal(ended.code, 0, ended.stderr);
    const { said, after } = JSON.parse(ended.stdout);
    assert.deepEqual(said, expected);
    assert.deepEqual(after, { sum: 3, nested: 9, long: 5000 * (0xc3 + 0xa4) });
  });
}
