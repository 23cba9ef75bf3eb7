/** The lanes of the runtime that runs the tool itself, to ask the library's probe through them. */
import process from 'node:process';
import type { Lane } from '../../src/catalogue/lane.ts';
import type { Artifact, RuntimeName } from '../registry.ts';

/** The runtime that runs this very process, and its version. */
export function hostRuntime(): { runtime: RuntimeName; version: string } {
  const { deno, bun, node } = process.versions as Record<string, string>;
  if (deno !== undefined) return { runtime: 'deno', version: deno };
  if (bun !== undefined) return { runtime: 'bun', version: bun };
  return { runtime: 'node', version: node! };
}

/** A lane for the tool's own questions, and the build of the kernels that it opens. */
export interface HostLane {
  readonly lane: Lane;
  readonly artifact: Artifact;
}

/**
 * The lanes that the host may have, the best first. Under Node that is the addon, which every
 * version of it loads; it is not built for every platform.
 */
export async function hostLanes(): Promise<HostLane[]> {
  switch (hostRuntime().runtime) {
    case 'deno':
      return await present('library', () => import('../deno/ffi.ts'));
    case 'bun':
      return await present('library', () => import('../bun/ffi.ts'));
    case 'node':
      return [
        ...await present('addon', () => import('../napi.ts')),
        ...await present('library', () => import('../node/ffi.ts')),
      ];
  }
}

async function present(
  artifact: Artifact,
  load: () => Promise<{ readonly default: Lane }>,
): Promise<HostLane[]> {
  try {
    return [{ lane: (await load()).default, artifact }];
  } catch {
    return [];
  }
}
