/** Tests of modes with the launches that MEASUREMENT found on a 2-core virtual machine. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modes } from '../../src/stats/modes.ts';

test('modes of no launch throw, of one launch are that launch', () => {
  assert.throws(() => modes([]), RangeError);
  assert.deepEqual(modes([4.6]), { lowerMode: 4.6, slow: [] });
});

test('modes of launches in two clusters: the slow ones are named, in ascending order', () => {
  const fast = Array.from({ length: 23 }, () => 4.62);
  const slow = [118, 6.3, 9.2, 75, 80, 90, 101];
  assert.deepEqual(modes([...slow, ...fast]), {
    lowerMode: 4.62,
    slow: [6.3, 9.2, 75, 80, 90, 101, 118],
  });
});

test('modes: quarter cycles apart are one mode', () => {
  const { lowerMode, slow } = modes([1.22, 1.29, 1.29, 1.35, 1.35, 1.22, 1.29, 1.22]);
  assert.equal(lowerMode, 1.29);
  assert.deepEqual(slow, []);
});

test('modes: one lucky launch of twenty is no mode', () => {
  const { lowerMode, slow } = modes([2, ...Array.from({ length: 19 }, () => 5)]);
  assert.equal(lowerMode, 5);
  assert.deepEqual(slow, []);
});

test('modes: one lucky launch of five, or of three, is no mode', () => {
  assert.equal(modes([5, 10, 10, 10, 10]).lowerMode, 10);
  assert.equal(modes([5, 10, 10]).lowerMode, 10);
  assert.equal(modes([5, 10]).lowerMode, 5);
});

test('modes: a slow majority does not hide the fast launches', () => {
  const { lowerMode, slow } = modes([4, 4, 4, 80, 80, 80, 80, 80]);
  assert.equal(lowerMode, 4);
  assert.equal(slow.length, 5);
});

test('modes of launches that cost nothing have no slow ones', () => {
  assert.deepEqual(modes([0, 0, 0]), { lowerMode: 0, slow: [] });
});
