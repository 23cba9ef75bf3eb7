/**
 * The error of a file that cannot be used as it is: its message is a sentence for the user, and the
 * command line ends with exit code 2.
 */

/** Names the file, the place in it and the reason. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** Most characters of a foreign value that a message repeats. */
const mostShown = 80;

/** A value as a message may show it: short, on one line, without control characters. */
export function shownValue(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value) ?? String(value);
  // deno-lint-ignore no-control-regex
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '?');
  return plain.length <= mostShown ? plain : `${plain.slice(0, mostShown)}…`;
}
