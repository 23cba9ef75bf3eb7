// What is said of prototypes that meet a calling convention of arm64.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conventionWarnings } from '../../src/call/conventions.ts';
import type { Word } from '../../src/catalogue/words.ts';

const of = (args: readonly Word[], platform = 'darwin-arm64') =>
  conventionWarnings('f', { args, result: 'void' }, platform);
const eight = Array<Word>(8).fill('i64');

test('small integers past the eighth are packed on macOS, and there alone', () => {
  const args: Word[] = [...eight, 'i8', 'u16', 'i64'];
  assert.match(of(args)[0]!, /^f takes i8, u16 past the eighth argument of its kind/);
  assert.deepEqual(of(args, 'linux-arm64'), []);
  assert.deepEqual(of(args, 'darwin-x64'), []);
});

test('what fits a register, or fills eight bytes of stack, is passed alike', () => {
  assert.deepEqual(of(['i8', 'i8']), []);
  assert.deepEqual(of([...eight, 'i64', 'pointer', { buffer: 'u8' }]), []);
});

test('floats have registers of their own', () => {
  const floats = Array<Word>(8).fill('f32');
  assert.deepEqual(of([...eight, ...floats]), []);
  assert.match(of([...floats, 'i8', 'f32'])[0]!, /takes f32 past/);
});
