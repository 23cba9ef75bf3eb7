/** Kills a run again and again at random points, and has it resumed until it is done. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDocument } from '../../src/analysis/open.ts';
import { seeded } from '../../src/planning/random.ts';
import { fakeRun, journalBeside, launchesSoFar, letThrough, startTool, writeFake } from './tool.ts';

/** Longest time after its first sign of life that a run is left alone, in ms. */
const longestMs = 900;

/** Launches that may pass between two kills: the run cannot end before the last one. */
const mostBetween = (launches: number, kills: number) => Math.floor((launches - 1) / kills);

/** Answers how often the run was killed, and how many launches its document has: each once. */
export async function killAndResume(
  folder: string,
  { kills, launches, seed, how = {} }: {
    readonly kills: number;
    readonly launches: number;
    readonly seed: number;
    /** What starts the tool; see `startTool`. */
    readonly how?: Parameters<typeof startTool>[1];
  },
): Promise<{ kills: number; launches: number }> {
  const random = seeded(seed);
  const out = join(folder, `kill-${seed}.json`);
  const gate = join(folder, `kill-${seed}.gate`);
  const fake = writeFake(join(folder, `kill-${seed}.mjs`), { gate });
  let before = 0;
  let killed = 0;
  for (; killed < kills; killed++) {
    const resume = existsSync(journalBeside(out));
    const args = resume
      ? ['run', '--resume', '--out', out, '--beside']
      : fakeRun(fake, out, launches);
    letThrough(gate, mostBetween(launches, kills));
    const tool = startTool(args, how);
    const isOver = tool.ended.then(() => true);
    // A tenth of the kills meet the start, the others the launches.
    if (random() > 0.1) await waitFor(() => launchesSoFar(out) > before, isOver);
    await Promise.race([sleep(random() * longestMs), isOver]);
    tool.child.kill('SIGKILL');
    const { signal, stderr } = await tool.ended;
    assert.equal(signal, 'SIGKILL', `The run ended before it was killed: ${stderr}`);
    const kept = launchesSoFar(out);
    assert.ok(kept >= before, `${before - kept} launches were lost`);
    before = kept;
  }
  letThrough(gate);
  const resumed = existsSync(journalBeside(out));
  const last = await startTool(
    resumed ? ['run', '--resume', '--out', out, '--beside'] : fakeRun(fake, out, launches),
    how,
  ).ended;
  assert.equal(last.code, 0, last.stderr);
  const found = openDocument(out).raw.launches;
  assert.equal(
    new Set(found.map(({ round }) => round)).size,
    found.length,
    'one stands there twice',
  );
  assert.equal(new Set(found.map(({ sequence }) => sequence)).size, found.length);
  return { kills: killed, launches: found.length };
}

async function waitFor(isSo: () => boolean, isOver: Promise<boolean>): Promise<void> {
  let over = false;
  void isOver.then(() => over = true);
  while (!over && !isSo()) await sleep(20);
}
