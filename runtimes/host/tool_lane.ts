/** The ffi lane of the runtime that runs the tool itself, to ask the library's probe through it. */
import process from 'node:process';
import type { Lane } from '../../src/catalogue/lane.ts';
import type { RuntimeName } from '../registry.ts';

/** The runtime that runs this very process, and its version. */
export function hostRuntime(): { runtime: RuntimeName; version: string } {
  const { deno, bun, node } = process.versions as Record<string, string>;
  if (deno !== undefined) return { runtime: 'deno', version: deno };
  if (bun !== undefined) return { runtime: 'bun', version: bun };
  return { runtime: 'node', version: node! };
}

/** The lane; null where the host has none, or none that may be used. */
export async function hostLane(): Promise<Lane | null> {
  try {
    switch (hostRuntime().runtime) {
      case 'deno':
        return (await import('../deno/ffi.ts')).default;
      case 'bun':
        return (await import('../bun/ffi.ts')).default;
      case 'node':
        return (await import('../node/ffi.ts')).default;
    }
  } catch {
    return null;
  }
}
