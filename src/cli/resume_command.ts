/** The command line that goes on with an interrupted run, ready to be pasted into a shell. */
import { hostRuntime } from '../../runtimes/host.ts';

/** How the tool is called under each runtime that may run it. */
const calls = {
  deno: 'deno task ffi-bench',
  bun: 'bun run ffi-bench',
  node: 'npm run ffi-bench --',
} as const;

/** As `npm run ffi-bench -- run --resume --out FILE`. */
export function resumeCommand(document: string): string {
  return `${calls[hostRuntime().runtime]} run --resume --out ${quoted(document)}`;
}

/** A word as a shell takes it back, whatever it holds. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
