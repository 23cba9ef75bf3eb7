/** Loads what a user wrote: a task file, or a JavaScript function to compare with. */
import type { BuildFailure } from 'esbuild';
import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeFolder } from '../boot/folders.mjs';
import { stateFolder } from '../boot/places.mjs';
import type { Task } from '../catalogue/task.ts';
import { ownAlias, userModuleFile } from '../launching/bundle.ts';
import { loadEsbuild } from '../launching/esbuild.ts';
import { usageError } from '../usage/errors.ts';
import { unknownName } from '../usage/nearest.ts';
import type { Signature } from '../catalogue/words.ts';
import { PrototypeError } from './c/prototype_error.ts';
import { findLibrary, refuseMissing } from './library.ts';
import type { PrototypeReader } from './pasted.ts';
import type { Prototype } from './prototype.ts';
import { exportOf, withSignatures } from './task.ts';

/** A module of a user's own. */
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

/** Refuses a module without that function, or with one that answers later. */
export function refuseNoFunction({ path, exports }: LoadedModule, name: string): void {
  const found = exportOf(exports, name);
  if (typeof found === 'function') {
    if (found.constructor.name !== 'AsyncFunction') return;
    throw usageError(
      `${path}: ${name} is asynchronous; --against takes a function that returns its answer at ` +
        'once.',
    );
  }
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

/**
 * The tasks with their libraries where they were found and their prototypes read. Throws where a
 * function is missing.
 */
export function withLibraries(tasks: readonly Task[], read: PrototypeReader): Task[] {
  return tasks.map((task) => {
    const foreign = task.foreign!;
    const found = findLibrary(foreign.library);
    const refuse = (name: string) => refuseMissing(found, name);
    Object.keys(foreign.functions).forEach(refuse);
    const signatures = Object.entries(foreign.prototypes ?? {}).map(([exported, text]) => {
      refuse(exported);
      return [exported, signatureOf(exported, text, (one) => read(one, refuse))] as const;
    });
    const functions = { ...foreign.functions, ...Object.fromEntries(signatures) };
    return withSignatures(task, { library: found.path, functions, description: null });
  });
}

function signatureOf(
  exported: string,
  text: string,
  read: (text: string) => Prototype,
): Signature {
  try {
    const { symbol, parameters, result } = read(text);
    if (symbol === exported) return { args: parameters.map(({ word }) => word), result };
    throw usageError(`The prototype of ${exported} is one of ${symbol}: "${text}".`);
  } catch (error) {
    if (error instanceof PrototypeError) throw usageError(error.message);
    throw error;
  }
}
