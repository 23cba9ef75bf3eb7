/**
 * What runs do when a case keeps failing, a runtime is replaced, another run goes on, a disk fills.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { root } from '../../src/boot/versions.mjs';
import { openDocument } from '../../src/analysis/open.ts';
import { startOf } from '../../src/boot/process_identity.mjs';
import { eventually, scratchFolder } from '../faults/launching.ts';
import { skips, unshare } from '../faults/skips.ts';
import {
  fakeRun,
  journalBeside,
  launchesSoFar,
  letThrough,
  runTool,
  startTool,
  writeFake,
} from '../faults/tool.ts';

const folder = scratchFolder();

test('a case whose pilot crashes is given up, and the run goes on to its end', async () => {
  const out = join(folder, 'crash.json');
  const bad = writeFake(join(folder, 'bad.mjs'), { measure: 'crash' });
  const good = writeFake(join(folder, 'good.mjs'));
  const args = fakeRun(bad, out, 5);
  const { code, stderr } = await runTool([...args, '--runtime', `well=bun@${good}`]);
  assert.equal(code, 1, stderr);
  const { cases, raw } = openDocument(out);
  const of = (arm: string) => raw.launches.filter((launch) => launch.arm === arm);
  assert.deepEqual(of('fake.plain').map(({ outcome, signal }) => [outcome, signal]), [
    ['crashed', 'SIGSEGV'],
  ]);
  assert.equal(of('well.plain').filter(({ outcome }) => outcome === 'done').length, 5);
  assert.deepEqual(cases.map(({ status }) => status), ['failed', 'measured']);
  const givenUp = /call\.noop in fake\.plain was given up: its pilot failed/;
  assert.ok(raw.notes.some(({ text }) => givenUp.test(text)));
});

test('a runtime that is replaced during a run is noticed, and its launches end there', async () => {
  const out = join(folder, 'replaced.json');
  const gate = letThrough(join(folder, 'replaced.gate'), 2);
  const path = writeFake(join(folder, 'replaced.mjs'), { gate });
  const { ended } = startTool(fakeRun(path, out, 8));
  assert.ok(await eventually(() => launchesSoFar(out) >= 2));
  writeFake(path, { delayMs: 1 });
  letThrough(gate);
  const { code, stderr } = await ended;
  assert.equal(code, 1, stderr);
  assert.match(stderr, /replaced\.mjs was replaced while the run went on: its SHA-256 began with/);
  const { raw, derived } = openDocument(out);
  const counted = raw.launches.filter(({ outcome, marks }) =>
    outcome === 'done' && !marks.includes('replaced')
  );
  const refused = raw.launches.filter(({ outcome }) => outcome === 'failed');
  assert.ok(counted.length >= 2);
  assert.equal(refused.length, 3);
  assert.match(refused[0]!.reason!, /was replaced while the run went on/);
  assert.equal(derived.cases[0]!.cost_ns!.launches, counted.length);
  assert.ok(raw.notes.some(({ text }) => /was replaced while the run went on/.test(text)));
});

test('a second run is told that numbers would be spoiled, unless it is forced', async () => {
  const out = join(folder, 'first.json');
  const gate = letThrough(join(folder, 'first.gate'), 1);
  const first = startTool(fakeRun(writeFake(join(folder, 'first.mjs'), { gate }), out, 3));
  assert.ok(await eventually(() => launchesSoFar(out) >= 1));
  const fake = writeFake(join(folder, 'other.mjs'));
  const other = fakeRun(fake, join(folder, 'second.json'), 1);
  const [refused, same, forced] = await Promise.all([
    runTool(other.filter((word) => word !== '--beside')),
    runTool([...fakeRun(fake, out, 1), '--force']),
    runTool(other.map((word) => word.replace('second', 'third'))),
  ]);
  first.child.kill('SIGINT');
  assert.equal((await first.ended).code, 130);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /Another run is measuring on this machine \(process \d+, since 2/);
  assert.match(refused.stderr, /spoil the numbers of both: .* or give --beside to measure/);
  assert.ok(!existsSync(join(folder, 'second.json')));
  assert.equal(same.code, 2);
  assert.match(same.stderr, /first\.json is being written by another run \(process \d+/);
  assert.equal(forced.code, 0, forced.stderr);
  const { notes } = openDocument(join(folder, 'third.json')).raw;
  assert.ok(notes.some(({ text }) => /Another run measured on this machine/.test(text)));
});

test('a lock of a killed run is taken over, also where its process id lives again', async () => {
  const out = join(folder, 'stale.json');
  const lock = out.replace('.json', '.lock');
  const fake = writeFake(join(folder, 'stale.mjs'));
  const start = startOf(process.pid)!;
  const other = { proc: start.proc && `${start.proc}9`, ps: 'Thu Jan  1 00:00:00 1970' };
  const holder = { pid: process.pid, since: '2026-01-01T00:00:00Z', document: out };
  const { hostname } = await import('node:os');
  writeFileSync(lock, JSON.stringify({ ...holder, host: hostname(), start: other }));
  const taken = await runTool(fakeRun(fake, out, 1));
  assert.equal(taken.code, 0, taken.stderr);
  assert.ok(!existsSync(lock));
  writeFileSync(lock, JSON.stringify({ ...holder, host: hostname(), start }));
  const refused = await runTool([...fakeRun(fake, out, 1), '--force']);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, new RegExp(`process ${process.pid}, since 2026-01-01`));
  writeFileSync(lock, JSON.stringify({ ...holder, host: 'elsewhere', start: other }));
  const foreign = await runTool([...fakeRun(fake, out, 1), '--force']);
  assert.equal(foreign.code, 2);
  assert.match(foreign.stderr, /process \d+ on elsewhere, .* If no run of elsewhere writes it/);
  assert.ok(existsSync(lock), 'only that host knows whether it has ended');
});

test('hostile labels, engines and file names end in sentences, and reach no shell', async () => {
  const out = join(folder, 'hostile.json');
  const label = await runTool([
    ...['run', '--runtime', '$(touch pwned)=bun', '--out', out, '--beside'],
  ]);
  assert.equal(label.code, 2);
  assert.match(label.stderr, /^ffi-bench: The label .* is not usable/);
  const fake = writeFake(join(folder, 'hostile.mjs'), { engine: '<img src=x onerror=alert(1)>' });
  const engine = await runTool(fakeRun(fake, out, 1));
  assert.equal(engine.code, 2, engine.stderr);
  assert.match(engine.stderr, /could not be recorded\. \/arms\/0\/engine/);
  const name = await runTool(fakeRun(fake, join(folder, 'a\nb.json'), 1));
  assert.equal(name.code, 2, name.stderr);
  const well = writeFake(join(folder, 'well.mjs'));
  const odd = join(folder, "$(touch pwned) ' `id`;.json");
  const good = await runTool(fakeRun(well, odd, 1));
  assert.equal(good.code, 0, good.stderr);
  assert.ok(existsSync(odd));
  assert.ok(!existsSync(join(root, 'pwned')) && !existsSync(join(folder, 'pwned')));
});

for (const disk of ['full', 'read_only'] as const) {
  test(`a ${disk.replace('_', '-')} disk in the middle of a run costs no finished launch`, {
    skip: skips.smallDisk,
  }, () => {
    const mount = join(folder, `disk_${disk}`);
    mkdirSync(mount);
    const script = join(root, 'test', 'faults', 'disk.ts');
    const args = [...unshare, process.execPath, script, disk, mount];
    const { status, stdout, stderr } = spawnSync('unshare', args, { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    const found = JSON.parse(stdout);
    assert.equal(found.code, 1, found.stderr);
    assert.match(
      found.stderr,
      disk === 'full'
        ? /could not be written: the disk is full\. Every finished launch is kept in /
        : /could not be written: the file system is read-only\. Every finished launch is kept in /,
    );
    assert.match(found.stderr, /go on with: .* run --resume --out /);
    assert.ok(found.kept >= 2, `${found.kept} launches kept`);
    assert.equal(found.resumedCode, 0, found.resumedStderr);
    assert.deepEqual(found.rounds, Array.from({ length: found.planned }, (_, i) => i));
  });
}

test('a folder that cannot be written to is named before anything is measured', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const fake = writeFake(join(folder, 'nowhere.mjs'));
  for (const out of [join(file, 'a.json'), '/proc/a.json', '/proc/none/a.json']) {
    const { code, stderr } = await runTool(fakeRun(fake, out, 1));
    assert.equal(code, 2, stderr);
    assert.match(stderr, /^ffi-bench: .*(cannot be written to|could not be written).*--out.*\n$/);
  }
  assert.equal(readFileSync(file, 'utf8'), '');
  assert.ok(!existsSync(journalBeside(join(file, 'a.json'))));
});
