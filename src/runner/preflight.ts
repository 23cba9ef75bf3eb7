/**
 * Looks at a library before anything is measured: it must be this catalogue's, optimized, of today.
 */
import { sourceHash } from '../boot/library.mjs';
import type { Manifest } from '../worker/manifest.ts';
import { buildCommand, type LibraryFile, type RunArm } from './arms.ts';
import type { Bundle } from './bundle.ts';
import { exitCodes, RunError } from './errors.ts';
import { launchWorker } from './launch.ts';
import { orderOf, workerCommand } from './run.ts';
import { entries } from '../catalogue/catalogue.ts';
import { launchLimits } from './settings.ts';

/** The manifests of all libraries by SHA-256. Throws a refusal that names what is wrong. */
export async function inspectLibraries(
  checkout: string,
  bundles: ReadonlyMap<string, Bundle>,
  arms: readonly RunArm[],
  abort?: AbortSignal,
): Promise<Map<string, Manifest>> {
  const manifests = new Map<string, Manifest>();
  for (const arm of arms) {
    const { library, runtime } = arm;
    if (library === null || runtime.state === 'missing' || manifests.has(library.sha256)) continue;
    manifests.set(library.sha256, await inspect(checkout, bundles, arm, library, abort));
  }
  return manifests;
}

async function inspect(
  checkout: string,
  bundles: ReadonlyMap<string, Bundle>,
  arm: RunArm,
  library: LibraryFile,
  abort: AbortSignal | undefined,
): Promise<Manifest> {
  const noop = entries.find(({ name }) => name === 'call.noop')!;
  const planned = { entry: noop, arm, rounds: 1, reason: null };
  const result = await launchWorker(
    workerCommand(checkout, bundles, planned),
    orderOf(planned, 'contract', 1),
    launchLimits,
    abort,
  );
  const said = result.messages.find((message) => message.type === 'manifest');
  if (result.outcome !== 'done' || said?.type !== 'manifest') {
    refuse(library, `${result.reason ?? 'it has no manifest'}`);
  }
  const manifest = said.manifest as Manifest;
  if (library.label === null && manifest.source_hash !== sourceHash(checkout)) {
    refuse(library, 'It is stale: its sources have changed since it was built.');
  }
  return manifest;
}

function refuse(library: LibraryFile, reason: string): never {
  const sentence = reason.split('\n')[0];
  const remedy = library.label === null
    ? `"${buildCommand}" builds it anew.`
    : 'Build it with "zig build" from sources whose symbols are this catalogue\'s.';
  throw new RunError(
    exitCodes.libraryRefused,
    `The library ${library.path} cannot be measured. ${sentence} ${remedy}`,
  );
}
