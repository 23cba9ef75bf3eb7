/** Tests of how numbers are written, above all where a unit or a digit changes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  formatCount,
  formatDuration,
  formatNs,
  formatPercent,
  formatRatio,
  formatSize,
} from '../../src/report/words/numbers.ts';
import { plainText, wrap } from '../../src/report/plain_text.ts';

test('formatNs keeps three digits and changes the unit in time', () => {
  const expected = [
    [0, '0.00 ns'],
    [0.001, '<0.01 ns'],
    [0.08, '0.08 ns'],
    [1.2249, '1.22 ns'],
    [12.34, '12.3 ns'],
    [99.96, '100 ns'],
    [999.4, '999 ns'],
    [999.6, '1.00 µs'],
    [1234, '1.23 µs'],
    [123_456, '123 µs'],
    [7_640_000, '7.64 ms'],
    [1.5e9, '1.50 s'],
    [123e9, '123 s'],
  ] as const;
  for (const [ns, text] of expected) assert.equal(formatNs(ns), text);
});

test('formatRatio', () => {
  const expected = [
    [0, '0.000'],
    [0.0001, '<0.001'],
    [0.0123, '0.012'],
    [0.266, '0.27'],
    [0.999, '1.00'],
    [1, '1.00'],
    [3.456, '3.46'],
    [12.34, '12.3'],
    [118.4, '118'],
    [9.999, '10.0'],
  ] as const;
  for (const [ratio, text] of expected) assert.equal(formatRatio(ratio), text);
});

test('formatPercent', () => {
  const expected = [
    [0, '0.0%'],
    [0.004, '0.4%'],
    [0.0096, '1%'],
    [0.124, '12%'],
    [3, '300%'],
    [12, '>999%'],
  ] as const;
  for (const [share, text] of expected) assert.equal(formatPercent(share), text);
});

test('formatCount and formatSize', () => {
  assert.equal(formatCount(0), '0');
  assert.equal(formatCount(1_000_000), '1,000,000');
  assert.equal(formatCount(999), '999');
  assert.equal(formatSize(12_345), '12,000');
  assert.equal(formatSize(8.4), '8');
});

test('formatDuration', () => {
  const expected = [
    [0, '0 ms'],
    [850, '850 ms'],
    [999.6, '1 s'],
    [59_600, '1 min'],
    [270_000, '4 min 30 s'],
    [6_000_000, '1 h 40 min'],
    [7_200_000, '2 h'],
  ] as const;
  for (const [ms, text] of expected) assert.equal(formatDuration(ms), text);
});

test('plainText leaves nothing that steers a terminal', () => {
  assert.equal(plainText('\u001b[31mred\u001b[0m\n\u202eevil '), '[31mred [0m evil');
});

test('wrap breaks at spaces and keeps long words whole', () => {
  assert.deepEqual(wrap('', 10), ['']);
  assert.deepEqual(wrap('one two three', 8, '  '), ['one two', '  three']);
  assert.deepEqual(wrap('incomprehensible', 5), ['incomprehensible']);
});
