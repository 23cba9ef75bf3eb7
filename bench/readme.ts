/**
 * Writes all that is generated in README.md and docs/ anew: figures and the picture from the
 * documents under results/, what each lane can do from the registry.
 *
 *     npm run self -- bench/readme.ts
 *     npm run self -- bench/readme.ts --check     changes nothing; exit code 1 where one is stale
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { root } from '../src/boot/versions.mjs';
import { openDocument } from '../src/analysis/open.ts';
import { freshPage } from '../src/report/fresh.ts';
import { standalonePicture } from '../src/report/page/standalone.ts';
import { InputError } from '../src/results/input_error.ts';
import { capabilityTable } from './capabilities.ts';

/** Pages with generated parts, and the document that the picture is drawn from. */
const pages = [
  'README.md',
  ...['results', 'findings', 'lanes', 'python'].map((name) => `docs/${name}.md`),
];
const picture = { from: 'linux-x64.json.gz', to: 'results/crossing.svg' };
const exitCode = { good: 0, stale: 1, usage: 2 } as const;

const read = (file: string) => openDocument(join(root, 'results', file));

/** Every generated file by its path, with the text that it should have. */
export function generatedFiles(): Map<string, string> {
  const texts = pages.map((page) => {
    const path = join(root, page);
    if (!existsSync(path)) throw new InputError(`There is no ${page} in this checkout.`);
    const text = readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
    return [page, freshPage(text, read, capabilityTable())] as const;
  });
  return new Map([...texts, [picture.to, standalonePicture(read(picture.from)) ?? '']]);
}

/** Paths of generated files that are not what they should be. */
export function staleFiles(files: ReadonlyMap<string, string>): string[] {
  return [...files].filter(([path, text]) =>
    !existsSync(join(root, path)) ||
    readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n') !== text
  ).map(([path]) => path);
}

function refresh(isCheck: boolean): number {
  const files = generatedFiles();
  const stale = staleFiles(files);
  if (stale.length === 0) {
    process.stdout.write('Everything generated is fresh.\n');
    return exitCode.good;
  }
  if (isCheck) {
    process.stdout.write(`Stale: ${stale.join(', ')}. Run "npm run self -- bench/readme.ts".\n`);
    return exitCode.stale;
  }
  for (const path of stale) writeFileSync(join(root, path), files.get(path)!);
  process.stdout.write(`Written: ${stale.join(', ')}.\n`);
  return exitCode.good;
}

if (import.meta.main) {
  try {
    process.exitCode = refresh(process.argv.includes('--check'));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    process.stderr.write(`ffi-bench: ${error.message}\n`);
    process.exitCode = exitCode.usage;
  }
}
