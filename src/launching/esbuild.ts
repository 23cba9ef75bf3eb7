/**
 * esbuild, which a checkout has. The package does not ship it: its workers are bundled already, and
 * only the modules of users are left, which need it beside them.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { ProvisionError } from '../boot/provision_error.mjs';
import { root } from '../boot/versions.mjs';

type Esbuild = typeof import('esbuild');

/** esbuild, from beside the tool or from the current folder. Throws how it is installed. */
export async function loadEsbuild(): Promise<Esbuild> {
  try {
    return await import('esbuild');
  } catch {
    return await import(pathToFileURL(pathInCurrentFolder()).href) as Esbuild;
  }
}

function pathInCurrentFolder(): string {
  try {
    return createRequire(join(process.cwd(), 'package.json')).resolve('esbuild');
  } catch {
    const { peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    throw new ProvisionError(
      'A task file, or a module of --against, is bundled by esbuild, which is not installed: ' +
        `npm install --save-dev esbuild@${peerDependencies.esbuild}`,
    );
  }
}
