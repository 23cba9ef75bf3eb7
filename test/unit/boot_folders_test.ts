// Folders: made level by level, refused in the words of the system, and never waited for.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after, test } from 'node:test';
import { makeFolder } from '../../src/boot/folders.mjs';

const folder = mkdtempSync(join(tmpdir(), 'ffi-bench-folders-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('makeFolder makes what is missing, and what is there again', () => {
  const path = join(folder, 'a', 'b', 'c');
  makeFolder(path);
  makeFolder(path);
  makeFolder('.');
  assert.ok(existsSync(path));
});

test('makeFolder refuses a place below a file', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  assert.throws(() => makeFolder(file), /EEXIST|EPERM/);
  assert.throws(() => makeFolder(join(file, 'x', 'y')), /ENOTDIR|ENOENT/);
});

const refusing = process.platform === 'linux' ? ['/proc/none/x'] : [];
for (const path of refusing) {
  test(`makeFolder refuses ${path}, whose parent takes no folder`, () => {
    assert.throws(() => makeFolder(path), /ENOENT|access/);
  });
}
