/** Runs under an emulator: that a launch gave known answers is a result, its time is none. */
import type { LaunchResult } from '../launching/launch.ts';

/** A result without its figures, and why it has none; `emulatedOn` is the processor beneath. */
export function withoutTime(result: LaunchResult, emulatedOn: string): LaunchResult {
  if (result.outcome !== 'done') return result;
  return {
    ...result,
    outcome: 'unsupported',
    reason: `It ran to its end under an emulator on ${emulatedOn}, whose time is no time.`,
    measured: null,
  };
}
