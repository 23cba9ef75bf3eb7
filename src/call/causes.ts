/** Why a call ended its process, or never ended: from its signal, its exit code and its stderr. */
import type { CallDescription } from '../catalogue/foreign.ts';

/** How the process of one lane ended. */
export interface Ending {
  readonly outcome: string;
  readonly reason: string | null;
  readonly signal: string | null;
  readonly exitCode: number | null;
  readonly stderrTail: string;
}

/** How long a call may take before it counts as one that blocks, in ms. */
export const blockingMs = 8000;

/** What runtimes write themselves when they crash, and debuggers' advice. */
const runtimesOwn = new RegExp(
  [
    String.raw`^\s*(at |$)`,
    '^(bun v|linux kernel|cpu:|args:|features:|builtins:|elapsed:|rss:|platform:|version:)',
    String.raw`^(oh no|panic|uh-oh|crashed|={2}|#|-{4,}|to send|to report|https?:|thread '|note:)`,
    String.raw`^(deno has|this indicates|\(node:|trace/breakpoint|aborted|segmentation)`,
    String.raw`^(native stack trace|javascript stack trace|\s*\d+: 0x)`,
  ].join('|'),
  'i',
);

/** The last line that the library itself wrote to stderr; null where there is none. */
export function lastWord(stderrTail: string): string | null {
  const lines = stderrTail.split('\n').map((line) => line.trim());
  return lines.findLast((line) => line !== '' && !runtimesOwn.test(line)) ?? null;
}

/** The likely cause of an ending that was none of the function's intent; null for others. */
export function causeOf(ending: Ending, description: CallDescription | null): string | null {
  const { outcome, reason, stderrTail } = ending;
  const missing = /(?:undefined symbol|symbol not found)[:\s]+(\w+)/i.exec(
    `${stderrTail}\n${reason ?? ''}`,
  );
  if (missing !== null) {
    return `The library needs ${missing[1]}, which no library that it names has: a library of it ` +
      'is missing, or is of another version.';
  }
  if (outcome === 'timed_out') {
    return `It did not return within ${
      blockingMs / 1000
    } s: it waits for something (input, time, ` +
      'another process, a lock), or runs for ever with these arguments.';
  }
  if (outcome === 'protocol_error' && ending.exitCode !== null) return exited(ending);
  if (outcome !== 'crashed') return null;
  const said = lastWord(stderrTail);
  const quoted = said === null ? '' : ` The last that was written to stderr: "${said}"`;
  return `${crash(ending, description)}${quoted}`;
}

function crash(ending: Ending, description: CallDescription | null): string {
  const { signal, exitCode, stderrTail } = ending;
  const nulls = nullArguments(description);
  const ofNull = nulls.length > 0
    ? ` Null was passed for ${nulls.join(' and ')} (--arg gives another value).`
    : '';
  if (/free\(\)|double free|malloc|corrupt|munmap_chunk|heap/i.test(stderrTail)) {
    return `The heap was damaged: memory was written beyond a buffer, or freed that was not ` +
      `allocated.${ofNull}`;
  }
  switch (signal) {
    case 'SIGABRT':
      return 'It called abort(): an assertion of the library failed, or it refused its arguments.' +
        ofNull;
    case 'SIGFPE':
      return 'It divided a whole number by zero.';
    case 'SIGILL':
    case 'SIGTRAP':
      return `It ran into a trap: a check of the library, or of the runtime, failed.${ofNull}`;
    case 'SIGPIPE':
      return 'It wrote to a pipe or a socket that nothing reads.';
    case 'SIGKILL':
      return 'It was killed from outside, or by the system, which was out of memory.';
    case 'SIGSEGV':
    case 'SIGBUS':
      return `It used an address that is not its own.${ofNull} ${likelyCause}`;
  }
  // Bun and Windows turn a crash into an exit code; anything else is an exit that was asked for.
  const isCrash = exitCode !== null && (exitCode >= 128 || exitCode < 0);
  if (isCrash) return `It crashed (exit code ${exitCode}).${ofNull} ${likelyCause}`;
  return exited(ending);
}

function exited({ exitCode }: Ending): string {
  return `The function, or what it calls, ended the process with exit code ${exitCode}.`;
}

/** What is said of a crash that tells no more. */
export const likelyCause =
  'A prototype that does not match the function is the likely cause, or an argument that it does ' +
  'not take: a null pointer (--arg), a length beyond its buffer.';

/** The pointers and callbacks that are null in a call. */
function nullArguments(description: CallDescription | null): string[] {
  return (description?.parameters ?? []).filter(({ recipe }) => recipe.from === 'null')
    .map(({ name }) => name);
}
