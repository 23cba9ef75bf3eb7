/** Which cases and lanes a run takes: a profile, narrowed or replaced by what was asked for. */
import { type CatalogueEntry, entries, tasks } from '../catalogue/catalogue.ts';
import {
  type Profile,
  type ProfileName,
  type ProfilePart,
  profiles,
} from '../catalogue/profiles.ts';
import { caseName, familyOf, type Task } from '../catalogue/task.ts';
import { isPythonLane, lanes } from '../../runtimes/lanes.ts';
import { type LaneRow, mechanisms } from '../../runtimes/registry.ts';
import { isFolded } from './plan.ts';
import { usageError } from '../usage/errors.ts';
import { unknownName } from '../usage/nearest.ts';

/** What a command line may say about what to measure; the flags as they were given. */
export interface Selection {
  readonly profile: ProfileName;
  readonly runtimes: readonly string[];
  readonly lanes: readonly string[];
  readonly tasks: readonly string[];
  readonly sizes: readonly number[];
  readonly libraries: readonly string[];
  readonly launches: number | null;
  /** Half width of a cost's interval to reach, as a share of the cost. */
  /** `LABEL=PATH` of other checkouts, whose workers and libraries are arms of their own. */
  readonly checkouts: readonly string[];
  readonly precision: number | null;
  /** Time for all launches, in ms. */
  readonly timeMs: number | null;
  /** Whether the instructions of each case are counted. */
  readonly instructions: boolean;
}

/** What a run takes that was asked for nothing in particular. */
export const unnarrowed: Selection = {
  profile: 'default',
  runtimes: [],
  lanes: [],
  tasks: [],
  sizes: [],
  libraries: [],
  checkouts: [],
  launches: null,
  precision: null,
  timeMs: null,
  instructions: true,
};

/** The task × params that are asked for. Throws a usage error for a name that is none. */
export function selectEntries({ profile, tasks: wanted, sizes }: Selection): CatalogueEntry[] {
  const { parts }: Profile = profiles[profile];
  const chosen = wanted.length > 0
    ? unique(wanted.flatMap(entriesOf))
    : entries.filter(({ name }) => parts.some((part) => isListed(part, name)));
  return sizes.length === 0 ? chosen : unique(chosen.flatMap((entry) => resized(entry, sizes)));
}

function isListed({ cases }: ProfilePart, name: string): boolean {
  return cases?.includes(name) ?? true;
}

/**
 * Launches of a case that the engine folds, at the most: it is shown, and compared with nothing.
 */
const foldedRounds = 3;

/**
 * Rounds of a case at the most where a precision is asked for and no number: on a disturbed machine
 * some costs never get there.
 */
const mostAdaptiveRounds = 100;

/**
 * The rounds that a case of a lane is given: what was asked for, else what the profile gives it in
 * the first of its parts that has it, else none. A twin is the second label of a runtime, for an
 * A/A control.
 */
export function roundsFor(
  selection: Selection,
  entry: CatalogueEntry,
  row: LaneRow,
  isTwin: boolean,
): number {
  const rounds = roundsWanted(selection, entry, row, isTwin);
  const { launches, precision } = selection;
  return isFolded(row, entry) && launches === null && precision === null
    ? Math.min(rounds, foldedRounds)
    : rounds;
}

function roundsWanted(
  selection: Selection,
  { name }: CatalogueEntry,
  row: LaneRow,
  isTwin: boolean,
): number {
  if (!isWanted(selection, row)) return 0;
  const profile: Profile = profiles[selection.profile];
  const { lanes: wanted, tasks } = selection;
  const ofNamed: ProfilePart = { cases: null, mechanisms: profile.named };
  const parts = tasks.length > 0 ? [...profile.parts, ofNamed] : profile.parts;
  const part = parts.find((one) =>
    isListed(one, name) && (wanted.length > 0 || isIn(one, row, profile))
  );
  if (part === undefined) return 0;
  // A control is for what the profile is about, or for what was named.
  if (isTwin && (row.mechanism !== 'ffi' || (part !== parts[0] && part !== ofNamed))) return 0;
  return roundsOf(selection, part.rounds ?? profile.rounds);
}

/** Whether a part is of a lane; a Python that was named has all of its lanes in any part. */
function isIn({ mechanisms }: ProfilePart, row: LaneRow, { withPython }: Profile): boolean {
  const isNamedPython = isPythonLane(row) && withPython !== true;
  return isNamedPython || (mechanisms?.includes(row.mechanism) ?? true);
}

function roundsOf({ launches, precision }: Selection, rounds: number): number {
  return launches ?? (precision === null ? rounds : mostAdaptiveRounds);
}

/** A family, a task or a case, by its name. */
function entriesOf(wanted: string): CatalogueEntry[] {
  const found = entries.filter(({ name, task }) =>
    name === wanted || task.id === wanted || task.id.startsWith(`${wanted}.`)
  );
  if (found.length > 0) return found;
  const families = tasks.map(({ id }) => familyOf(id));
  throw usageError(
    unknownName('task', wanted, [...families, ...tasks.map(({ id }) => id), ...names(wanted)]),
  );
}

/** The cases of a task that was named with params that it does not have. */
function names(wanted: string): string[] {
  const id = wanted.split('[')[0];
  return entries.filter(({ task }) => task.id === id).map(({ name }) => name);
}

/** A swept case at other sizes; one that is no sweep stays as it is. */
function resized({ task, params, name }: CatalogueEntry, sizes: readonly number[]) {
  const { sweep } = task;
  if (sweep === null) return [{ task, params, name }];
  return sizes.map((size) => {
    const given = { ...params, [sweep]: size };
    return { task, params: given, name: caseName(task.id, given) };
  });
}

function unique(list: readonly CatalogueEntry[]): CatalogueEntry[] {
  return [...new Map(list.map((entry) => [entry.name, entry])).values()];
}

/** Whether the lanes that were named, or none, have this one among them. */
export function isWanted({ lanes: wanted }: Selection, { lane, mechanism }: LaneRow): boolean {
  return wanted.length === 0 || wanted.includes(lane) || wanted.includes(mechanism);
}

/** Whether lanes of CPython are asked for: by their names, or by a profile that has them. */
export function wantsPython(selection: Selection): boolean {
  const { withPython }: Profile = profiles[selection.profile];
  if (selection.lanes.length === 0) return withPython === true;
  // "plain" names the lanes of whatever runtimes are measured anyway.
  return lanes.filter(isPythonLane).some((row) =>
    selection.lanes.includes(row.lane) ||
    (row.mechanism !== 'plain' && selection.lanes.includes(row.mechanism))
  );
}

/** Refuses a lane that is none. */
export function checkLanes({ lanes: wanted }: Selection): void {
  const known = [...lanes.map(({ lane }) => lane), ...Object.keys(mechanisms)];
  for (const name of wanted) {
    if (!known.includes(name)) throw usageError(unknownName('lane', name, known));
  }
}

/** The families of tasks, in order, each with its tasks. */
export function families(): Map<string, Task[]> {
  return Map.groupBy(tasks, ({ id }) => familyOf(id));
}
