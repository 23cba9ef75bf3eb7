/**
 * The workers that the package brings, all in one file: they have most of their text in common, and
 * are written to the cache where they are started. Brotli's window spans them all.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { lanes } from '../../runtimes/lanes.ts';
import { distFolder } from '../boot/places.mjs';
import { packageFolder } from '../machine/packages_beside.ts';

/** The texts of workers by name. */
export type WorkerTexts = Readonly<Record<string, string>>;

const path = join(distFolder, 'workers.json.br');

/** Bits of the window in which repetitions are found: the largest that every decoder takes. */
const windowBits = 24;

/** Writes the texts into dist. */
export function writeWorkers(texts: WorkerTexts): void {
  const params = {
    [constants.BROTLI_PARAM_LGWIN]: windowBits,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
  };
  writeFileSync(path, brotliCompressSync(JSON.stringify(texts), { params }));
}

/** The texts that the package brings. */
export function shippedWorkers(): WorkerTexts {
  return JSON.parse(brotliDecompressSync(readFileSync(path)).toString());
}

/**
 * The text of a worker whose module loads an npm package: the cache has no packages beside it, so
 * that the worker names the file.
 */
export function withPackages(text: string, module: string): string {
  const name = lanes.find((row) => row.module === module)?.package;
  const modules = name === undefined ? null : packageFolder(name);
  if (name === undefined || modules === null) return text;
  const file = createRequire(join(modules, 'resolve.js')).resolve(name);
  return text.replace(`from"${name}"`, `from${JSON.stringify(pathToFileURL(file).href)}`);
}
