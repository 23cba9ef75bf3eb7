/**
 * Looks at a library before anything is measured: it must be this catalogue's, optimized, of today.
 */
import { sourceHash } from '../boot/library.mjs';
import type { Manifest } from '../worker/manifest.ts';
import type { LibraryFile, RunArm } from '../planning/arm.ts';
import { buildCommand } from './arms.ts';
import type { WantedWorker, Workers } from '../launching/bundle.ts';
import { exitCodes, RunError } from '../usage/errors.ts';
import { launchWorker } from '../launching/launch.ts';
import { orderOf, workerCommand, workerOf } from '../launching/command.ts';
import { entries } from '../catalogue/catalogue.ts';
import { launchLimits } from '../planning/settings.ts';

/** What every library is asked by: any task will do whose worker reads the manifest. */
const asked = entries.find(({ name }) => name === 'call.noop')!;

/** The worker that an arm's library is asked by; none where its host is a program. */
export function inspectingWorker(arm: RunArm): WantedWorker[] {
  return workerOf({ arm, entry: asked });
}

/** The manifests of all libraries by SHA-256. Throws a refusal that names what is wrong. */
export async function inspectLibraries(
  checkout: string,
  workers: Workers,
  arms: readonly RunArm[],
  abort?: AbortSignal,
): Promise<Map<string, Manifest>> {
  const manifests = new Map<string, Manifest>();
  const silent = new Map<LibraryFile, string>();
  for (const arm of arms) {
    const { library, runtime } = arm;
    if (library === null || runtime.state === 'missing' || manifests.has(library.sha256)) continue;
    const found = await inspect(checkout, workers, arm, library, abort);
    if (typeof found === 'string') silent.set(library, found);
    else manifests.set(library.sha256, found);
  }
  for (const [library, reason] of silent) {
    if (!manifests.has(library.sha256)) refuse(library, reason);
  }
  return manifests;
}

/** The manifest; or what became of a worker that said nothing, which is its runtime's fault. */
async function inspect(
  checkout: string,
  workers: Workers,
  arm: RunArm,
  library: LibraryFile,
  abort: AbortSignal | undefined,
): Promise<Manifest | string> {
  const planned = { entry: asked, arm, rounds: 1, reason: null };
  const result = await launchWorker(
    workerCommand(checkout, workers, planned),
    orderOf(planned, { mode: 'contract', callsPerBatch: 1, durationNs: 0, instrument: '' }),
    launchLimits,
    abort,
  );
  if (result.messages.length === 0 && result.reason !== null) return result.reason;
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
