/** The catalogue: every task, by its id. */
import { tasks as article } from './tasks/article.ts';
import { tasks as async } from './tasks/async.ts';
import { tasks as buffer } from './tasks/buffer.ts';
import { tasks as call } from './tasks/call.ts';
import { tasks as callback } from './tasks/callback.ts';
import { tasks as errno } from './tasks/errno.ts';
import { tasks as handle } from './tasks/handle.ts';
import { tasks as listSum } from './tasks/list_sum.ts';
import { tasks as points } from './tasks/points.ts';
import { tasks as range } from './tasks/range.ts';
import { tasks as records } from './tasks/records.ts';
import { tasks as start } from './tasks/start.ts';
import { tasks as stringIn } from './tasks/string_in.ts';
import { tasks as stringOut } from './tasks/string_out.ts';
import { tasks as struct } from './tasks/struct.ts';
import { tasks as thread } from './tasks/thread.ts';
import { tasks as tree } from './tasks/tree.ts';
import { tasks as work } from './tasks/work.ts';
import { caseName, type Params, type Task } from './task.ts';

/** Every task, in the order in which tables show them. */
export const tasks: readonly Task[] = [
  ...call,
  ...buffer,
  ...stringIn,
  ...stringOut,
  ...struct,
  ...listSum,
  ...points,
  ...records,
  ...tree,
  ...handle,
  ...range,
  ...callback,
  ...async,
  ...thread,
  ...errno,
  ...start,
  ...work,
  ...article,
];

/** A task with one of its params. */
export interface CatalogueEntry {
  readonly name: string;
  readonly task: Task;
  readonly params: Params;
}

/** Every task × params, in order. */
export const entries: readonly CatalogueEntry[] = tasks.flatMap((task) =>
  task.params.map((params) => ({ name: caseName(task.id, params), task, params }))
);
