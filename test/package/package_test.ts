// The package as its users have it: packed, taken from a registry by each package manager, and run
// in an empty folder with nothing else of this project in reach.
import assert from 'node:assert/strict';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { after, before, test } from 'node:test';
import { writeDocument } from '../../src/results/document.ts';
import { sampleRun } from '../golden/sample_run.ts';
import { root } from '../../src/boot/versions.mjs';
import {
  environmentOf,
  nativeFolder,
  newFolder,
  packProject,
  pathOf,
  run,
  type Said,
  through,
} from './installed.ts';
import { type Published, type Registry, startRegistry } from './registry.ts';

let published: Published;
let registry: Registry;
const caches = newFolder('caches');

before(async () => {
  published = packProject(newFolder('packed'));
  registry = await startRegistry([published]);
});

after(() => registry.close());

/** A function of a library that every system here has, measured as little as can be. */
const cosine = [
  'call',
  ...({
    linux: ['libm.so.6'],
    darwin: ['/usr/lib/libm.dylib'],
    win32: ['msvcrt.dll'],
  } as Record<string, string[]>)[process.platform]!,
  'double cos(double)',
  '--launches',
  '1',
];

for (const manager of ['node', 'bun', 'deno'] as const) {
  test(`${manager} runs the package from a registry, in an empty folder`, async () => {
    const folder = newFolder('empty');
    const tool = (...args: string[]) =>
      through(manager, args, { cwd: folder, registry: registry.url, caches });
    const measured = await tool(...cosine, '--out', 'run.json');
    assert.equal(measured.code, 0, measured.stderr);
    const { arms, cases } = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
    assert.deepEqual([...new Set(arms.map((arm: { lane: string }) => arm.lane))], [
      `${manager}.ffi`,
    ]);
    assert.ok(cases.some((one: { task: string }) => one.task === 'empty.cos'), 'the empty twin');
    assert.match(measured.stderr, new RegExp(`Measuring ${manager} `));
    assert.match(measured.stderr, /is not on PATH; --runtime \w+@[\d.]+ fetches it/);
    const shown = await tool('report', 'run.json');
    assert.match(shown.stdout, /foreign\.cos/);
    const compared = await tool('compare', 'run.json', 'run.json');
    assert.equal(compared.code, 0, compared.stderr);
    const left = readdirSync(folder).filter((name) => !/^run\.(json|html)$/.test(name));
    assert.deepEqual(left, [], 'nothing but the document and its page is left in the folder');
  });
}

interface Place {
  /** The project that it is installed in, and its own folder there. */
  readonly folder: string;
  readonly tool: string;
  readonly path: string;
}

const placeIn = (folder: string, path: string): Place => ({
  folder,
  tool: join(folder, 'node_modules', 'ffi-bench'),
  path,
});

async function install(): Promise<Place> {
  const folder = newFolder('installed');
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'own', type: 'module' }));
  const path = pathOf(['node'], { npm: true });
  const env = environmentOf(path, registry.url, caches);
  const args = ['install', '--no-audit', '--no-fund', published.tarball];
  const { code, stderr } = await run(join(path, 'npm'), args, { cwd: folder, env });
  assert.equal(code, 0, stderr);
  return placeIn(folder, path);
}

let once: Promise<Place> | undefined;

/** A copy of what npm installed, to be looked at and damaged. */
async function installed(): Promise<Place> {
  const { folder, path } = await (once ??= install());
  const copy = newFolder('copy');
  cpSync(folder, copy, { recursive: true, verbatimSymlinks: true });
  return placeIn(copy, path);
}

