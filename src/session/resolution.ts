/**
 * What this machine can tell apart: twins and planted slowdowns of a few kernels, launched in the
 * rounds of a run and judged as a run judges.
 */
import { join } from 'node:path';
import { libraryPath } from '../boot/library.mjs';
import { runQuietly } from '../boot/child.mjs';
import { findZig, installZig, zigEnvironment } from '../boot/zig.mjs';
import type { Document, LaunchLine } from '../results/schema.ts';
import {
  type Control,
  drawSplits,
  judgeControl,
  shareFound,
  smallestResolved,
  type Splitting,
} from '../stats/resolution.ts';
import { median } from '../stats/quantiles.ts';
import { launchCost } from '../analysis/launch_cost.ts';
import { isSetAside } from '../results/keys.ts';
import { costEstimators } from '../stats/estimators.ts';
import { exitCodes, RunError } from '../usage/errors.ts';
import { execute, type Listener } from './run.ts';
import { seeded } from '../planning/random.ts';
import { unnarrowed } from '../planning/select.ts';
import { type Invocation, prepareSession } from './prepare.ts';

/** A slowdown that a build of the library has on purpose. */
interface Planted {
  /** Case that it slows down. */
  readonly name: string;
  /** Kernels that are slowed down, and by what, in the build's own options. */
  readonly options: (ghz: number) => string[];
  /** The build that it is compared with; absent where that is the library as it is. */
  readonly baseOptions?: string[];
  readonly says: string;
}

/** One slowdown in ns on the cheapest call, and shares of work of about a microsecond and less. */
const planted: Record<string, Planted> = {
  slow_noop: {
    name: 'call.noop',
    options: (ghz) => ['-Dplant=noop', '-Dplant-ns=1', `-Dplant-ghz=${ghz.toFixed(2)}`],
    baseOptions: ['-Dplant=noop', '-Dplant-ns=0'],
    says: '+1 ns',
  },
  slow_loop: {
    name: 'range.loop[3000]',
    options: () => ['-Dplant=range_loop', '-Dplant-percent=5'],
    says: '+5 %',
  },
  slow_loop_1: {
    name: 'range.loop[3000]',
    options: () => ['-Dplant=range_loop', '-Dplant-percent=1'],
    says: '+1 %',
  },
  slow_sum: {
    name: 'buffer.sum[4096]',
    options: () => ['-Dplant=buffer_sum', '-Dplant-percent=5'],
    says: '+5 %',
  },
};

/** What was found of one case in one lane. */
export interface Resolution {
  readonly name: string;
  readonly lane: string;
  readonly rounds: number;
  readonly costNs: number;
  readonly control: Control;
  /** Smallest slowdown that is found, as a share of the cost; null where none is. */
  readonly resolved: number | null;
  readonly planted: { readonly says: string; readonly share: number; readonly found: number };
}

/** A lane in which too few rounds have a cost in all arms: the core was not free for them. */
export type Undecided = Pick<Resolution, 'name' | 'lane' | 'rounds'>;

/** How long and how finely the machine is examined. */
export interface ResolutionOptions {
  readonly runtimes: readonly string[];
  readonly rounds: number;
  /** Rounds of each split: what a run would have. */
  readonly splitRounds: number;
  readonly splits: number;
}

/** A library with a planted slowdown and the one that it is compared with. */
export interface PlantedLibraries {
  readonly slow: string;
  readonly honest: string;
}

/** Builds the planted libraries into a folder; returns their paths by label. Needs Zig. */
export async function buildPlanted(
  checkout: string,
  folder: string,
  ghz: number,
): Promise<Map<string, PlantedLibraries>> {
  const zig = (await findZig()) ?? (await installZig());
  const build = async (name: string, options: readonly string[]) => {
    const prefix = join(folder, name, 'zig-out');
    const outcome = await runQuietly(zig.path, ['build', '--prefix', prefix, ...options], {
      cwd: checkout,
      env: zigEnvironment(),
    });
    if (outcome.code !== 0) {
      throw new RunError(
        exitCodes.notProvisioned,
        `The library with a planted slowdown could not be built:\n${outcome.stderr.slice(-800)}`,
      );
    }
    return libraryPath(join(folder, name));
  };
  const built = new Map<string, PlantedLibraries>();
  for (const [label, { options, baseOptions }] of Object.entries(planted)) {
    const slow = await build(label, options(ghz));
    const honest = baseOptions === undefined
      ? libraryPath(checkout)
      : await build(`${label}_base`, baseOptions);
    built.set(label, { slow, honest });
  }
  return built;
}

