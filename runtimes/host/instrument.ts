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
  /** Binds this thread to the core that is freest now; returns its number, or -1. */
  readonly takeFreestCore: () => number;
  /** `step_walk` of src/catalogue/signatures.ts. */
  readonly stepWalk: (target: Uint8Array, capacity: number) => number;
}

/** The build of the kernels that a runtime's instrument opens. */
export function instrumentArtifact(runtime: string): Artifact {
  return runtime === 'node' ? 'addon' : 'library';
}

type Functions = Readonly<Record<string, (...args: never[]) => number>>;

interface Dlopen {
  dlopen(path: string, symbols: object): { readonly symbols: Functions };
}

interface Addon {
  open(form: 'plain', names: readonly string[]): Functions;
}

/** Its functions, each with the types of its arguments and its result in the runtimes' words. */
const functions = {
  ffib_throughput: [[], 'u32'],
  ffib_take_freest_core: [[], 'i32'],
  ffib_step_walk: [['buffer', 'u32'], 'i32'],
} as const;

/** Opens the instrument of this process's runtime in the build that `instrumentArtifact` names. */
export async function openInstrument(path: string): Promise<Instrument> {
  const opened = await openFunctions(path);
  return {
    throughput: opened['ffib_throughput'] as Instrument['throughput'],
    takeFreestCore: opened['ffib_take_freest_core'] as Instrument['takeFreestCore'],
    stepWalk: opened['ffib_step_walk'] as Instrument['stepWalk'],
  };
}

async function openFunctions(path: string): Promise<Functions> {
  const { Deno: deno, Bun: bun } = globalThis as unknown as { Deno?: Dlopen; Bun?: unknown };
  if (deno !== undefined) {
    return deno.dlopen(path, defined((args, result) => ({ parameters: args, result }))).symbols;
  }
  if (bun !== undefined) {
    const { dlopen } = await import('bun:ffi') as unknown as Dlopen;
    // Bun before 1.2 has no type of its own for a buffer.
    const typed = (word: string) => word === 'buffer' ? 'ptr' : word;
    return dlopen(path, defined((args, returns) => ({ args: args.map(typed), returns }))).symbols;
  }
  const { createRequire } = await builtIn<typeof module>('node:module');
  const addon = createRequire(import.meta.url)(path) as Addon;
  return addon.open('plain', Object.keys(functions));
}

/** The functions as a runtime wants them defined. */
function defined(define: (args: readonly string[], result: string) => object): object {
  return Object.fromEntries(
    Object.entries(functions).map(([name, [args, result]]) => [name, define(args, result)]),
  );
}
