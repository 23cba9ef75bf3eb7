/** The arguments that repeat a run, as its document keeps them. */

/**
 * Flags that say where a run is written, not what it measures, and whether the next word is theirs.
 * A repeated run is written elsewhere, and the document does not tell where this one was.
 */
const placing: Readonly<Record<string, boolean>> = {
  '--out': true,
  '--force': false,
  '--beside': false,
  '--resume': false,
};

/** The tool's name and what it was called with, without what only placed its output. */
export function repeatCommand(args: readonly string[]): string[] {
  const kept = ['ffi-bench'];
  for (let i = 0; i < args.length; i++) {
    const [flag, ...value] = args[i]!.split('=');
    if (!Object.hasOwn(placing, flag!)) kept.push(args[i]!);
    else if (placing[flag!] && value.length === 0) i++;
  }
  return kept;
}
