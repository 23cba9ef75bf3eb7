// The libraries that the examples of `ffi-bench call` are tested with: those that are installed,
// or, where a root user runs the tests on a Debian-like system, the distribution's packages.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installDebian } from './debian.ts';

/** By the name that the loader knows, the package that Debian has it in. */
const libraries = {
  'libm.so.6': 'libc6',
  'libz.so.1': 'zlib1g',
  'libsqlite3.so.0': 'libsqlite3-0',
} as const;

const folders = ['/lib', '/usr/lib', '/lib64', '/usr/lib64', '/usr/local/lib']
  .flatMap((folder) => [
    folder,
    join(folder, 'x86_64-linux-gnu'),
    join(folder, 'aarch64-linux-gnu'),
  ]);

/** Sees to it that the libraries are there, or fails with a sentence. */
export async function provideLibraries(): Promise<Record<string, string>> {
  const missing = findMissing();
  if (missing.length === 0) return {};
  const said = await installDebian(missing.map((name) => libraries[name]));
  const left = findMissing();
  if (left.length === 0) return {};
  throw new Error(whatToInstall(left, said));
}

function findMissing(): (keyof typeof libraries)[] {
  return (Object.keys(libraries) as (keyof typeof libraries)[])
    .filter((name) => !folders.some((folder) => existsSync(join(folder, name))));
}

function whatToInstall(missing: readonly (keyof typeof libraries)[], rest: string): string {
  const packages = missing.map((name) => libraries[name]);
  return `The tests of "ffi-bench call" need ${missing.join(', ')}: on Debian, install ` +
    `${packages.join(' and ')}${rest}`;
}
