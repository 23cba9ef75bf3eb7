// In a file of its own: it must load mitata first in its process.
import assert from 'node:assert/strict';
import { test } from 'node:test';

test('the collection that mitata makes when it is loaded is left out, and no other', async () => {
  const engine = globalThis as { gc?: () => void };
  let collections = 0;
  engine.gc = () => {
    collections++;
  };
  await import('../../src/measure/first_gc.ts');
  const withheld = engine.gc;
  const { gc } = await import('../../src/measure/mitata.ts');
  // Bun's own collector is what mitata takes there; this one is then still withheld.
  if (engine.gc === withheld) engine.gc();
  assert.equal(collections, 0);
  engine.gc();
  assert.equal(collections, 1);
  assert.doesNotThrow(gc);
});
