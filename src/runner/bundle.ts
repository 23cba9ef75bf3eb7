/** Bundles the workers, one file per lane module, so that no launch pays for stripping types. */
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { lanes } from '../../runtimes/registry.ts';
import { leanMitataPlugin } from './lean_mitata.ts';

/** Name of a lane module's bundle: `runtimes/deno/ffi.ts` → `deno_ffi`. */
function bundleName(module: string): string {
  return module.replace(/^runtimes\//, '').replace(/\.ts$/, '').replaceAll('/', '_');
}

/** A bundled worker. */
export interface Bundle {
  readonly path: string;
  /** SHA-256 of its text. */
  readonly sha256: string;
}

/** How a task file outside of the checkout names the project. */
const ownName = 'ffi-bench';

/** Where that name leads. */
export function ownAlias(checkout: string): Record<string, string> {
  return { [ownName]: join(checkout, 'src', 'call', 'api.ts') };
}

/**
 * Bundles every lane's worker into `folder`; answers them by lane module. `user` is the path of
 * somebody's own module that goes with them.
 */
export async function bundleWorkers(
  checkout: string,
  folder: string,
  user: string | null = null,
): Promise<Map<string, Bundle>> {
  const modules = [...new Set(lanes.flatMap(({ module }) => module ?? []))];
  const bundles = await Promise.all(modules.map(async (module) => {
    const path = join(folder, `worker_${bundleName(module)}.mjs`);
    const result = await build({
      stdin: {
        contents: `import lane from './${module}';\n` +
          `import { work } from './src/worker/main.ts';\n` +
          (user === null
            ? 'await work(lane);\n'
            : `import * as user from ${JSON.stringify(user)};\nawait work(lane, user);\n`),
        resolveDir: checkout,
        sourcefile: 'worker_entry.ts',
        loader: 'ts',
      },
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'esnext',
      external: ['bun:*', 'node:*', 'koffi'],
      alias: ownAlias(checkout),
      plugins: [leanMitataPlugin],
      outfile: path,
      write: false,
      metafile: false,
      logLevel: 'silent',
      legalComments: 'none',
    });
    const { contents } = result.outputFiles[0]!;
    const sha256 = createHash('sha256').update(contents).digest('hex');
    put(path, contents);
    return [module, { path, sha256 }] as const;
  }));
  return new Map(bundles);
}

/** Puts a bundle in its place in one step, unless it is there: another run may be starting it. */
function put(path: string, contents: Uint8Array): void {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, path);
}
