// The documents under results/: what each says follows from its launches, and names no one's files.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDocument } from '../../src/analysis/open.ts';
import { recompute } from '../../src/analysis/recompute.ts';
import { root } from '../../src/boot/versions.mjs';
import { readTextFile } from '../../src/results/read_text_file.ts';

const published = readdirSync(join(root, 'results'))
  .filter((name) => /\.json(\.gz)?$/.test(name))
  .map((name) => join(root, 'results', name));

test('documents are published', () => assert.ok(published.length > 0));

for (const path of published) {
  const name = path.slice(root.length + 1);

  test(`every figure of ${name} follows from its launches`, () => {
    assert.deepEqual(recompute(openDocument(path)), []);
  });

  test(`${name} names no file of the machine that it was made on`, () => {
    const text = readTextFile(path, 'document');
    assert.deepEqual(text.match(/file:\/\/\/[^"\\)]*|"\/(?:home|root|tmp|Users)[^"]*/g), null);
  });
}
