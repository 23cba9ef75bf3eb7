// Builds the addon by napi-rs: its functions are generated from the signature table, cargo compiles
// them, and the pinned Zig links them to the library.
import { copyFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { cargoBuild, cratesStamp, requireCargo } from './cargo.mjs';
import { artifactPath, libraryPath } from './library.mjs';
import { root, toolFolder } from './places.mjs';

/**
 * @param {import('./cargo.mjs').Crate} crate
 * @returns {import('./generated.mjs').Generated}
 */
export function napiRs(crate) {
  return {
    artifact: 'addon_rs',
    title: 'the addon by napi-rs',
    takes: 'three minutes',
    stamp: () => cratesStamp([crate]),
    build: () => build(crate),
  };
}

/** @param {import('./cargo.mjs').Crate} crate */
async function build(crate) {
  await requireCargo();
  const isMac = process.platform === 'darwin';
  const flags = [
    `-Lnative=${dirname(libraryPath(root))}`,
    // Node-API comes from the runtime that loads the addon, the kernels from beside it.
    `-Clink-arg=-Wl,${isMac ? '-undefined,dynamic_lookup' : '--allow-shlib-undefined'}`,
    `-Clink-arg=-Wl,-rpath,${isMac ? '@loader_path' : '$ORIGIN'}`,
  ];
  const built = await cargoBuild(crate, join(toolFolder, 'napi_rs'), { flags });
  const name = `libffib_napi_rs.${isMac ? 'dylib' : 'so'}`;
  copyFileSync(join(built, name), artifactPath(root, 'addon_rs'));
}
