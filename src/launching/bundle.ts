/**
 * Bundles the workers, one file per lane module and family of tasks, so that no launch pays for
 * stripping types, or for tasks that it does not measure.
 */
import { build, type Plugin } from 'esbuild';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { familyOf, type Task } from '../catalogue/task.ts';
import { leanMitataPlugin } from './lean_mitata.ts';
import { makeFolder } from '../boot/folders.mjs';

/**
 * What a worker has in it: the tasks of a family, or what makes tasks of somebody else's functions,
 * or, for its contract, the whole catalogue. A launch loads what it needs and no more: all of it
 * takes 10 ms longer.
 */
export type Part = string;
/** Of functions of other libraries. */
const foreignPart: Part = '_foreign';
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
}

/** The paths of workers, by name. */
export type Workers = ReadonlyMap<string, string>;

/** `worker_deno_ffi_call` for `runtimes/deno/ffi.ts` and the family `call`. */
function nameOf({ module, part }: WantedWorker): string {
  const lane = module.replace(/^runtimes\//, '').replace(/\.ts$/, '').replaceAll('/', '_');
  return `worker_${lane}_${part}`;
}

/** The path of a worker. */
export function pathOfWorker(workers: Workers, wanted: WantedWorker): string {
  const path = workers.get(nameOf(wanted));
  if (path === undefined) throw new Error(`No ${nameOf(wanted)} was bundled.`);
  return path;
}

/** How a task file outside of the checkout names the project. */
const ownName = 'ffi-bench';

/** Where that name leads. */
export function ownAlias(checkout: string): Record<string, string> {
  return { [ownName]: join(checkout, 'src', 'call', 'api.ts') };
}

/** The source of a worker. `user` is the path of somebody's own module, null without one. */
function sourceOf({ module, part }: WantedWorker, user: string | null): string {
  const lane = `import lane from './${module}';\n`;
  if (part === contractPart) {
    return `${lane}import { checkCatalogue } from './src/worker/contract.ts';\n` +
      'await checkCatalogue(lane);\n';
  }
  const head = `${lane}import { work } from './src/worker/main.ts';\n`;
  if (part === foreignPart) {
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
      build.onLoad({ filter: /.*/, namespace: 'worker' }, ({ path }) => ({
        contents: sources.get(path)!,
        resolveDir: checkout,
        loader: 'ts',
      }));
    },
  };
}

/**
 * Bundles workers into `folder`, each once. `user` is the path of somebody's own module that goes
 * with those for functions of other libraries.
 */
export async function bundleWorkers(
  checkout: string,
  folder: string,
  wanted: Iterable<WantedWorker>,
  user: string | null = null,
): Promise<Workers> {
  const sources = new Map([...wanted].map((one) => [nameOf(one), sourceOf(one, user)]));
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
    write: false,
    metafile: false,
    logLevel: 'silent',
    legalComments: 'none',
  });
  for (const { path, contents } of outputFiles) put(path, contents);
  return new Map([...sources.keys()].map((name) => [name, join(folder, `${name}.mjs`)]));
}

/** Puts a bundle in its place in one step, unless it is there: another run may be starting it. */
function put(path: string, contents: Uint8Array): void {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  makeFolder(dirname(path));
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, path);
}
