/** Interrupts: the first ends the run well, a second one ends it at once. */
import process from 'node:process';
import { exitCodes } from '../usage/errors.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Whether the user asked this process to stop. */
export interface Interrupt {
  /** Fires at the first interrupt, until it is released. */
  readonly signal: AbortSignal;
  release(): void;
}

/** Listens for interrupts from now on. */
export function onInterrupt(): Interrupt {
  const controller = new AbortController();
  const hear = () => {
    // Workers were killed with the first one, and the journal is written line by line.
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort();
  };
  for (const name of signals) process.on(name, hear);
  return {
    signal: controller.signal,
    release: () => signals.forEach((name) => process.off(name, hear)),
  };
}
