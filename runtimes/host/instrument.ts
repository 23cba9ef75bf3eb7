/**
 * The instrument's own way into the library: through whatever does not touch the lane under test.
 * Deno and Bun open the library a second time, with functions of their own. Node runs all functions
 * of node:ffi that share a signature through shared wrappers, so it takes the Node-API addon.
 */
import type module from 'node:module';
import type { ThroughputProbe } from '../../src/measure/clock.ts';
import { builtIn } from './built_in.ts';
import type { Artifact } from '../registry.ts';

/** What the instrument calls. */
export interface Instrument {
  readonly throughput: ThroughputProbe;
}

/** The build of the kernels that a runtime's instrument opens. */
export function instrumentArtifact(runtime: string): Artifact {
  return runtime === 'node' ? 'addon' : 'library';
}

interface Dlopen {
  dlopen(path: string, symbols: object): { readonly symbols: Record<string, ThroughputProbe> };
}

interface Addon {
  open(form: 'plain', names: readonly string[]): Record<string, ThroughputProbe>;
}

const name = 'ffib_throughput';

/** Opens the instrument of this process's runtime in the build that `instrumentArtifact` names. */
export async function openInstrument(path: string): Promise<Instrument> {
  const { Deno: deno, Bun: bun } = globalThis as unknown as { Deno?: Dlopen; Bun?: unknown };
  if (deno !== undefined) {
    const { symbols } = deno.dlopen(path, { [name]: { parameters: [], result: 'u32' } });
    return { throughput: symbols[name]! };
  }
  if (bun !== undefined) {
    const { dlopen } = await import('bun:ffi') as unknown as Dlopen;
    return { throughput: dlopen(path, { [name]: { args: [], returns: 'u32' } }).symbols[name]! };
  }
  const { createRequire } = await builtIn<typeof module>('node:module');
  const addon = createRequire(import.meta.url)(path) as Addon;
  return { throughput: addon.open('plain', [name])[name]! };
}
