// Memory that C reads and writes: how it is filled, and what is said of what was written.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesOf, makeList, makeMemory, makeText, sayWritten } from '../../src/call/memory.ts';
import { unitsBetween } from '../../src/call/values.ts';

test('makeMemory fills floats with numbers, bytes with a pattern, and ends a text', () => {
  assert.deepEqual([...makeMemory('f32', 13, 'pattern') as Float32Array], [0, 0.5, 1]);
  assert.deepEqual([...makeMemory('u8', 3, 'pattern') as Uint8Array], [1, 2, 3]);
  assert.deepEqual([...makeMemory('u8', 3, 'ended') as Uint8Array], [1, 2, 0]);
  assert.equal((makeMemory('i64', 16, 'ended') as BigInt64Array)[1], 0n);
});

test('makeList keeps the type of its elements', () => {
  assert.deepEqual(makeList('i32', ['-1', '0xff']), Int32Array.of(-1, 255));
  assert.deepEqual(makeList('u64', ['7']), BigUint64Array.of(7n));
});

test('sayWritten says how much was written, and shows its start', () => {
  const made = makeMemory('u8', 64, 'zeros');
  const before = bytesOf(made).slice();
  assert.equal(sayWritten(made, before), 'unchanged');
  bytesOf(made).set(makeText('hello'));
  assert.match(sayWritten(made, before), /^5 of 64 bytes, "hello" \(FNV-1a [0-9a-f]{8}\)$/);
  bytesOf(made).set([0x80, 0xff]);
  assert.match(sayWritten(made, before), /^5 of 64 bytes, 80 ff 6c 6c 6f \(FNV-1a/);
});

test('sayWritten tells contents apart that begin alike, and shows one value as it is', () => {
  const [a, b] = [makeMemory('f64', 800, 'zeros'), makeMemory('f64', 800, 'zeros')];
  const before = bytesOf(a).slice();
  a[99] = 1;
  b[99] = 2;
  assert.notEqual(sayWritten(a, before), sayWritten(b, before));
  const cell = makeList('u64', ['4096']);
  const was = bytesOf(cell).slice();
  cell[0] = 281n;
  assert.equal(sayWritten(cell, was), '281');
});

test('unitsBetween counts the doubles between two', () => {
  assert.equal(unitsBetween(0.1 + 0.2, 0.3), 1);
  assert.equal(unitsBetween(1, 1), 0);
  assert.equal(unitsBetween(-0, 0), 0);
});
