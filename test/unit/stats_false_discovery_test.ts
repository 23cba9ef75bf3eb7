/** Tests of the Benjamini–Hochberg correction against its authors' example. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { benjaminiHochberg } from '../../src/stats/false_discovery.ts';

test('benjaminiHochberg of none is none, of one is itself', () => {
  assert.deepEqual(benjaminiHochberg([]), []);
  assert.deepEqual(benjaminiHochberg([0.03]), [0.03]);
  assert.throws(() => benjaminiHochberg([1.2]), /1\.2/);
  assert.throws(() => benjaminiHochberg([NaN]), RangeError);
});

// Section 3.2 of Benjamini & Hochberg 1995; adjusted as in the documentation of
// scipy.stats.false_discovery_control (SciPy 1.17.1).
const pValues = [
  0.0001,
  0.0004,
  0.0019,
  0.0095,
  0.0201,
  0.0278,
  0.0298,
  0.0344,
  0.0459,
  0.3240,
  0.4262,
  0.5719,
  0.6528,
  0.7590,
  1.000,
];
const adjusted = [
  0.0015,
  0.003,
  0.0095,
  0.035625,
  0.0603,
  0.06385714285714286,
  0.06385714285714286,
  0.0645,
  0.0765,
  0.486,
  0.5811818181818181,
  0.714875,
  0.7532307692307693,
  0.8132142857142857,
  1,
];

test('benjaminiHochberg adjusts as its authors and SciPy do, four rejected of fifteen', () => {
  const own = benjaminiHochberg(pValues);
  for (const [index, p] of own.entries()) assert.ok(Math.abs(p - adjusted[index]!) < 1e-12);
  assert.equal(own.filter((p) => p <= 0.05).length, 4);
});

test('benjaminiHochberg keeps the order it was given', () => {
  const reversed = benjaminiHochberg(pValues.toReversed());
  for (const [index, p] of reversed.toReversed().entries()) {
    assert.ok(Math.abs(p - adjusted[index]!) < 1e-12);
  }
});