/** Runs the installed tool by Node, with changes to its environment. */
function start(
  { folder, tool }: { folder: string; tool: string },
  path: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Said> {
  const script = join(tool, 'dist', 'tool', 'ffi-bench.mjs');
  return run(process.execPath, [script, ...args], {
    cwd: folder,
    env: { ...environmentOf(path, registry.url, caches), ...env },
  });
}

test('the package brings its licenses, and no sources, tests or results', async () => {
  const { tool } = await installed();
  const files = readdirSync(tool, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile()).map(({ name }) => name);
  assert.deepEqual(files.filter((name) => /\.(ts|zig)$/.test(name) && !/\.d\.ts$/.test(name)), []);
  assert.ok(files.includes('licenses.txt') && files.includes('LICENSE'));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  assert.equal(JSON.parse(readFileSync(join(tool, 'package.json'), 'utf8')).version, version);
});

test('the package is installed globally, and runs by its name from anywhere', async () => {
  const path = pathOf(['node'], { npm: true });
  const env = environmentOf(path, registry.url, caches);
  const prefix = newFolder('global');
  const args = ['install', '--global', '--prefix', prefix, '--no-audit', '--no-fund'];
  const put = await run(join(path, 'npm'), [...args, 'ffi-bench'], { cwd: prefix, env });
  assert.equal(put.code, 0, put.stderr);
  const bin = process.platform === 'win32' ? prefix : join(prefix, 'bin');
  const said = await run(join(bin, 'ffi-bench'), ['list'], { cwd: newFolder('anywhere'), env });
  assert.equal(said.code, 0, said.stderr);
  assert.match(said.stdout, /call\.noop/);
});

test('a script of the project runs it as a devDependency', async () => {
  const { folder, path } = await installed();
  const scripts = { bench: 'ffi-bench list --why call.noop' };
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, scripts }));
  const env = environmentOf(path, registry.url, caches);
  const said = await run(join(path, 'npm'), ['run', 'bench'], { cwd: folder, env });
  assert.equal(said.code, 0, said.stderr);
  assert.match(said.stdout, /measures +one crossing/);
});

/** A program that draws its own picture of a document, as far as types and calls go. */
const consumer = `
import { compare, type Document, InputError, readDocument, recompute } from 'ffi-bench';

const document: Document = readDocument('run.json');
const method: 'free_median' | 'p10' = document.method;
const names: string[] = compare(document, document).changes.map((change) => change.case);
// @ts-expect-error: a document has no field of this name.
document.nothing;
try {
  readDocument('absent.json');
} catch (error) {
  console.log(error instanceof InputError, method, names.length, recompute(document).length);
}
`;

test('the library face reads and compares documents, and its types need nothing else', async () => {
  const place = await installed();
  writeDocument(join(place.folder, 'run.json'), sampleRun());
  writeFileSync(join(place.folder, 'own.mts'), consumer);
  const env = environmentOf(place.path, registry.url, caches);
  const flags = ['--disable-warning=ExperimentalWarning', 'own.mts'];
  const said = await run(process.execPath, flags, { cwd: place.folder, env });
  assert.match(said.stdout, /^true free_median [1-9]\d* 0\n$/, said.stderr);
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = ['--noEmit', '--strict', '--ignoreConfig', '--target', 'esnext'];
  const modules = ['--module', 'nodenext', '--lib', 'esnext,dom', '--types', ''];
  const args = [compiler, ...options, ...modules, 'own.mts'];
  const checked = await run(process.execPath, args, { cwd: place.folder, env });
  assert.equal(checked.stdout, '');
  const schema = join(place.tool, 'schema', 'ffi-bench-v2.schema.json');
  assert.equal(JSON.parse(readFileSync(schema, 'utf8')).title, 'ffi-bench/v2');
});

test('no runtime on PATH: which there could be and how one is fetched, exit code 3', async () => {
  const place = await installed();
  const said = await start(place, newFolder('nothing'), ['run', '--quick']);
  assert.equal(said.code, 3, said.stderr);
  for (const name of ['deno', 'bun', 'node']) {
    assert.match(said.stderr, new RegExp(`${name} is not on PATH; --runtime ${name}@[\\d.]+`));
  }
});

test('a platform without native parts is named, exit code 4', async () => {
  const place = await installed();
  const record = join(place.tool, 'dist', 'native', 'parts.json');
  const shipped = JSON.parse(readFileSync(record, 'utf8'));
  const renamed = Object.entries(shipped.sha256 as Record<string, string>).map((
    [path, sha256],
  ) => [path.replace(nativeFolder, 'plan9-mips'), sha256]);
  writeFileSync(record, JSON.stringify({ ...shipped, sha256: Object.fromEntries(renamed) }));
  const said = await start(place, place.path, cosine);
  assert.equal(said.code, 4, said.stderr);
  assert.match(
    said.stderr,
    new RegExp(`no native library for ${nativeFolder}; it has .*plan9-mips`),
  );
});

