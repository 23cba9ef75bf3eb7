/**
 * The built-in modules of Node, which Deno and Bun have too, without their ES module face.
 * Importing one as an ES module evaluates all that it exports, the streams of stdio and of files
 * among them: tens of milliseconds of every launch for nothing that a worker uses.
 */
const { process } = globalThis as unknown as {
  process: { getBuiltinModule?: (name: string) => unknown };
};

const load = process.getBuiltinModule?.bind(process);

/** A built-in module by its name. Runtimes without the short way import it. */
export async function builtIn<M>(name: `node:${string}`): Promise<M> {
  return (load?.(name) ?? (await import(name)).default) as M;
}

/** The same without waiting; null in a runtime that has no short way. */
export function builtInNow<M>(name: `node:${string}`): M | null {
  return (load?.(name) ?? null) as M | null;
}