/** One planted case to be examined. */
export interface Examination {
  readonly label: string;
  readonly libraries: PlantedLibraries;
  readonly options: ResolutionOptions;
  readonly invocation: Invocation;
  readonly journalPath: string;
  readonly listener: Listener;
  readonly abort: AbortSignal;
}

/** Launches a planted case: the honest library under two labels, and the slow one, in one run. */
export async function examine(examination: Examination): Promise<Document | null> {
  const { label, libraries, options, invocation, journalPath, listener, abort } = examination;
  const { slow, honest } = libraries;
  const session = await prepareSession({
    ...unnarrowed,
    runtimes: options.runtimes,
    lanes: ['ffi'],
    tasks: [planted[label]!.name.split('[')[0]!],
    sizes: sizesOf(planted[label]!.name),
    libraries: [`a=${honest}`, `b=${honest}`, `slow=${slow}`],
    launches: options.rounds,
  }, invocation);
  return await execute(session, {
    checkout: invocation.checkout,
    journalPath,
    resume: false,
    extent: { precision: null, timeMs: null },
    listener,
    abort,
  });
}

/** The size in a case's name, as `--size` would say it. */
function sizesOf(name: string): number[] {
  const [, size] = /\[(\d+)\]$/.exec(name) ?? [];
  return size === undefined ? [] : [Number(size)];
}

/** What the launches of a planted case say, per lane. */
export function conclude(
  label: string,
  document: Document,
  options: ResolutionOptions,
): (Resolution | Undecided)[] {
  const { name, says } = planted[label]!;
  const splitting: Splitting = {
    rounds: options.splitRounds,
    splits: options.splits,
    random: seeded(document.provenance.seed),
  };
  return options.runtimes.map((runtime) => {
    const arm = (library: string) => `${runtime}.ffi.${library}`;
    const [a, b, slow] = costsOf(document.raw.launches, [arm('a'), arm('b'), arm('slow')]);
    const lane = `${runtime}.ffi`;
    if (a!.length < options.splitRounds) return { name, lane, rounds: a!.length };
    const splits = drawSplits({ a: a!, b: b! }, splitting, true);
    const slowSplits = drawSplits({ a: a!, b: slow! }, splitting, false);
    return {
      name,
      lane,
      rounds: a!.length,
      costNs: median([...a!, ...b!]),
      control: judgeControl(splits),
      resolved: smallestResolved(splits),
      planted: {
        says,
        share: median(slow!.map((ns, i) => ns / a![i]!)) - 1,
        found: shareFound(slowSplits),
      },
    };
  });
}

/** The costs of some arms in the rounds that all of them finished, in ns. */
function costsOf(
  launches: readonly Omit<LaunchLine, 'kind'>[],
  arms: readonly string[],
): number[][] {
  const byRound = Map.groupBy(
    launches.filter((launch) => !isSetAside(launch)),
    ({ round }) => round,
  );
  const whole = [...byRound.values()]
    .map((ofRound) => arms.map((arm) => costIn(ofRound.filter((launch) => launch.arm === arm))))
    .filter((found) => found.every((cost) => cost !== null));
  return arms.map((_, i) => whole.map((found) => found[i]!));
}

/** The cost of one round and arm after all its attempts, in ns; null where none has one. */
function costIn(attempts: readonly Pick<LaunchLine, 'measured'>[]): number | null {
  const costs = attempts.flatMap(({ measured }) =>
    measured === null ? [] : [launchCost(measured, costEstimators.free_median)]
  );
  return costs.findLast((cost) => typeof cost === 'number') ?? null;
}
