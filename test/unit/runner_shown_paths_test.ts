// Documents do not say where the checkout lies.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
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
  assert.equal(shownPath(root, outside, join(os.tmpdir(), 'home')), outside);
});

test('shownPath leaves out where the home of the user lies', () => {
  const home = join(os.tmpdir(), 'someone');
  assert.equal(shownPath(root, join(home, 'bin', 'python3'), home), join('~', 'bin', 'python3'));
  assert.equal(shownPath(root, `${home}2`, home), `${home}2`);
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
