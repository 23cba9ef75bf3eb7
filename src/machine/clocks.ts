/** The clocks that a run is read by, and what they say together of a stretch of time. */
import os from 'node:os';

/** Clocks; tests put their own here. */
export interface Clocks {
  /** Never set, and stands still while the machine sleeps, in ms. */
  steadyMs(): number;
  /** The time of day, in ms: it can be set. */
  wallMs(): number;
  /** Time since the machine started, its sleep included, in ms; some systems count seconds. */
  upMs(): number;
}

export const systemClocks: Clocks = {
  steadyMs: () => performance.now(),
  wallMs: () => Date.now(),
  upMs: () => os.uptime() * 1000,
};

/** A stretch of time by all clocks, in ms. */
export interface Stretch {
  readonly steadyMs: number;
  readonly wallMs: number;
  readonly upMs: number;
}

/** Starts a stretch; call what it answers to end it. */
export function startStretch(clocks: Clocks): () => Stretch {
  const [steady, wall, up] = [clocks.steadyMs(), clocks.wallMs(), clocks.upMs()];
  return () => ({
    steadyMs: clocks.steadyMs() - steady,
    wallMs: clocks.wallMs() - wall,
    upMs: clocks.upMs() - up,
  });
}

/** A wall clock that parts from the steady one by more was set, or the machine slept, in ms. */
const clockStepMs = 250;
/** The same for the time since the start, which some systems tell in whole seconds. */
const sleepMs = 2500;

/** Marks of a launch by the clocks. */
export function clockMarks({ steadyMs, wallMs, upMs }: Stretch): string[] {
  return [
    ...(Math.abs(wallMs - steadyMs) > clockStepMs ? ['clock_step'] : []),
    ...(upMs - steadyMs > sleepMs ? ['suspended'] : []),
  ];
}
