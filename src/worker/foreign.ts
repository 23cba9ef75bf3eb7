/** Finds tasks that are none of the catalogue's: functions of another library. */
import { foreignTask } from '../call/task.ts';
import type { Task } from '../catalogue/task.ts';
import type { FindTask } from './main.ts';

/** What the user's module exports that is bundled into the worker: tasks and functions. */
export type UserModule = Readonly<Record<string, unknown>>;

/** Makes tasks of their descriptions, or takes them from the module that is bundled in. */
export function findForeign(user: UserModule): FindTask {
  return ({ task: id, foreign }) => {
    if (foreign === undefined) return undefined;
    if (!('id' in foreign)) return bundledTask(user, id, foreign.library);
    const { against } = foreign;
    return foreignTask(foreign, against === null ? undefined : user[against] as () => unknown);
  };
}

/** A task of the user's module, with its library where the tool found it. */
function bundledTask(user: UserModule, id: string, library: string): Task | undefined {
  const task = ([user.default].flat() as Task[]).find((one) => one.id === id);
  return task && { ...task, foreign: { ...task.foreign!, library } };
}
