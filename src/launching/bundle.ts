/**
 * Bundles the workers, one file per lane module and family of tasks, so that no launch pays for
 * stripping types, or for tasks that it does not measure. The package has them bundled already.
 */
import type { OutputFile, Plugin } from 'esbuild';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { distFolder, isPackage } from '../boot/places.mjs';
import { familyOf, type Task } from '../catalogue/task.ts';
import { loadEsbuild } from './esbuild.ts';
import { shippedWorkers, withPackages } from './shipped_workers.ts';
import { leanMitataPlugin } from './lean_mitata.ts';
import { makeFolder } from '../boot/folders.mjs';

/**
 * What a worker has in it: the tasks of a family, or what makes tasks of functions of another
 * library, or, for its contract, the whole catalogue. A launch loads what it needs and no more: all
 * of it takes 10 ms longer.
 */
export type Part = string;
/** Of functions of other libraries. */
export const foreignPart: Part = '_foreign';
/** Of the same in the package, beside a module of a user that is bundled when it is known. */
export const besideUserPart: Part = '_foreign_user';
/** Of the whole catalogue, for checking it. */
export const contractPart: Part = '_contract';

/** The part that a task is in. */
export function partOf({ id, foreign }: Task): Part {
  return foreign === undefined ? familyOf(id) : foreignPart;
}

/** A worker that is wanted: a lane's module, and the part of the tasks. */
export interface WantedWorker {
  readonly module: string;
  readonly part: Part;
  /** The checkout whose sources it is made of; absent for this one. */
  readonly checkout?: string;
}

/** The paths of workers, by name. */
export type Workers = ReadonlyMap<string, string>;

/** `worker_deno_ffi_call` for `runtimes/deno/ffi.ts` and the family `call`. */
function nameOf({ module, part }: WantedWorker): string {
  const lane = module.replace(/^runtimes\//, '').replace(/\.ts$/, '').replaceAll('/', '_');
  return `worker_${lane}_${part}`;
}

/** A worker's key among those of a run, where several checkouts have one of each name. */
function keyOf(wanted: WantedWorker): string {
  const name = nameOf(wanted);
  return wanted.checkout === undefined ? name : `${wanted.checkout} ${name}`;
}

/** The path of a worker. */
export function pathOfWorker(workers: Workers, wanted: WantedWorker): string {
  const path = workers.get(keyOf(wanted));
  if (path === undefined) throw new Error(`No ${nameOf(wanted)} was bundled.`);
  return path;
}

/** The bundled module of a user, beside the workers that import it. */
export const userModuleFile = 'module.mjs';

/** How a task file outside of the checkout names the project. */
const ownName = 'ffi-bench';

/** Where that name leads. */
export function ownAlias(checkout: string): Record<string, string> {
  const path = isPackage ? join(distFolder, 'tool', 'api.mjs') : join(checkout, 'src/call/api.ts');
  return { [ownName]: path };
}

/** The source of a worker. `user` is the path of the user's module, null without one. */
function sourceOf({ module, part }: WantedWorker, user: string | null): string {
  const lane = `import lane from './${module}';\n`;
  if (part === contractPart) {
    return `${lane}import { checkCatalogue } from './src/worker/contract.ts';\n` +
      'await checkCatalogue(lane);\n';
  }
  const head = `${lane}import { work } from './src/worker/main.ts';\n`;
  if (part === foreignPart || part === besideUserPart) {
    return `${head}import { findForeign } from './src/worker/foreign.ts';\n` +
      (user === null ? 'const user = {};\n' : `import * as user from ${JSON.stringify(user)};\n`) +
      'await work(lane, findForeign(user));\n';
  }
  return `${head}import { tasks } from './src/catalogue/tasks/${part}.ts';\n` +
    'await work(lane, (order) => tasks.find(({ id }) => id === order.task));\n';
}

/** Has esbuild take the sources of workers, by their names, as files of the checkout. */
function workersPlugin(checkout: string, sources: ReadonlyMap<string, string>): Plugin {
  return {
    name: 'workers',
    setup(build) {
      build.onResolve({ filter: /^worker_/ }, ({ path }) => ({ path, namespace: 'worker' }));
      build.onResolve({ filter: /^\.\/module\.mjs$/ }, ({ path }) => ({ path, external: true }));
      build.onLoad({ filter: /.*/, namespace: 'worker' }, ({ path }) => ({
        contents: sources.get(path)!,
        resolveDir: checkout,
        loader: 'ts',
      }));
    },
  };
}

/**
 * Bundles workers into `folder`, each once. `user` is the path of the user's module that goes
 * with those for functions of other libraries.
 */
export async function bundleWorkers(
  checkout: string,
  folder: string,
  wanted: Iterable<WantedWorker>,
  user: string | null = null,
): Promise<Workers> {
  if (isPackage) return takeShipped(folder, [...wanted], user !== null);
  const workers = new Map<string, string>();
  for (const [other, own] of Map.groupBy(wanted, (one) => one.checkout)) {
    const place = other === undefined ? folder : join(folder, hashOf(other));
    const sources = new Map(own.map((one) => [nameOf(one), sourceOf(one, user)]));
    for (const { path, contents } of await buildFiles(other ?? checkout, place, sources, false)) {
      put(path, contents);
    }
    for (const one of own) workers.set(keyOf(one), join(place, `${nameOf(one)}.mjs`));
  }
  return workers;
}

/** A name for what is made of another checkout, short enough for every file system. */
function hashOf(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16);
}

/** The texts of workers for the package, by name. */
export async function bundleShipped(
  checkout: string,
  wanted: readonly WantedWorker[],
): Promise<Record<string, string>> {
  const userOf = ({ part }: WantedWorker) => part === besideUserPart ? `./${userModuleFile}` : null;
  const sources = new Map(wanted.map((one) => [nameOf(one), sourceOf(one, userOf(one))]));
  const files = await buildFiles(checkout, distFolder, sources, true);
  return Object.fromEntries(files.map(({ path, text }) => [basename(path, '.mjs'), text]));
}

/** Puts the shipped workers into a folder, in their form beside a user's module if there is one. */
function takeShipped(folder: string, wanted: readonly WantedWorker[], hasUser: boolean): Workers {
  const texts = shippedWorkers();
  return new Map(wanted.map((one) => {
    const isBesideUser = hasUser && one.part === foreignPart;
    const text = texts[nameOf(isBesideUser ? { ...one, part: besideUserPart } : one)]!;
    const path = join(folder, `${nameOf(one)}.mjs`);
    put(path, new TextEncoder().encode(withPackages(text, one.module)));
    return [keyOf(one), path];
  }));
}

/** Bundles sources. White space alone is left out: the code is the same in the package. */
async function buildFiles(
  checkout: string,
  folder: string,
  sources: ReadonlyMap<string, string>,
  minifyWhitespace: boolean,
): Promise<OutputFile[]> {
  const { build } = await loadEsbuild();
  const { outputFiles } = await build({
    entryPoints: [...sources.keys()].map((name) => ({ in: name, out: name })),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'esnext',
    external: ['bun:*', 'node:*', 'koffi'],
    alias: ownAlias(checkout),
    plugins: [workersPlugin(checkout, sources), leanMitataPlugin],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    minifyWhitespace,
    write: false,
    metafile: false,
    logLevel: 'silent',
    legalComments: 'none',
  });
  return outputFiles;
}

/** Puts a bundle in its place in one step, unless it is there: another run may be starting it. */
function put(path: string, contents: Uint8Array): void {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  makeFolder(dirname(path));
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, path);
}
