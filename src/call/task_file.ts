/** Loads what the user wrote: a task file, or a JavaScript function to compare with. */
import type { BuildFailure } from 'esbuild';
import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stateFolder } from '../boot/places.mjs';
import type { Task } from '../catalogue/task.ts';
import { ownAlias, userModuleFile } from '../launching/bundle.ts';
import { loadEsbuild } from '../launching/esbuild.ts';
import { usageError } from '../usage/errors.ts';
import { unknownName } from '../usage/nearest.ts';
import { findLibrary, refuseMissing } from './library.ts';
import { makeFolder } from '../boot/folders.mjs';

/** A module of the user. */
export interface LoadedModule {
  readonly path: string;
  readonly exports: Readonly<Record<string, unknown>>;
  /** A folder for the workers that it is bundled into. */
  readonly folder: string;
}

/** Bundles and imports a module. Throws a usage error that says what is wrong with it. */
export async function loadModule(checkout: string, file: string): Promise<LoadedModule> {
  const path = resolve(file);
  if (!existsSync(path)) throw usageError(`There is no file ${path}.`);
  const contents = await bundle(checkout, path);
  const hash = createHash('sha256').update(contents).digest('hex').slice(0, 16);
  const folder = join(stateFolder, 'build', `call_${hash}`);
  const bundled = join(folder, userModuleFile);
  makeFolder(folder);
  writeFileSync(bundled, contents);
  try {
    return { path, folder, exports: { ...await import(pathToFileURL(bundled).href) } };
  } catch (error) {
    throw usageError(`${path} cannot be loaded: ${(error as Error).message}`);
  }
}

async function bundle(checkout: string, path: string): Promise<Uint8Array> {
  const { build } = await loadEsbuild();
  try {
    const result = await build({
      entryPoints: [path],
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'esnext',
      external: ['bun:*', 'node:*'],
      alias: ownAlias(checkout),
      write: false,
      outdir: join(stateFolder, 'build'),
      logLevel: 'silent',
    });
    return result.outputFiles[0]!.contents;
  } catch (error) {
    const [first] = (error as BuildFailure).errors ?? [];
    if (first === undefined) throw error;
    const { file, line } = first.location ?? { file: path, line: 0 };
    throw usageError(`${path} cannot be bundled: ${first.text} (${file}:${line}).`);
  }
}

/** The function that a module exports under a name. */
export function refuseNoFunction({ path, exports }: LoadedModule, name: string): void {
  if (typeof exports[name] === 'function') return;
  const functions = Object.keys(exports).filter((one) => typeof exports[one] === 'function');
  throw usageError(
    functions.length === 0
      ? `${path} exports no function.`
      : `${path}: ${unknownName('function', name, functions)}`,
  );
}

/** The tasks that a task file exports as its default, their libraries found and looked at. */
export function tasksOf({ path, exports }: LoadedModule): Task[] {
  const tasks = [exports.default].flat() as Task[];
  if (!tasks.every((one) => one?.foreign !== undefined)) {
    throw usageError(
      `${path} must export a task, or an array of tasks, as its default: what "foreign({…})" of ` +
        '"ffi-bench" makes. docs/call.md shows one.',
    );
  }
  const ids = tasks.map(({ id }) => id);
  const double = ids.find((id, i) => ids.indexOf(id) !== i);
  if (double !== undefined) throw usageError(`${path} has two tasks called ${double}.`);
  return tasks;
}

/** The tasks with their libraries where they were found. Throws where a function is missing. */
export function withLibraries(tasks: readonly Task[]): Task[] {
  return tasks.map((task) => {
    const foreign = task.foreign!;
    const found = findLibrary(foreign.library);
    for (const symbol of Object.keys(foreign.functions)) refuseMissing(found, symbol);
    return { ...task, foreign: { ...foreign, library: found.path } };
  });
}
