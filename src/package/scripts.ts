/** The JavaScript of the package: the tool, its library face and its workers, bundled. */
import { build, type Metafile } from 'esbuild';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lanes } from '../../runtimes/lanes.ts';
import { distFolder } from '../boot/places.mjs';
import { root } from '../boot/versions.mjs';
import { grammarFiles } from '../call/c/grammar.ts';
import { tasks } from '../catalogue/catalogue.ts';
import { familyOf } from '../catalogue/task.ts';
import { besideUserPart, bundleShipped, foreignPart } from '../launching/bundle.ts';
import { writeWorkers } from '../launching/shipped_workers.ts';

/** The files under dist/tool that are started or imported, and what each is made of. */
const entries = {
  'ffi-bench': 'src/package/start.mjs',
  index: 'src/package/index.ts',
  api: 'src/call/api.ts',
};

/** What is read beside the code that reads it. */
const besideTool = ['src/boot/versions.json', ...grammarFiles];

/** Modules that stay outside: of the runtimes, and of those who install them beside the package. */
const external = ['bun:*', 'node:*', 'koffi', 'esbuild', 'canvas'];

/** Bundles all into dist. */
export async function shipScripts(): Promise<void> {
  const folder = join(distFolder, 'tool');
  const { metafile } = await build({
    entryPoints: Object.entries(entries).map(([out, path]) => ({ in: join(root, path), out })),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    external,
    // Packages of CommonJS ask for built-in modules by a function that ES modules do not have.
    banner: {
      js: "import { createRequire as ownRequire } from 'node:module';" +
        'const require = ownRequire(import.meta.url);',
    },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    minifyWhitespace: true,
    minifySyntax: true,
    metafile: true,
    absWorkingDir: root,
    logLevel: 'warning',
    legalComments: 'none',
  });
  for (const path of besideTool) cpSync(join(root, path), join(folder, path.split('/').at(-1)!));
  writeFileSync(join(distFolder, 'licenses.txt'), licensesOf(metafile));
  writeWorkers(await bundleShipped(root, wantedWorkers()));
}

/** Every lane's module with every family of tasks, and with functions of other libraries. */
function wantedWorkers() {
  const modules = [...new Set(lanes.flatMap(({ module }) => module ?? []))];
  const parts = [...new Set(tasks.map(({ id }) => familyOf(id))), foreignPart, besideUserPart];
  return modules.flatMap((module) => parts.map((part) => ({ module, part })));
}

/** The licenses of all packages that were bundled, each with its name and version. */
function licensesOf({ inputs }: Metafile): string {
  const found = [...Object.keys(inputs), ...besideTool].flatMap((path) =>
    /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[0] ?? []
  );
  // What workers have in them, which are bundled by themselves, and what lies beside the tool.
  const others = ['node_modules/mitata/', 'node_modules/tree-sitter-c/'];
  const folders = [...new Set([...found, ...others])].sort();
  return folders.map((folder) => licenseOf(join(root, folder))).join('\n\n');
}

function licenseOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const path = file === undefined ? '' : join(folder, file);
  const text = existsSync(path) ? readFileSync(path, 'utf8').trim() : `License: ${license}`;
  return `${name} ${version}\n\n${text}\n`;
}
