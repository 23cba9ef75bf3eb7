// Builds the addon that is written with node-addon-api: its headers from npm, compiled by the
// pinned Zig. Only a run that names the lane does; C++'s own library takes minutes the first time.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { runQuietly, tailOf } from './child.mjs';
import { currentHost, installCommand } from './host.mjs';
import { artifactPath, libraryPath } from './library.mjs';
import { withLock } from './lock.mjs';
import { isPackage, root, toolFolder } from './places.mjs';
import { versions } from './versions.mjs';
import { findZig, installZig, zigEnvironment } from './zig.mjs';

const source = join(root, 'runtimes', 'napi_cpp', 'addon.cc');
const addon = artifactPath(root, 'addon_cpp');
const packages = join(toolFolder, 'napi_cpp');

/** What the addon was built of. */
function wantedStamp() {
  const hash = createHash('sha256').update(JSON.stringify(versions.napi_cpp));
  for (const path of [source, libraryPath(root)]) hash.update(readFileSync(path));
  return hash.update(versions.zig.version).digest('hex');
}

/**
 * Builds the addon where it is not there or older than what it is made of. Without a network or a
 * compiler it is left out, and the sentence returned says why; null where all is well.
 * @returns {Promise<string | null>}
 */
export async function provideNapiCpp() {
  if (process.platform === 'win32') return 'the addon by node-addon-api is not built on Windows';
  if (isPackage) return 'the addon by node-addon-api is built in a checkout only';
  return await withLock(join(toolFolder, 'napi_cpp.lock'), async () => {
    const stamp = `${addon}.stamp`;
    const wanted = wantedStamp();
    if (existsSync(addon) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
      return null;
    }
    const why = await installHeaders() ?? await compile();
    if (why === null) writeFileSync(stamp, wanted);
    return why;
  });
}

async function installHeaders() {
  const there = Object.keys(versions.napi_cpp).every((name) =>
    existsSync(join(packages, 'node_modules', name, 'package.json'))
  );
  if (there) return null;
  mkdirSync(packages, { recursive: true });
  const wanted = { name: 'napi_cpp', private: true, dependencies: versions.napi_cpp };
  writeFileSync(join(packages, 'package.json'), JSON.stringify(wanted));
  const { command, args } = installCommand(currentHost(), { locked: false });
  const outcome = await runQuietly(command, args, { cwd: packages });
  if (outcome.code === 0) return null;
  return `the headers of node-addon-api could not be had: ${tailOf(outcome)}`;
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
    ...['-o', addon, source, libraryPath(root)],
    // Node-API comes from the runtime that loads the addon, the kernels from beside it.
    isMac ? '-Wl,-undefined,dynamic_lookup' : '-Wl,--allow-shlib-undefined',
    `-Wl,-rpath,${isMac ? '@loader_path' : '$ORIGIN'}`,
  ], { cwd: dirname(source), env: zigEnvironment() });
  if (outcome.code === 0) return null;
  return `the addon by node-addon-api could not be compiled: ${tailOf(outcome)}`;
}
