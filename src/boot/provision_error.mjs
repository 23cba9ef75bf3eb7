// The error that ends a start with exit code 4: something needed could not be provisioned.

/** Exit code of the tool when it, or the native library, could not be provisioned. */
export const exitCodeNotProvisioned = 4;

/** Its message is a sentence for the user: what is missing, and what to install or do. */
export class ProvisionError extends Error {
  /** @override */
  name = 'ProvisionError';
}

/**
 * The message of anything that was thrown.
 * @param {unknown} thrown
 */
export function messageOf(thrown) {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
