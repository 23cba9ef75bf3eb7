/**
 * Does the tool tell what its launches say? Derives ten statements of each kind from documents by
 * an independent reading: Python with pandas and SciPy, from the raw launches alone, and holds them
 * against the facts of the tool. Needs a Python that has both.
 *
 *     npm run self -- bench/statements.ts results/linux-x64.json.gz
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { compareDocuments } from '../src/analysis/comparison.ts';
import { openDocument } from '../src/analysis/open.ts';
import { root } from '../src/boot/versions.mjs';
import { profiles } from '../src/catalogue/profiles.ts';
import { jobs } from '../src/catalogue/jobs.ts';

const paths = process.argv.slice(2);
const documents = paths.map(openDocument);
const comparisons = documents.slice(1).map((fresh, index) =>
  compareDocuments(documents[index]!, fresh, { otherLibrary: true })
);
const input = JSON.stringify({ paths, documents, comparisons, profiles, jobs });
const { status, error } = spawnSync(
  process.env.FFI_BENCH_PYTHON ?? 'python3',
  [join(root, 'bench', 'statements', 'check.py')],
  { input, stdio: ['pipe', 'inherit', 'inherit'], maxBuffer: 2 ** 30 },
);
if (error) throw error;
process.exitCode = status ?? 1;
