/**
 * Runs the tool on a small disk that fills up or becomes read-only meanwhile, mends the disk,
 * resumes, and tells what was found. Started in a mount namespace of its own; see
 * faults_runs_test.ts.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { openDocument } from '../../src/analysis/open.ts';
import { eventually } from './launching.ts';
import { fakeRun, launchesSoFar, letThrough, runTool, startTool, writeFake } from './tool.ts';

const [fault, folder = ''] = process.argv.slice(2);
const planned = 14;

function mount(...args: readonly string[]): void {
  const { status, stderr } = spawnSync('mount', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`mount ${args.join(' ')}: ${stderr}`);
}

mount('-t', 'tmpfs', '-o', 'size=1m', 'none', folder);
const out = join(folder, 'results', 'run.json');
mkdirSync(join(folder, 'results'));
// Beside the disk, not on it.
const gate = letThrough(`${folder}.gate`, 2);
const fake = writeFake(join(folder, 'fake.mjs'), { gate });
const { ended } = startTool(fakeRun(fake, out, planned));
if (!await eventually(() => launchesSoFar(out) >= 2)) throw new Error('No launch was journalled.');

const filler = join(folder, 'filler');
if (fault === 'full') {
  const { bavail, bsize } = statfsSync(folder);
  // A few lines more fit, so that one is torn in its middle.
  writeFileSync(filler, new Uint8Array(bavail * bsize - bsize));
} else {
  // The journal is open and goes on; nothing new can be made beside it.
  mount('--bind', join(folder, 'results'), join(folder, 'results'));
  mount('-o', 'remount,bind,ro', join(folder, 'results'));
}
letThrough(gate);
const { code, stderr } = await ended;
const kept = launchesSoFar(out);
if (fault === 'full') rmSync(filler);
else spawnSync('umount', [join(folder, 'results')]);
const resumed = await runTool(['run', '--resume', '--out', out, '--beside']);
const rounds = resumed.code === 0
  ? openDocument(out).raw.launches.map(({ round }) => round).sort((a, b) => a - b)
  : [];
process.stdout.write(JSON.stringify({
  code,
  stderr,
  kept,
  planned,
  resumedCode: resumed.code,
  resumedStderr: resumed.stderr,
  rounds,
}));
