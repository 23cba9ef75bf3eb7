/** The command line that goes on with an interrupted run, ready to be pasted into a shell. */
import { existsSync } from 'node:fs';
import { isPackage } from '../boot/places.mjs';
import { hostRuntime } from '../../runtimes/host/tool_lane.ts';

/** How the tool is called under each runtime that may run it. */
const calls = isPackage
  ? { deno: 'deno run -A npm:ffi-bench', bun: 'bunx ffi-bench', node: 'npx ffi-bench' }
  : { deno: 'deno task ffi-bench', bun: 'bun run ffi-bench', node: 'npm run ffi-bench --' };

/**
 * As `npm run ffi-bench -- run --resume --out FILE`. A document that is there already is an older
 * one, which the run was begun to overwrite.
 */
export function resumeCommand(document: string): string {
  const force = existsSync(document) ? '--force ' : '';
  return `${calls[hostRuntime().runtime]} run --resume ${force}--out ${quoted(document)}`;
}

/** A word as a shell takes it back, whatever it holds. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
