// Builds the module by wasm-bindgen: the kernels as Zig compiles them for WebAssembly, functions
// around them that are generated from the signature table, and the script that wasm-bindgen writes.
import { copyFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cargoBuild, cratesStamp, mustRun, requireCargo, requireRustTarget } from './cargo.mjs';
import { artifactPath, sourceHash } from './library.mjs';
import { root, toolFolder } from './places.mjs';
import { findZig, installZig, zigEnvironment } from './zig.mjs';

const target = 'wasm32-unknown-unknown';

/**
 * @param {import('./cargo.mjs').Crate} crate of the functions
 * @param {import('./cargo.mjs').Crate} tool that writes the script
 * @returns {import('./generated.mjs').Generated}
 */
export function wasmBindgen(crate, tool) {
  return {
    artifact: 'module_rs',
    title: 'the module by wasm-bindgen',
    takes: 'five minutes',
    stamp: () => `${cratesStamp([crate, tool])}\n${sourceHash(root)}`,
    build: () => build(crate, tool),
  };
}

/**
 * @param {import('./cargo.mjs').Crate} crate
 * @param {import('./cargo.mjs').Crate} tool
 */
async function build(crate, tool) {
  await requireCargo();
  await requireRustTarget(target);
  const zig = await findZig() ?? await installZig();
  await mustRun(zig.path, ['build', 'wasm-kernels'], root, zigEnvironment());
  const module = artifactPath(root, 'module_rs');
  const folder = join(toolFolder, 'wasm_bindgen');
  const flags = [
    `-Clink-arg=${join(dirname(module), 'kernels.wasm.o')}`,
    '-Ctarget-feature=+bulk-memory,+mutable-globals,+nontrapping-fptoint,+sign-ext,+simd128',
  ];
  const built = await cargoBuild(crate, join(folder, 'module'), { target, flags });
  const tools = await cargoBuild(tool, join(folder, 'bindgen'), {});
  const written = join(folder, 'written');
  const command = join(tools, 'ffib_bindgen');
  await mustRun(command, [join(built, 'ffib_wasm_bindgen.wasm'), written], folder);
  // The runtimes take a script beside a package.json of modules for one, unless its name says no.
  copyFileSync(join(written, 'ffibench_bindgen.js'), module.replace(/_bg\.wasm$/, '.cjs'));
  copyFileSync(join(written, 'ffibench_bindgen_bg.wasm'), module);
}
