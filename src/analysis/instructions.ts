/**
 * What one call executes, from the stretches that workers stepped through: a stretch of n calls and
 * one of 2n differ by n calls alone. Pure.
 */
import type { Instructions, Region } from '../results/schema.ts';
import { rounded } from '../stats/rounded.ts';
import type { SteppedMessage, Stretch } from '../worker/protocol.ts';

/** Pairs of stretches from which a count may be called exact. */
const pairsForExact = 3;

/** Why a case that was not stepped has no count. */
export function notCounted(reason: string): Instructions {
  return { per_call: { low: 0, high: 0, exact: false }, regions: [], launches: 0, reason };
}

/**
 * Instructions per call of a case, from the launches that stepped it. `libraries` are the paths of
 * what is measured: the native library, or the addon that has its functions.
 */
export function instructionsOf(
  launches: readonly SteppedMessage[],
  libraries: readonly string[],
): Instructions {
  const stepped = launches.filter(({ pairs }) => pairs.length > 0);
  if (stepped.length === 0) {
    return notCounted(launches[0]?.reason ?? 'no launch of it stepped anything');
  }
  const perLaunch = stepped.map(({ calls, pairs }) =>
    settledPairs(pairs.map((pair) => perCall(pair, calls, libraries)))
  );
  const perPair = perLaunch.flat();
  const total = rangeOf(perPair.map(totalOf));
  const isEnough = perLaunch.every((pairs) => pairs.length >= pairsForExact);
  return {
    per_call: { ...total, exact: isEnough && total.low === total.high },
    regions: regionsOf(perPair),
    launches: stepped.length,
    reason: null,
  };
}

type Counts = ReadonlyMap<string, number>;

/** The last pairs of a launch where three of them agree: those before met what came once. */
function settledPairs(pairs: readonly Counts[]): readonly Counts[] {
  const last = pairs.slice(-pairsForExact);
  const isAgreed = new Set(last.map((counts) => rounded(totalOf(counts)))).size === 1;
  return last.length === pairsForExact && isAgreed ? last : pairs;
}

function totalOf(counts: Counts): number {
  return sum([...counts.values()]);
}

/** What the two stretches of a pair differ by, per call, by region. */
function perCall(
  [once, twice]: readonly [Stretch, Stretch],
  calls: number,
  libraries: readonly string[],
): Counts {
  const before = countsOf(once, libraries);
  const after = countsOf(twice, libraries);
  const keys = new Set([...before.keys(), ...after.keys()]);
  return new Map(
    [...keys].map((key) => [key, ((after.get(key) ?? 0) - (before.get(key) ?? 0)) / calls]),
  );
}

function countsOf({ regions }: Stretch, libraries: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const { kind, path, instructions } of regions) {
    const key = keyOf(kind, path, libraries);
    counts.set(key, (counts.get(key) ?? 0) + instructions);
  }
  return counts;
}

/** `region` and, for files, the file's name without its folder. */
function keyOf(
  kind: Stretch['regions'][number]['kind'],
  path: string,
  libraries: readonly string[],
): string {
  if (kind === 'unknown') return 'other\n';
  if (kind !== 'file') return `${kind}\n`;
  const region: Region = libraries.includes(path) ? 'library' : 'other';
  return `${region}\n${path.slice(path.lastIndexOf('/') + 1)}`;
}

function regionsOf(perPair: readonly Counts[]): Instructions['regions'] {
  const keys = new Set(perPair.flatMap((counts) => [...counts.keys()]));
  return [...keys]
    .map((key) => {
      const [region, file] = key.split('\n') as [Region, string];
      const range = rangeOf(perPair.map((counts) => counts.get(key) ?? 0));
      return { region, file: file === '' ? null : file, ...range };
    })
    .filter(({ high }) => high > 0)
    .sort((a, b) => b.high - a.high);
}

/** Least and most; a difference of stretches that did not repeat may come out below zero. */
function rangeOf(values: readonly number[]): { low: number; high: number } {
  return {
    low: rounded(Math.max(0, Math.min(...values))),
    high: rounded(Math.max(0, ...values)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
