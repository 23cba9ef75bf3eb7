// The package as it is released: packed for all targets, taken from a registry by each package
// manager, and every command run in an empty folder with neither Zig nor git on PATH.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, test } from 'node:test';
import { versions } from '../../src/boot/versions.mjs';
import {
  environmentOf,
  newFolder,
  packProject,
  pathOf,
  run,
  type Said,
  through,
} from '../package/installed.ts';
import { type Published, type Registry, startRegistry } from '../package/registry.ts';

/** What the packed file may take, in bytes. */
const mostBytes = 5 * 1024 * 1024;

/** The folder of each target's native parts, and the levels of x64 that there are twice. */
const targets = [
  ...['linux-x64-glibc', 'linux-x64-musl', 'linux-arm64-glibc', 'linux-arm64-musl'],
  ...['darwin-x64', 'darwin-arm64', 'win32-x64', 'win32-arm64'],
];

let published: Published;
let registry: Registry;
const caches = newFolder('caches');
const folder = newFolder('empty');

before(async () => {
  published = packProject(newFolder('packed'), 'all');
  registry = await startRegistry([published]);
});

after(() => registry.close());

const tool = (...args: string[]): Promise<Said> =>
  through('node', args, { cwd: folder, registry: registry.url, caches });

test('the packed file holds the native parts of all targets and is small', async (t) => {
  const { size } = statSync(published.tarball);
  const path = pathOf(['node'], { npm: true });
  const env = environmentOf(path, registry.url, caches);
  const place = newFolder('installed');
  const args = ['install', '--no-audit', '--no-fund', published.tarball];
  const put = await run(join(path, 'npm'), args, { cwd: place, env });
  assert.equal(put.code, 0, put.stderr);
  const native = join(place, 'node_modules', 'ffi-bench', 'dist', 'native');
  const folders = readdirSync(native, { withFileTypes: true })
    .filter((one) => one.isDirectory()).map(({ name }) => name);
  assert.deepEqual(folders.sort(), targets.toSorted());
  for (const target of targets) {
    const parts = readdirSync(join(native, target)).join(' ');
    assert.match(parts, /ffibench\.(so|dylib|dll)/, target);
    assert.match(parts, /ffibench-native/, target);
    assert.equal(/x86_64_v3/.test(parts), target.includes('x64'), `${target}: ${parts}`);
    assert.equal(/ffibench\.node/.test(parts), !target.startsWith('win32'), `${target}: ${parts}`);
  }
  t.diagnostic(`${size} bytes packed`);
  assert.ok(size < mostBytes, `${size} bytes`);
});

test('run measures a profile there, and every command that reads documents reads it', async () => {
  const measured = await tool(
    ...['run', '--quick', '--launches', '1', '--no-instructions', '--out', 'run.json'],
  );
  assert.equal(measured.code, 0, measured.stderr);
  const document = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
  const statuses = document.cases.map(({ status }: { status: string }) => status);
  assert.ok(statuses.includes('measured') && !statuses.includes('failed'), statuses.join(' '));
  assert.equal((await tool('report', 'run.json', '--check')).code, 0);
  assert.match((await tool('report', 'run.json', '--table')).stdout, /call\.noop/);
  const csv = await tool('export', 'run.json', '--to', 'csv');
  assert.equal(csv.code, 0, csv.stderr);
  assert.match(csv.stdout, /call\.noop/);
});

test('call measures a function, and compare and merge take its documents', async () => {
  const call = ['call', 'libm.so.6', 'double cos(double)', '--launches', '1'];
  for (const out of ['one.json', 'two.json']) {
    const said = await tool(...call, '--out', out);
    assert.equal(said.code, 0, said.stderr);
    assert.match(said.stdout, /foreign\.cos/);
  }
  const compared = await tool('compare', 'one.json', 'two.json');
  assert.equal(compared.code, 0, compared.stderr);
  const merged = await tool('merge', 'one.json', 'two.json', '--out', 'merged.json');
  assert.equal(merged.code, 0, merged.stderr);
  assert.match((await tool('report', 'merged.json')).stdout, /^ *cos, node\.ffi +\d/m);
});

for (const manager of ['bun', 'deno'] as const) {
  test(`${manager} runs it too, and reads what another one wrote`, async () => {
    const where = { cwd: folder, registry: registry.url, caches };
    const said = await through(
      manager,
      ['call', 'libm.so.6', 'double cos(double)', '--launches', '1', '--out', `${manager}.json`],
      where,
    );
    assert.equal(said.code, 0, said.stderr);
    const shown = await through(manager, ['report', 'one.json'], where);
    assert.match(shown.stdout, /foreign\.cos/);
  });
}

test('doctor tells of the machine, and list of what runs', async () => {
  const said = await tool('doctor');
  assert.equal(said.code, 0, said.stderr);
  assert.match(said.stdout, /node/);
  assert.match((await tool('list')).stdout, /call\.noop/);
});

test('bisect explains itself, and finds that two releases are alike', async () => {
  assert.match((await tool('bisect', '--help')).stdout, /^Usage: ffi-bench bisect/);
  // Runtimes come from the public registry, which a machine may reach by a proxy of its own.
  const { NODE_EXTRA_CA_CERTS, HTTPS_PROXY, NO_PROXY } = process.env;
  const { version } = versions.runtimes.bun;
  const path = pathOf(['node'], { npm: true });
  const { npm_config_registry: _, NPM_CONFIG_REGISTRY: __, ...env } = environmentOf(
    ...[path, registry.url, caches],
  );
  const place = newFolder('bisect');
  const install = ['install', '--no-audit', '--no-fund', published.tarball];
  assert.equal((await run(join(path, 'npm'), install, { cwd: place, env })).code, 0);
  const said = await run(
    join(path, 'npx'),
    ['ffi-bench', 'bisect', 'bun', 'call.noop', '--from', '1.4.4', '--to', version],
    { cwd: place, env: { ...env, NODE_EXTRA_CA_CERTS, HTTPS_PROXY, NO_PROXY } },
  );
  assert.equal(said.code, 0, said.stderr);
  assert.match(said.stdout, /call\.noop/);
  assert.match(said.stderr, /2 releases from 1\.4\.4/);
});
