/** Finds tasks that are none of the catalogue's: functions of other libraries. */
import { exportOf, foreignTask, withSignatures } from '../call/task.ts';
import type { BundledTask } from '../catalogue/foreign.ts';
import type { Task } from '../catalogue/task.ts';
import type { FindTask } from './main.ts';

/** What a user's own module exports that is bundled into the worker: tasks and functions. */
export type UserModule = Readonly<Record<string, unknown>>;

/** Makes tasks of their descriptions, or takes them from the module that is bundled in. */
export function findForeign(user: UserModule): FindTask {
  return ({ task: id, foreign }) => {
    if (foreign === undefined) return undefined;
    if (!('id' in foreign)) return bundledTask(user, id, foreign);
    const { against } = foreign;
    return foreignTask(
      foreign,
      against === null ? undefined : exportOf(user, against) as () => unknown,
    );
  };
}

/** A task of the user's module, with its library and its signatures as the tool found them. */
function bundledTask(user: UserModule, id: string, { library, functions }: BundledTask) {
  const task = ([user.default].flat() as Task[]).find((one) => one.id === id);
  return task && withSignatures(task, { library, functions, description: null });
}
