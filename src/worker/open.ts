/** Opens the library in a lane, and makes a task ready there. */
import type { BindingRequest, Lane, OpenLane } from '../catalogue/lane.ts';
import type { Host, Params, Prepared, Task } from '../catalogue/task.ts';

/** The functions that a worker itself calls. */
const ownRequests: readonly BindingRequest[] = (['calls', 'manifest'] as const).map(
  (symbol) => ({ symbol, form: 'plain' }),
);

/** Whether a lane's work stays in JavaScript, so that there is no library. */
export function isPlain(lane: Lane): boolean {
  return lane.capabilities.plain_javascript === true;
}

/** Opens what the worker itself calls, apart from what a task does; null for a plain lane. */
export function openOwn(lane: Lane, library: string): OpenLane | null {
  return isPlain(lane) ? null : lane.open(library, ownRequests);
}

/** Opens what a task calls; nothing is opened for a twin that its author wrote without a lane. */
export function openTask(lane: Lane, library: string, task: Task, params: Params): OpenLane {
  const { foreign } = task;
  if (foreign === undefined) return lane.open(library, task.binds(params));
  const functions = Object.entries(foreign.functions);
  const open = lane.open(
    foreign.library,
    functions.map(([exported, signature]) => ({ exported, signature })),
  );
  return foreign.description?.readsErrno ? withErrno(lane, library, open) : open;
}

/** The lane with a way to read errno: the runtime's own function, else one of our library's. */
function withErrno(lane: Lane, library: string, open: OpenLane): OpenLane {
  if (open.errno !== undefined) return open;
  const own = lane.open(library, [{ symbol: 'errno_last', form: 'plain' }]);
  return {
    ...open,
    errno: own.call('errno_last'),
    close() {
      own.close();
      open.close();
    },
  };
}

/** A task made ready: the twin that its author wrote for plain JavaScript, or the task itself. */
export function prepare(
  lane: Lane,
  open: OpenLane,
  task: Task,
  params: Params,
  host: Host,
): Prepared {
  return isPlain(lane) && typeof task.plain === 'function'
    ? task.plain(params)
    : task.prepare(open, params, host);
}