test('a native part that was replaced is refused before it is run, exit code 5', async () => {
  const place = await installed();
  const parts = join(place.tool, 'dist', 'native', nativeFolder);
  const floor = readdirSync(parts).find((name) => name.startsWith('ffibench-native'))!;
  appendFileSync(join(parts, floor), 'more');
  const said = await start(place, place.path, cosine);
  assert.equal(said.code, 5, said.stderr);
  assert.match(said.stderr, /ffibench-native.* is not the file that was shipped/);
});

test('a cache folder that cannot be written is named before anything is measured', async () => {
  const place = await installed();
  const file = join(newFolder('file'), 'file');
  writeFileSync(file, '');
  const said = await start(place, place.path, cosine, { FFI_BENCH_CACHE: join(file, 'below') });
  assert.equal(said.code, 4, said.stderr);
  assert.match(said.stderr, /cache folder .*below cannot be written .*FFI_BENCH_CACHE/);
});

test('a runtime whose package is not what the registry promised is never run', async () => {
  const place = await installed();
  const version = '99.0.0';
  // Whatever is in the tarball: its hash is another than the registry's.
  const wrong = await startRegistry([{
    name: denoPackage(),
    version,
    tarball: published.tarball,
    manifest: {},
    integrity: `sha512-${Buffer.alloc(64).toString('base64')}`,
  }]);
  const env = { NPM_CONFIG_REGISTRY: wrong.url, npm_config_registry: wrong.url };
  const said = await start(place, place.path, [...cosine, '--runtime', `deno@${version}`], env);
  await wrong.close();
  assert.equal(said.code, 3, said.stderr);
  assert.match(said.stderr, /deno 99\.0\.0 could not be installed[\s\S]*(integrity|EINTEGRITY)/i);
  const cached = readdirSync(join(caches, 'ffi-bench')).filter((name) => name.startsWith('deno@'));
  assert.deepEqual(cached, [], 'nothing half fetched is left');
});

function denoPackage(): string {
  const { runtimes } = JSON.parse(
    readFileSync(join(root, 'src', 'boot', 'versions.json'), 'utf8'),
  );
  return runtimes.deno.packages[`${process.platform}-${process.arch}`][0];
}

test('a JavaScript function to compare with is bundled by the esbuild of the project', async () => {
  const place = await installed();
  writeFileSync(join(place.folder, 'own.ts'), 'export const cos = (x: number) => Math.cos(x);\n');
  const args = [...cosine, '--against', 'own.ts#cos'];
  const without = await start(place, place.path, args);
  assert.equal(without.code, 4, without.stderr);
  assert.match(without.stderr, /npm install --save-dev esbuild@/);
  mkdirSync(join(place.folder, 'node_modules', 'esbuild'));
  const own = join(root, 'node_modules', 'esbuild', 'lib', 'main.js');
  const manifest = { name: 'esbuild', type: 'module', main: 'main.js' };
  const beside = (name: string) => join(place.folder, 'node_modules', 'esbuild', name);
  writeFileSync(beside('package.json'), JSON.stringify(manifest));
  writeFileSync(beside('main.js'), `export { build } from ${JSON.stringify(own)};\n`);
  const { code, stdout, stderr } = await start(place, place.path, args);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /node\.plain/);
});

test('the steps of the action install, measure, report and compare', async () => {
  const folder = newFolder('action');
  const path = [pathOf(['node'], { npm: true }), process.env.PATH].join(delimiter);
  const summary = join(folder, 'summary.md');
  const [library, prototype, ...flags] = cosine.slice(1);
  const env = {
    ...environmentOf(path, registry.url, caches),
    ACTION: root,
    ASKED: published.tarball,
    COMMAND: ['call', library, `"${prototype}"`, ...flags].join(' '),
    OUT: 'run.json',
    BASELINE: 'run.json',
    FAIL_OVER: '5%',
    RUNNER_TEMP: folder,
    GITHUB_STEP_SUMMARY: summary,
  };
  const action = readFileSync(join(root, 'action.yml'), 'utf8');
  const steps = [...action.matchAll(/^ {6}run: \|\n((?: {8}.*\n|\n)+)/gm)].map(([, text]) => text!);
  assert.equal(steps.length, 3);
  for (const text of steps) {
    const said = await run('bash', ['-e', '-o', 'pipefail', '-c', text], { cwd: folder, env });
    assert.equal(said.code, 0, `${text}\n${said.stderr}`);
  }
  assert.match(readFileSync(summary, 'utf8'), /foreign\.cos[\s\S]*foreign\.cos/);
});
