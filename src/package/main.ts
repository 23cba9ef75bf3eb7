/**
 * Makes what the package ships, in dist: `npm pack` calls it before it packs. `--only FOLDER`
 * builds the native parts of one target alone, as a test on this machine needs them.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { distFolder } from '../boot/places.mjs';
import { messageOf } from '../boot/provision_error.mjs';
import { readTools } from '../boot/tools.mjs';
import { shipParts } from './parts.ts';
import { shipScripts } from './scripts.ts';
import { shipTypes } from './types.ts';

const exitCode = { good: 0, notMade: 4 } as const;

/** Makes the package's content and returns the exit code. */
export async function main(argv: string[]): Promise<number> {
  try {
    const { values } = parseArgs({ args: argv, options: { only: { type: 'string' } } });
    const { zig } = readTools();
    if (zig.state === 'missing') throw new Error(zig.reason);
    rmSync(distFolder, { recursive: true, force: true });
    await shipScripts();
    await shipTypes(join(distFolder, 'types'));
    await shipParts(zig.path, values.only ?? null);
    return exitCode.good;
  } catch (error) {
    process.stderr.write(`ffi-bench: The package could not be made. ${messageOf(error)}\n`);
    return exitCode.notMade;
  }
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
