/** What interrupts, kills and closed pipes do to a run: its launches stay, its children go. */
import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { root } from '../../src/boot/versions.mjs';
import { openDocument } from '../../src/analysis/open.ts';
import { quoted } from '../../src/cli/resume_command.ts';
import { eventually, isAlive, scratchFolder } from '../faults/launching.ts';
import { skips } from '../faults/skips.ts';
import {
  fakeRun,
  journalBeside,
  launchesSoFar,
  letThrough,
  pidsIn,
  runTool,
  startTool,
  writeFake,
} from '../faults/tool.ts';
import { killAndResume } from '../faults/kill.ts';

const folder = scratchFolder();

/** Starts a run of some good launches, which goes no further than the second one for now. */
async function startRun(name: string, start?: readonly string[]) {
  const gate = letThrough(join(folder, `${name}.gate`), 2);
  const fake = writeFake(join(folder, `${name}.mjs`), { gate });
  const out = join(folder, `${name}.json`);
  const tool = startTool(fakeRun(fake, out, 8), start ? { start } : {});
  assert.ok(await eventually(() => launchesSoFar(out) >= 2), 'no launch was journalled');
  return { tool, out, gate };
}

/** What every interrupted run must leave behind, and that it can be gone on with. */
async function checkInterrupted({ tool, out, gate }: Awaited<ReturnType<typeof startRun>>) {
  const { code, stderr } = await tool.ended;
  assert.equal(code, 130, stderr);
  const kept = launchesSoFar(out);
  assert.ok(kept >= 2);
  assert.ok(!existsSync(out));
  assert.match(stderr, /Interrupted\. Every finished launch is kept in /);
  assert.ok(stderr.includes(`npm run ffi-bench -- run --resume --out ${quoted(out)}`), stderr);
  letThrough(gate);
  const again = await runTool(['run', '--resume', '--out', out, '--beside']);
  assert.equal(again.code, 0, again.stderr);
  const document = openDocument(out);
  assert.deepEqual(
    document.raw.launches.map(({ round }) => round).sort((a, b) => a - b),
    Array.from({ length: 8 }, (_, i) => i),
  );
  assert.ok(document.raw.notes.some(({ text }) => /interrupted before/.test(text)));
  assert.ok(!existsSync(journalBeside(out)));
}

test('SIGINT ends a run with every finished launch kept and named how to go on', async () => {
  const run = await startRun('SIGINT');
  run.tool.child.kill('SIGINT');
  await checkInterrupted(run);
});

test('SIGTERM to the boot file reaches the tool, which ends well', async () => {
  const run = await startRun('boot', [join(root, 'src', 'boot', 'boot.mjs')]);
  run.tool.child.kill('SIGTERM');
  await checkInterrupted(run);
});

for (const signals of [['SIGTERM'], ['SIGINT', 'SIGINT']] as const) {
  test(`${signals.join(', then ')} ends a worker that spins, and its child`, async () => {
    const name = `hang-${signals.join('-')}`;
    const pids = join(folder, `${name}.pids`);
    const fake = writeFake(join(folder, `${name}.mjs`), { measure: 'hang', pids });
    const tool = startTool(fakeRun(fake, join(folder, `${name}.json`), 3));
    assert.ok(await eventually(() => pidsIn(pids).length >= 3), 'the worker did not start');
    for (const signal of signals) tool.child.kill(signal);
    const { code, signal, stderr } = await tool.ended;
    assert.deepEqual([code, signal], [130, null], stderr);
    assert.ok(await eventually(() => pidsIn(pids).every((pid) => !isAlive(pid))), 'one lives on');
  });
}

test('an interrupt while the run is being prepared ends it without a journal', async () => {
  const out = join(folder, 'early.json');
  const gate = letThrough(join(folder, 'early.gate'), 0);
  const tool = startTool(fakeRun(writeFake(join(folder, 'early.mjs'), { gate }), out, 3));
  assert.ok(await eventually(() => existsSync(out.replace('.json', '.lock'))));
  tool.child.kill('SIGINT');
  const { code, stderr } = await tool.ended;
  assert.equal(code, 130, stderr);
  assert.match(stderr, /Interrupted/);
  assert.ok(!existsSync(out.replace('.json', '.lock')), 'its lock is still there');
});

test('SIGKILL of the tool ends a worker that spins as well', {
  skip: skips.endsWithParent,
}, async () => {
  const pids = join(folder, 'pids-killed');
  const fake = writeFake(join(folder, 'killed.mjs'), { measure: 'hang', pids });
  const tool = startTool(fakeRun(fake, join(folder, 'killed.json'), 3));
  assert.ok(await eventually(() => pidsIn(pids).length >= 3), 'the worker did not start');
  tool.child.kill('SIGKILL');
  await tool.ended;
  const [, worker, child] = pidsIn(pids);
  const ended = await eventually(() => !isAlive(worker!));
  process.kill(child!, 'SIGKILL');
  assert.ok(ended, 'the worker lives on');
});

test('SIGKILL of the tool at random points costs no launch and repeats none', async () => {
  const { kills, launches } = await killAndResume(folder, { kills: 3, launches: 12, seed: 7 });
  assert.equal(kills, 3);
  assert.equal(launches, 12);
});

test('a journal that was killed before its first line does not stand in the way', async () => {
  const out = join(folder, 'unbegun.json');
  writeFileSync(journalBeside(out), '{"kind":"run","schema":"ffi-be');
  const resumed = await runTool(['run', '--resume', '--out', out, '--beside']);
  assert.equal(resumed.code, 2);
  assert.match(resumed.stderr, /There is no journal .* to resume\./);
  assert.ok(!existsSync(journalBeside(out)), 'it stands in the way of a new run');
});

test('a reader that closes the output does not end the run', async () => {
  const out = join(folder, 'closed.json');
  const fake = writeFake(join(folder, 'closed.mjs'));
  const tool = startTool(fakeRun(fake, out, 3));
  tool.child.stdout!.destroy();
  const { code, stderr } = await tool.ended;
  assert.equal(code, 0, stderr);
  assert.equal(openDocument(out).raw.launches.length, 3);
});
