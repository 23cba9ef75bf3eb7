/** What the document reader makes of mutated documents; test/long reads 100,000 of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMutated } from '../faults/mutated_documents.ts';

test('mutated documents are refused in sentences, or pass another validator too', () => {
  const { accepted, refused } = readMutated(400, 1);
  assert.equal(accepted + refused, 400);
  assert.ok(accepted > 40 && refused > 200, `${accepted} accepted, ${refused} refused`);
});
