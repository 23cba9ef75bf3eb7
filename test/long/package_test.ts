/** Interrupts and kills of the package as its users have it, and of bisect in it. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openDocument } from '../../src/analysis/open.ts';
import { platform, versions } from '../../src/boot/versions.mjs';
import { killAndResume } from '../faults/kill.ts';
import { eventually, isAlive, scratchFolder } from '../faults/launching.ts';
import {
  fakeRun,
  launchesSoFar,
  letThrough,
  pidsIn,
  startTool,
  writeFake,
} from '../faults/tool.ts';
import { environmentOf, newFolder, packProject, pathOf, run } from '../package/installed.ts';
import { type Published, type Registry, startRegistry } from '../package/registry.ts';

const folder = scratchFolder();
const caches = newFolder('caches');
const place = newFolder('installed');
const path = pathOf(['node'], { npm: true });
const pids = join(folder, 'bisect.pids');

let registry: Registry;
/** Starts the installed tool, as npx does. */
let how: { start: readonly string[]; env: Record<string, string>; cwd: string };

before(async () => {
  const published = packProject(newFolder('packed'));
  registry = await startRegistry([published, release('1.9.0'), release('1.9.1')]);
  const env = environmentOf(path, registry.url, caches) as Record<string, string>;
  const args = ['install', '--no-audit', '--no-fund', published.tarball];
  const { code, stderr } = await run(join(path, 'npm'), args, { cwd: place, env });
  assert.equal(code, 0, stderr);
  const script = join(place, 'node_modules', 'ffi-bench', 'dist', 'tool', 'ffi-bench.mjs');
  how = { start: [script], env, cwd: place };
});

after(() => registry.close());

/** A release of Bun that is a fake: its launches hang. */
function release(version: string): Published {
  const name = versions.runtimes.bun.packages[platform]![0]!;
  const source = join(folder, `bun-${version}`);
  const { executable } = versions.runtimes.bun;
  mkdirSync(join(source, executable, '..'), { recursive: true });
  writeFake(join(source, executable), { version, measure: 'hang', pids });
  writeFileSync(join(source, 'package.json'), JSON.stringify({ name, version, type: 'module' }));
  const packed = execFileSync(
    'npm',
    ['pack', '--json', '--pack-destination', folder],
    { cwd: source, encoding: 'utf8' },
  );
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  return { name, version, tarball: join(folder, filename), manifest: {} };
}

test('20 kills of the installed tool cost no launch and repeat none', async () => {
  const { kills, launches } = await killAndResume(folder, {
    ...{ kills: 20, launches: 100, seed: 3 },
    how,
  });
  assert.deepEqual({ kills, launches }, { kills: 20, launches: 100 });
});

test('an interrupt of the installed tool keeps its launches and names the command', async () => {
  const out = join(place, 'run.json');
  const gate = letThrough(join(folder, 'installed.gate'), 2);
  const fake = writeFake(join(folder, 'installed.mjs'), { gate });
  const tool = startTool(fakeRun(fake, out, 6), how);
  assert.ok(await eventually(() => launchesSoFar(out) >= 2));
  tool.child.kill('SIGINT');
  const { code, stderr } = await tool.ended;
  assert.equal(code, 130, stderr);
  assert.match(stderr, /npx ffi-bench run --resume --out /);
  letThrough(gate);
  const again = await startTool(['run', '--resume', '--out', out, '--beside'], how).ended;
  assert.equal(again.code, 0, again.stderr);
  assert.equal(openDocument(out).raw.launches.length, 6);
});

test('an interrupt of bisect ends its worker, and says nothing of the release', async () => {
  const args = ['bisect', 'bun', 'call.noop', '--lane', 'plain', '--by', 'cost'];
  const tool = startTool([...args, '--from', '1.9.0', '--to', '1.9.1'], how);
  assert.ok(await eventually(() => pidsIn(pids).length >= 3), 'no pilot was started');
  tool.child.kill('SIGINT');
  const { code, stderr, stdout } = await tool.ended;
  assert.equal(code, 130, stderr);
  assert.match(stderr, /^2 releases from 1\.9\.0 to 1\.9\.1\n[^]*Interrupted\./);
  assert.doesNotMatch(stderr, /does not run it|not counted/);
  assert.equal(stdout, '');
  assert.ok(await eventually(() => pidsIn(pids).every((pid) => !isAlive(pid))), 'one lives on');
});
