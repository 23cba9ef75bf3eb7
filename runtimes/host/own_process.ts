/**
 * The process that a worker is, in the words of the runtime that runs it. Deno makes Node's
 * `process` when it is first touched, which takes 20 ms or more of a launch.
 */
import type fs from 'node:fs';
import { builtIn } from './built_in.ts';

/** The process that a worker is. */
export interface OwnProcess {
  /** Its one argument; undefined where it has none. */
  readonly argument: string | undefined;
  /** Writes bytes to stdout at once; returns how many it took. */
  write(bytes: Uint8Array): number;
  /** How often the system took the processor away; null where the runtime cannot tell at once. */
  involuntarySwitches(): number | null;
  exit(code: number): never;
}

/** What of Deno a worker uses. */
interface DenoProcess {
  readonly args: readonly string[];
  readonly stdout: { writeSync(bytes: Uint8Array): number };
  exit(code: number): never;
}

const { Deno: deno, [Symbol.toStringTag]: scope } = globalThis as unknown as {
  readonly Deno?: DenoProcess;
  readonly [Symbol.toStringTag]?: string;
};

function ofDeno({ args, stdout, exit }: DenoProcess): OwnProcess {
  return {
    argument: args[0],
    write: (bytes) => writtenNow(() => stdout.writeSync(bytes)),
    involuntarySwitches: () => null,
    exit,
  };
}

/**
 * How many bytes were taken: none by a pipe that is full at the moment and does not wait. The
 * caller tries again with the rest; the tool reads on meanwhile.
 */
export function writtenNow(write: () => number): number {
  try {
    return write();
  } catch (error) {
    const { code } = error as { readonly code?: string };
    if (code === 'EAGAIN' || code === 'WouldBlock') return 0;
    throw error;
  }
}

async function ofNode(): Promise<OwnProcess> {
  const { process } = globalThis;
  const { writeSync } = await builtIn<typeof fs>('node:fs');
  return {
    argument: process.argv[2],
    write: (bytes) => writtenNow(() => writeSync(1, bytes)),
    // The first versions of Bun that are measured have no such function.
    involuntarySwitches: () => process.resourceUsage?.().involuntaryContextSwitches ?? null,
    exit: (code) => process.exit(code),
  };
}

// A Worker of Deno has the arguments of its process there, and its own in `process.argv`.
const isMainThread = scope === 'Window';

export const ownProcess: OwnProcess = deno !== undefined && isMainThread
  ? ofDeno(deno)
  : await ofNode();
