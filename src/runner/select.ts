/** Which cases and lanes a run takes: a profile, narrowed or replaced by what was asked for. */
import { type CatalogueEntry, entries, tasks } from '../catalogue/catalogue.ts';
import { type ProfileName, profiles } from '../catalogue/profiles.ts';
import { caseName, type Task } from '../catalogue/task.ts';
import { type LaneRow, lanes, mechanisms } from '../../runtimes/registry.ts';
import { usageError } from './errors.ts';
import { unknownName } from './nearest.ts';

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
  readonly precision: number | null;
  /** Time for all launches, in ms. */
  readonly timeMs: number | null;
}

/** The task × params that are asked for. Throws a usage error for a name that is none. */
export function selectEntries({ profile, tasks: wanted, sizes }: Selection): CatalogueEntry[] {
  const chosen = wanted.length > 0
    ? unique(wanted.flatMap(entriesOf))
    : entries.filter(({ name }) => profiles[profile].cases?.includes(name as never) ?? true);
  return sizes.length === 0 ? chosen : unique(chosen.flatMap((entry) => resized(entry, sizes)));
}

/** A family, a task or a case, by its name. */
function entriesOf(wanted: string): CatalogueEntry[] {
  const found = entries.filter(({ name, task }) =>
    name === wanted || task.id === wanted || task.id.startsWith(`${wanted}.`)
  );
  if (found.length > 0) return found;
  const families = tasks.map(({ id }) => id.split('.')[0]!);
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

/** Whether a lane is asked for, by name (`bun.ffi`) or by mechanism (`ffi`). */
export function laneFilter({ profile, lanes: wanted }: Selection): (row: LaneRow) => boolean {
  const known = [...lanes.map(({ lane }) => lane), ...Object.keys(mechanisms)];
  for (const name of wanted) {
    if (!known.includes(name)) throw usageError(unknownName('lane', name, known));
  }
  if (wanted.length > 0) {
    return ({ lane, mechanism }) => wanted.includes(lane) || wanted.includes(mechanism);
  }
  return ({ mechanism }) => profiles[profile].mechanisms.includes(mechanism as never);
}

/** The families of tasks, in order, each with its tasks. */
export function families(): Map<string, Task[]> {
  return Map.groupBy(tasks, ({ id }) => id.split('.')[0]!);
}
