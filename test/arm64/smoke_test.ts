/**
 * A run of the quick profile in which tool and workers run under an emulator: everything runs to
 * its end and gives known answers, and no figure of it is kept.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { after, test } from 'node:test';
import { root, runtimeNames } from '../../src/boot/versions.mjs';
import { openDocument } from '../../src/analysis/open.ts';

const node = process.env.FFI_BENCH_ARM64_NODE!;
const folder = mkdtempSync(join(root, '.ffi-bench', 'smoke-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('a quick run under an emulator ends well, says where it ran, and holds no figure', (t) => {
  const out = join(folder, 'run.json');
  const script = join(root, 'src', 'cli', 'main.ts');
  // Named by their paths, since a runtime tells the path of what cannot be started by itself here.
  const runtimes = runtimeNames
    .flatMap((name) => ['--runtime', `${name}@${join(root, 'bin', name)}`]);
  const args = [
    'run',
    '--quick',
    '--launches',
    '1',
    '--no-instructions',
    ...runtimes,
    '--out',
    out,
  ];
  const flags = ['--disable-warning=ExperimentalWarning'];
  const { status, stderr } = spawnSync(node, [...flags, script, ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  const { provenance, cases, raw, derived } = openDocument(out);
  assert.equal(provenance.machine.arch, 'arm64');
  assert.match(provenance.machine.hypervisor ?? '', /^emulator on /);
  const failed = cases.filter((one) => one.status !== 'unsupported')
    .map(({ case: name, arm, reason }) => `${name} in ${arm}: ${reason}`);
  assert.deepEqual(failed, []);
  const ran = raw.launches.filter(({ reason }) => reason?.includes('under an emulator'));
  t.diagnostic(`${ran.length} of ${raw.launches.length} launches ran to their end`);
  assert.ok(ran.length > 0);
  assert.ok(raw.launches.every(({ measured }) => measured === null));
  assert.ok(derived.cases.every(({ cost_ns }) => cost_ns === null));
});
