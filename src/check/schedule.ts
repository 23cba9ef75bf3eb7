// Runs jobs two at a time, except where two share something or one wants the machine for itself.

export interface Job {
  /** Jobs that share the same thing run one after the other. */
  readonly shares?: string;
  /** Nothing runs beside it. */
  readonly alone?: boolean;
}

/** Two: the machines that run this in CI have two cores. */
const sideBySide = 2;

/** Whether `job` may start beside those that run. */
export function mayStart(job: Job, running: readonly Job[]): boolean {
  if (running.length === 0) return true;
  if (running.length >= sideBySide || job.alone || running.some((other) => other.alone)) {
    return false;
  }
  return job.shares === undefined || running.every((other) => other.shares !== job.shares);
}

/** Runs every job once; those that want to be alone come last. */
export async function runScheduled<T extends Job>(
  jobs: readonly T[],
  run: (job: T) => Promise<void>,
): Promise<void> {
  const waiting = [...jobs.filter((job) => !job.alone), ...jobs.filter((job) => job.alone)];
  const running = new Map<T, Promise<void>>();
  while (waiting.length > 0 || running.size > 0) {
    const next = waiting.findIndex((job) => mayStart(job, [...running.keys()]));
    if (next === -1) {
      await Promise.race(running.values());
      continue;
    }
    for (const job of waiting.splice(next, 1)) {
      running.set(job, run(job).finally(() => running.delete(job)));
    }
  }
}
