/** Bundles the workers, one file per lane module, so that no launch pays for stripping types. */
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { lanes } from '../../runtimes/registry.ts';

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

/** Bundles every lane's worker into `folder`; answers them by lane module. */
export async function bundleWorkers(
  checkout: string,
  folder: string,
): Promise<Map<string, Bundle>> {
  const modules = [...new Set(lanes.map(({ module }) => module))];
  const bundles = await Promise.all(modules.map(async (module) => {
    const path = join(folder, `worker_${bundleName(module)}.mjs`);
    const result = await build({
      stdin: {
        contents: `import lane from './${module}';\n` +
          `import { work } from './src/worker/main.ts';\nawait work(lane);\n`,
        resolveDir: checkout,
        sourcefile: 'worker_entry.ts',
        loader: 'ts',
      },
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'esnext',
      external: ['bun:*', 'node:*', 'koffi'],
      outfile: path,
      write: true,
      metafile: false,
      logLevel: 'silent',
      legalComments: 'none',
    });
    void result;
    const { readFileSync } = await import('node:fs');
    const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
    return [module, { path, sha256 }] as const;
  }));
  return new Map(bundles);
}
