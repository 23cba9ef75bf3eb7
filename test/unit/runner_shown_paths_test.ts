// Documents do not say where the checkout lies.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { root } from '../../src/boot/versions.mjs';
import { shownPath, shownText } from '../../src/session/shown_paths.ts';
import { failedAs, simulate, simulatedSession } from '../faults/simulate.ts';

const inside = join('.ffi-bench', 'build', 'worker.mjs');

test('shownPath gives a path from the checkout, and leaves one from elsewhere', () => {
  assert.equal(shownPath(root, join(root, inside)), inside);
  const outside = join(os.tmpdir(), 'libmine.so');
  assert.equal(shownPath(root, outside), outside);
});

test('shownText takes the checkout out of a stack', () => {
  const at = (where: string) => `TypeError: no\n    at f (${where}:5151:12)`;
  assert.equal(shownText(root, at(join(root, inside))), at(inside));
  const url = pathToFileURL(join(root, inside)).href;
  assert.equal(shownText(root, at(url)), at('.ffi-bench/build/worker.mjs'));
});

test('a failed launch is recorded without the place of the checkout', async () => {
  const folder = mkdtempSync(join(os.tmpdir(), 'ffi-bench-shown-'));
  try {
    const journal = join(folder, 'j.ndjson');
    const failed = failedAs('failed', 'Error: no\n    at /checkout/runtimes/plain.ts:1:1');
    const stderrTail = 'at file:///checkout/runtimes/plain.ts:2:2';
    const document = await simulate(
      simulatedSession(1, 1),
      journal,
      () => ({ ...failed, stderrTail }),
    );
    const [launch] = document!.raw.launches;
    assert.equal(launch!.reason, 'Error: no\n    at runtimes/plain.ts:1:1');
    assert.equal(launch!.stderr_tail, 'at runtimes/plain.ts:2:2');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the published documents name no file of the machine that they were made on', () => {
  const results = join(root, 'results');
  const names = readdirSync(results).filter((name) => name.endsWith('.json'));
  assert.ok(names.length > 0, 'there is no published document');
  for (const name of names) {
    const text = readFileSync(join(results, name), 'utf8');
    assert.deepEqual(
      text.match(/file:\/\/\/[^"\\)]*|"\/(?:home|root|tmp|Users)[^"]*/g),
      null,
      name,
    );
  }
});
