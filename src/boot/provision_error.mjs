// The errors that end a start: something needed could not be provisioned, or is not what it was.

/** Exit code of the tool when it, or the native library, could not be provisioned. */
export const exitCodeNotProvisioned = 4;

/** Exit code of the tool when the native library is refused. */
export const exitCodeLibraryRefused = 5;

/** Its message is a sentence for the user: what is missing, and what to install or do. */
export class ProvisionError extends Error {
  /** @override */
  name = 'ProvisionError';
  /** What the tool ends with. */
  exitCode = exitCodeNotProvisioned;
}

/** A native part of the package is missing or is not the one that was shipped. */
export class ReplacedPartError extends ProvisionError {
  /** @override */
  exitCode = exitCodeLibraryRefused;
}

/**
 * The message of anything that was thrown.
 * @param {unknown} thrown
 */
export function messageOf(thrown) {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
