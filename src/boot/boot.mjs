#!/usr/bin/env node
// Every start goes through here, under Node 20, Bun or Deno alike, on a bare clone: it provisions
// what is missing and starts the tool. It imports `node:` modules and its siblings, nothing else.
import process from 'node:process';
import { currentHost } from './host.mjs';
import { provision } from './provision.mjs';
import { ProvisionError } from './provision_error.mjs';
import { entryOf, startTool } from './start.mjs';

/** @param {string[]} argv */
async function main(argv) {
  // The test command tells where its time went, provisioning included.
  process.env.FFI_BENCH_STARTED_MS ??= String(performance.timeOrigin);
  const entry = entryOf(argv);
  const host = currentHost();
  const tools = await provision(host, entry);
  return await startTool(host, tools, entry);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ProvisionError)) throw error;
  process.stderr.write(`ffi-bench: ${error.message}\n`);
  process.exitCode = error.exitCode;
}
