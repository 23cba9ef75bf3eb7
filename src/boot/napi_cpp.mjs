// Builds the addon that is written with node-addon-api: its headers from npm, compiled by the
// pinned Zig. C++'s own library takes minutes the first time.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { runQuietly, tailOf } from './child.mjs';
import { currentHost, installCommand } from './host.mjs';
import { artifactPath, libraryPath } from './library.mjs';
import { root, toolFolder } from './places.mjs';
import { versions } from './versions.mjs';
import { findZig, installZig, zigEnvironment } from './zig.mjs';

const source = join(root, 'runtimes', 'napi_cpp', 'addon.cc');
const packages = join(toolFolder, 'napi_cpp');

/** @type {import('./generated.mjs').Generated} */
export const napiCpp = {
  artifact: 'addon_cpp',
  title: 'the addon by node-addon-api',
  takes: 'five minutes',
  stamp() {
    const hash = createHash('sha256').update(JSON.stringify(versions.napi_cpp));
    for (const path of [source, libraryPath(root)]) hash.update(readFileSync(path));
    return hash.update(versions.zig.version).digest('hex');
  },
  async build() {
    await installHeaders();
    await compile();
  },
};

async function installHeaders() {
  const there = Object.keys(versions.napi_cpp).every((name) =>
    existsSync(join(packages, 'node_modules', name, 'package.json'))
  );
  if (there) return;
  mkdirSync(packages, { recursive: true });
  const wanted = { name: 'napi_cpp', private: true, dependencies: versions.napi_cpp };
  writeFileSync(join(packages, 'package.json'), JSON.stringify(wanted));
  const { command, args } = installCommand(currentHost(), { locked: false });
  const outcome = await runQuietly(command, args, { cwd: packages });
  if (outcome.code === 0) return;
  throw new Error(`its headers were not installed: ${tailOf(outcome)}`);
}

async function compile() {
  const zig = await findZig() ?? await installZig();
  const include = (/** @type {string} */ path) => `-I${join(packages, 'node_modules', path)}`;
  const isMac = process.platform === 'darwin';
  const outcome = await runQuietly(zig.path, [
    'c++',
    ...['-std=c++17', '-O2', '-fPIC', '-shared', '-fexceptions'],
    ...['-DNAPI_VERSION=8', '-DNAPI_CPP_EXCEPTIONS'],
    include('node-addon-api'),
    include(join('node-api-headers', 'include')),
    ...['-o', artifactPath(root, 'addon_cpp'), source, libraryPath(root)],
    // Node-API comes from the runtime that loads the addon, the kernels from beside it.
    isMac ? '-Wl,-undefined,dynamic_lookup' : '-Wl,--allow-shlib-undefined',
    `-Wl,-rpath,${isMac ? '@loader_path' : '$ORIGIN'}`,
  ], { cwd: dirname(source), env: zigEnvironment() });
  if (outcome.code === 0) return;
  throw new Error(`it was not compiled: ${tailOf(outcome)}`);
}
