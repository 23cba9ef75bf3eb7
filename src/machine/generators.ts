/** The builds of the kernels by binding generators, which a run makes that names a lane of them. */
import { join } from 'node:path';
import { lanes } from '../../runtimes/lanes.ts';
import { napiRsSource } from '../../runtimes/napi_rs/bindings.ts';
import type { OwnArtifact } from '../../runtimes/registry.ts';
import { wasmBindgenSource } from '../../runtimes/wasm_bindgen/bindings.ts';
import { type Generated, isCurrent, provideGenerated } from '../boot/generated.mjs';
import { napiCpp } from '../boot/napi_cpp.mjs';
import { napiRs } from '../boot/napi_rs.mjs';
import { root } from '../boot/versions.mjs';
import { wasmBindgen } from '../boot/wasm_bindgen.mjs';

/** Why a build of the kernels could not be made, by its name. */
export type Reasons = Readonly<Partial<Record<OwnArtifact, string>>>;

/** All of them. Their sources are made when they are asked for. */
function generators(): readonly Generated[] {
  const below = (...parts: string[]) => join(root, 'runtimes', ...parts);
  return [
    napiCpp,
    napiRs({ texts: { 'lib.rs': napiRsSource() }, folder: below('napi_rs', 'crate') }),
    wasmBindgen(
      { texts: { 'lib.rs': wasmBindgenSource() }, folder: below('wasm_bindgen', 'crate') },
      { texts: {}, folder: below('wasm_bindgen', 'bindgen') },
    ),
  ];
}

/** Builds those whose mechanisms are named, one after the other; answers why some could not be. */
export async function buildGenerated(mechanisms: ReadonlySet<string>): Promise<Reasons> {
  const named = new Set(
    lanes.filter(({ mechanism }) => mechanisms.has(mechanism)).map(({ artifact }) => artifact),
  );
  const reasons: Partial<Record<OwnArtifact, string>> = {};
  for (const one of generators().filter(({ artifact }) => named.has(artifact))) {
    const reason = await provideGenerated(one);
    if (reason !== null) reasons[one.artifact] = reason;
  }
  return reasons;
}

/** The builds that are generated, and whether each is here as its sources are. */
export function generatedHere(): ReadonlyMap<string | null, boolean> {
  return new Map(generators().map((one) => [one.artifact, isCurrent(one)]));
}
