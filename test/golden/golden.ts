/**
 * Compares a rendered text with the file it is expected to be. With FFI_BENCH_UPDATE_GOLDEN=1 in
 * the environment the file is written instead; look at the difference before committing it.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/** Throws where `text` is not what the file of that name in this folder holds. */
export function assertGolden(name: string, text: string): void {
  const path = join(import.meta.dirname, name);
  if (process.env.FFI_BENCH_UPDATE_GOLDEN === '1') writeFileSync(path, text);
  assert.equal(text, readFileSync(path, 'utf8'), `${name} differs from what is rendered`);
}
