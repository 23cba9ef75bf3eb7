/** Tests of which releases a search goes over, and of what it leaves in its folder. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { keepRoom, sliceOf } from '../../src/boot/releases.mjs';
import { versions } from '../../src/boot/versions.mjs';

const folder = mkdtempSync(join(tmpdir(), 'ffi-bench-releases-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('releases are taken in the order of their numbers, without those that are none', () => {
  const published = ['2.10.0', '2.9.0', '2.9.0-rc.1', '2.8.3', '2.0.0'];
  assert.deepEqual(sliceOf(published, 'deno', '2.8.3', '2.10.0'), ['2.8.3', '2.9.0', '2.10.0']);
  assert.throws(() => sliceOf(published, 'deno', '2.9.9', '2.10.0'), /was not published/);
  assert.throws(() => sliceOf(published, 'deno', '2.10.0', '2.0.0'), /is not older than/);
});

test('versions that were used longest ago make room, and never the pinned one', () => {
  const pinned = `deno@${versions.runtimes.deno.version}`;
  const names = ['deno@2.0.0', 'deno@2.1.0', 'deno@2.2.0', pinned];
  for (const [age, name] of names.entries()) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'deno'), new Uint8Array(1000));
    utimesSync(join(folder, name), 1000 + age, 1000 + age);
  }
  assert.deepEqual(keepRoom('deno', '2.0.0', folder, 2000), ['deno@2.1.0']);
  const left = names.filter((name) => existsSync(join(folder, name)));
  assert.deepEqual(left, ['deno@2.0.0', 'deno@2.2.0', pinned]);
});
