/** The full counts of what `npm test` injects a few of: kills, mutated documents, launches. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { root } from '../../src/boot/versions.mjs';
import { killAndResume } from '../faults/kill.ts';
import { eventually, scratchFolder } from '../faults/launching.ts';
import { readMutated } from '../faults/mutated_documents.ts';
import { journalHolds, protocolHolds, statisticsHold } from '../faults/properties.ts';
import { doneAt, simulate, simulatedSession } from '../faults/simulate.ts';
import {
  fakeRun,
  launchesSoFar,
  letThrough,
  runTool,
  startTool,
  writeFake,
} from '../faults/tool.ts';

const folder = scratchFolder();

test('50 kills at random points cost no launch and repeat none', async () => {
  const { kills, launches } = await killAndResume(folder, { kills: 50, launches: 400, seed: 1 });
  assert.deepEqual({ kills, launches }, { kills: 50, launches: 400 });
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(`${signal}, four times, costs no launch`, async () => {
    const out = join(folder, `${signal}.json`);
    const gate = join(folder, `${signal}.gate`);
    const fake = writeFake(join(folder, `${signal}.mjs`), { gate });
    let before = 0;
    for (let i = 0; i < 4; i++) {
      const again = ['run', '--resume', '--out', out, '--beside'];
      letThrough(gate, 20);
      const tool = startTool(i === 0 ? fakeRun(fake, out, 100) : again);
      assert.ok(await eventually(() => launchesSoFar(out) > before));
      tool.child.kill(signal);
      const { code, stderr } = await tool.ended;
      assert.equal(code, 130, stderr);
      assert.ok(launchesSoFar(out) >= before);
      before = launchesSoFar(out);
    }
    letThrough(gate);
    const { code, stderr } = await runTool(['run', '--resume', '--out', out, '--beside']);
    assert.equal(code, 0, stderr);
  });
}

test('100,000 mutated documents: none crashes, hangs or is accepted against the schema', (t) => {
  const { accepted, refused, longestMs } = readMutated(100_000, 42);
  assert.equal(accepted + refused, 100_000);
  assert.ok(accepted > 5000 && refused > 50_000, `${accepted} accepted, ${refused} refused`);
  t.diagnostic(`${accepted} accepted, ${refused} refused, ${longestMs} ms at most`);
});

test('protocol, journal and statistics hold in many more cases', async () => {
  protocolHolds(10_000);
  statisticsHold(5000);
  const path = join(folder, 'good.ndjson');
  await simulate(simulatedSession(1, 3), path, () => doneAt(5));
  journalHolds(1000, readFileSync(path, 'utf8'));
});

test('a run of 100,000 launches stays under 330 MB, with journal and document complete', () => {
  const own = mkdtempSync(join(folder, 'long-'));
  const args = [
    ...['--disable-warning=ExperimentalWarning', join(root, 'test', 'faults', 'long_run.ts')],
    ...[join(own, 'run.ndjson'), join(own, 'run.json'), '100000'],
  ];
  const found = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  const lines = readFileSync(join(own, 'run.ndjson'), 'utf8').split('\n');
  rmSync(own, { recursive: true });
  assert.ok(found.launches >= 100_000);
  assert.equal(found.launches, found.planned);
  assert.equal(lines.filter((line) => line.startsWith('{"kind":"launch"')).length, found.launches);
  assert.ok(found.mostMb < 330, `it took ${found.mostMb} MB, while launching ${found.levelsMb}`);
});
