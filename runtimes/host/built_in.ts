/**
 * The built-in modules of Node, which Deno and Bun have too, without their ES module face.
 * Importing one as an ES module evaluates all that it exports, the streams of stdio and of files
 * among them: tens of milliseconds of every launch for nothing that a worker uses.
 */
const short = globalThis as unknown as {
  // Looked up when it is needed: in Deno, touching `process` makes it, which takes 20 ms.
  readonly process: { getBuiltinModule?: (name: string) => unknown };
};

/** A built-in module by its name. Runtimes without the short way import it. */
export async function builtIn<M>(name: `node:${string}`): Promise<M> {
  return builtInNow<M>(name) ?? (await import(name)).default as M;
}

/** The same without waiting; null in a runtime that has no short way. */
export function builtInNow<M>(name: `node:${string}`): M | null {
  return (short.process.getBuiltinModule?.(name) ?? null) as M | null;
}
