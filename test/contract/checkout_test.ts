// Two checkouts as arms of one run: each is measured by workers that are made of its own sources.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { root } from '../../src/boot/versions.mjs';
import { bundleWorkers, pathOfWorker } from '../../src/launching/bundle.ts';
import { ffiBench } from './cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'ffi-bench-checkout-'));
after(() => rmSync(folder, { recursive: true }));

const wanted = { module: 'runtimes/node/ffi.ts', part: 'call' } as const;

test('a run measures another checkout beside this one, in arms of their labels', async () => {
  const out = join(folder, 'run.json');
  const said = await ffiBench(
    ...['run', '--task', 'call.noop', '--lane', 'node.ffi', '--runtime', 'node'],
    ...['--checkout', `base=${root}`, '--checkout', `head=${root}`],
    ...['--launches', '1', '--no-instructions', '--beside', '--out', out],
  );
  assert.equal(said.code, 0, said.stderr);
  const { arms, raw } = JSON.parse(readFileSync(out, 'utf8'));
  assert.deepEqual(arms.map(({ label }: { label: string }) => label), [
    'node.ffi.base',
    'node.ffi.head',
  ]);
  const outcomes = raw.launches.map(({ outcome }: { outcome: string }) => outcome);
  assert.deepEqual(new Set(outcomes), new Set(['done']));
});

test('workers of two checkouts lie apart, though their names are the same', async () => {
  const workers = await bundleWorkers(root, folder, [wanted, { ...wanted, checkout: root }]);
  const [own, other] = [wanted, { ...wanted, checkout: root }].map((one) =>
    pathOfWorker(workers, one)
  );
  assert.notEqual(own, other);
  assert.equal(readFileSync(own!, 'utf8'), readFileSync(other!, 'utf8'));
});

test('--checkout says what it takes, and how a checkout gets its library', async () => {
  const run = ['run', '--quick', '--beside', '--checkout'];
  const unlabelled = await ffiBench(...run, root);
  assert.equal(unlabelled.code, 2);
  assert.match(unlabelled.stderr, /is not of the form LABEL=PATH/);
  const empty = await ffiBench(...run, `base=${folder}`);
  assert.equal(empty.code, 2);
  assert.match(empty.stderr, /has no library\. Run "npm run ffi-bench -- list" there/);
});
