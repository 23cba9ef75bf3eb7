#!/usr/bin/env node
// Every start of the installed package goes through here, under Node, Bun or Deno alike. Nothing is
// installed or built: the package has all that the tool needs.
import process from 'node:process';

/** The oldest Node that runs the tool; a runtime that is measured may be older. */
const oldestNode = 22;

const { node, bun, deno } = process.versions;
if (!bun && !deno && Number(node?.split('.')[0]) < oldestNode) {
  process.stderr.write(
    `ffi-bench: The tool needs Node ${oldestNode} or newer, Bun or Deno; this is Node ${node}.\n`,
  );
  process.exitCode = 4;
} else {
  // Node talks about what is experimental in it; the tool knows.
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name !== 'ExperimentalWarning') process.stderr.write(`${warning.stack}\n`);
  });
  const { main } = await import('../cli/main.ts');
  process.exitCode = await main(process.argv.slice(2));
}
