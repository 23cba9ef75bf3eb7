/** Interrupts: the first ends the run well, a second one ends it at once. */
import process from 'node:process';
import { exitCodes } from '../runner/errors.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A signal that fires at the first interrupt, until it is released. */
export function onInterrupt(): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const hear = () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort();
  };
  for (const name of signals) process.on(name, hear);
  return {
    signal: controller.signal,
    release: () => signals.forEach((name) => process.off(name, hear)),
  };
}
