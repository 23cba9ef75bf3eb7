/** The ways in which a run can end early, each with the exit code of the command line. */

/** Ends the tool with a sentence and an exit code. */
export class RunError extends Error {
  readonly exitCode: number;
  constructor(exitCode: number, sentence: string) {
    super(sentence);
    this.exitCode = exitCode;
  }
}

/** What a command ends with. */
export const exitCodes = {
  good: 0,
  caseFailed: 1,
  usage: 2,
  nothingToRun: 3,
  notProvisioned: 4,
  libraryRefused: 5,
  interrupted: 130,
} as const;

/** Bad input: a flag, a name or a file. */
export function usageError(sentence: string): RunError {
  return new RunError(exitCodes.usage, sentence);
}
