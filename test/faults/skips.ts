/**
 * The only tests that may be left out, and why: what the tested system does not offer everywhere.
 * Each is false where the test runs. The tidy test refuses any other way to leave one out.
 */
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { laneRow } from '../../runtimes/lanes.ts';
import { canBoundMemory } from '../../src/launching/confine.ts';
import { generatedHere, type Reasons } from '../../src/machine/generators.ts';

const isLinux = process.platform === 'linux';

/** How a program is started in a mount namespace of its own, where it may mount a small disk. */
export const unshare = ['--mount', '--map-root-user'];

function canMount(): boolean {
  const mount = ['mount', '-t', 'tmpfs', 'none', '/mnt'];
  return isLinux && spawnSync('unshare', [...unshare, ...mount]).status === 0;
}

/** Variable that is set where runtimes are those of another processor, started by an emulator. */
const isEmulated = process.env.FFI_BENCH_EMULATED !== undefined;

/** Why a lane cannot be tested here; false where it can. */
function skipsLane(lane: string): string | false {
  return isEmulated && lane === 'bun.cc'
    ? 'TinyCC looks for the C library of the emulated processor where this machine has its own'
    : false;
}

/** Why what a lane by a binding generator opens is not here; false where it is. */
function skipsGenerated(lane: string): string | false {
  const { artifact } = laneRow(lane);
  if (generatedHere().get(artifact) === true) return false;
  const reasons: Reasons = JSON.parse(process.env.FFI_BENCH_GENERATED ?? '{}');
  return reasons[artifact as keyof Reasons] ??
    'it is built by a run that names its lane and by "npm run test:release" alone';
}

export const skips = {
  smallDisk: canMount() ? false : 'mounting a small disk is not permitted here',
  boundMemory: isLinux && canBoundMemory()
    ? false
    : 'this system has no prlimit to bound the memory of a worker with',
  endsWithParent: isLinux ? false : 'only Linux ends children with their parent',
  timing: isEmulated ? 'how many calls an emulator makes in a time says nothing' : false,
  lane: skipsLane,
  generated: skipsGenerated,
};
