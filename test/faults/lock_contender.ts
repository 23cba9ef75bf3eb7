// One of many processes that want one lock again and again. The one that holds it makes a folder
// that must not be there, removes it, and leaves the lock behind as a killed process would.
import { linkSync, mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { takeLock } from '../../src/boot/lock.mjs';

const [path = '', turns = ''] = process.argv.slice(2);
const inside = join(dirname(path), 'inside');
const start = { proc: 'an earlier boot', ps: null };
const left = { pid: 2 ** 30, start, host: hostname(), since: '2026-01-01T00:00:00Z', document: '' };
let held = 0;
for (let turn = 0; turn < Number(turns); turn++) {
  const taken = takeLock(path, 'x');
  if ('holder' in taken) continue;
  held++;
  mkdirSync(inside);
  rmdirSync(inside);
  taken.lock.release();
  leaveBehind();
}
process.stdout.write(String(held));

/** Puts the lock of an ended process into the place, unless the place is taken already. */
function leaveBehind(): void {
  const draft = `${path}.left-${process.pid}`;
  writeFileSync(draft, JSON.stringify(left));
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}
