// Run by a binary that claims to be a runtime: says which one it is, as one line of JSON.
const { Deno, Bun, process } = globalThis;

/** The program itself; Deno tells it only where it may. */
function ownPath() {
  try {
    return process.execPath;
  } catch {
    return undefined;
  }
}

const said = Deno
  ? { runtime: 'deno', version: Deno.version.deno, engine: `V8 ${Deno.version.v8}` }
  : Bun
  ? {
    runtime: 'bun',
    version: Bun.version,
    engine: `JavaScriptCore ${process.versions['webkit']?.slice(0, 12)}`,
  }
  : {
    runtime: 'node',
    version: process.versions.node,
    engine: `V8 ${process.versions.v8}`,
  };
console.log(JSON.stringify({ ffi_bench_probe: 1, ...said, path: ownPath() }));
