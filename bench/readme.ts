/**
 * Writes the tables of README.md anew: figures from the documents under results/, what each lane
 * can do from the registry.
 *
 *     npm run self -- bench/readme.ts
 *     npm run self -- bench/readme.ts --check     changes nothing; exit code 1 where one is stale
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { root } from '../src/boot/versions.mjs';
import { capabilityTable } from './capabilities.ts';
import { freshCapabilities } from '../src/report/capabilities.ts';
import { freshHistory } from '../src/report/history.ts';
import { freshReadme } from '../src/report/readme.ts';
import { freshWork } from '../src/report/work.ts';
import { openDocument } from '../src/analysis/open.ts';
import { InputError } from '../src/results/input_error.ts';

const path = join(root, 'README.md');
const exitCode = { good: 0, stale: 1, usage: 2 } as const;

function refresh(isCheck: boolean): number {
  if (!existsSync(path)) throw new InputError('There is no README.md in this checkout.');
  const before = readFileSync(path, 'utf8');
  const read = (file: string) => openDocument(join(root, 'results', file));
  const figures = freshWork(freshHistory(freshReadme(before, read), read), read);
  const after = freshCapabilities(figures, capabilityTable());
  if (after === before) {
    process.stdout.write('The tables of README.md are fresh.\n');
    return exitCode.good;
  }
  if (isCheck) {
    process.stdout.write('The tables of README.md are stale: "npm run self -- bench/readme.ts".\n');
    return exitCode.stale;
  }
  writeFileSync(path, after);
  process.stdout.write('The tables of README.md are written anew.\n');
  return exitCode.good;
}

try {
  process.exitCode = refresh(process.argv.includes('--check'));
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`ffi-bench: ${error.message}\n`);
  process.exitCode = exitCode.usage;
}
