// The libraries that the examples of `ffi-bench call` are tested with, and their headers: those
// that are installed, or, where a root user runs the tests on a Debian-like system, the
// distribution's packages.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installDebian } from './debian.ts';

/** By the file that is needed, a library or a header, the package that Debian has it in. */
const files: Readonly<Record<string, string>> = {
  'libm.so.6': 'libc6',
  'stdlib.h': 'libc6-dev',
  'libz.so.1': 'zlib1g',
  'zlib.h': 'zlib1g-dev',
  'libzstd.so.1': 'libzstd1',
  'zstd.h': 'libzstd-dev',
  'liblz4.so.1': 'liblz4-1',
  'lz4.h': 'liblz4-dev',
  'libsqlite3.so.0': 'libsqlite3-0',
  'sqlite3.h': 'libsqlite3-dev',
  'libsodium.so.23': 'libsodium23',
  'sodium.h': 'libsodium-dev',
  'libcrypto.so.3': 'libssl3',
  'openssl/sha.h': 'libssl-dev',
  'libcurl.so.4': 'libcurl4',
  'curl/curl.h': 'libcurl4-openssl-dev',
  'libopenblas.so.0': 'libopenblas0',
  'cblas.h': 'libopenblas-dev',
  'libpng16.so.16': 'libpng16-16',
  'png.h': 'libpng-dev',
};

const multiarch = ['x86_64-linux-gnu', 'aarch64-linux-gnu'];

const folders = ['/lib', '/usr/lib', '/lib64', '/usr/lib64', '/usr/local/lib', '/usr/include']
  .flatMap((folder) => [folder, ...multiarch.map((name) => join(folder, name))]);

/** Sees to it that the libraries are there, or fails with a sentence. */
export async function provideLibraries(): Promise<Record<string, string>> {
  const missing = findMissing();
  if (missing.length === 0) return {};
  const said = await installDebian(missing.map((name) => files[name]!));
  const left = findMissing();
  if (left.length === 0) return {};
  throw new Error(whatToInstall(left, said));
}

function findMissing(): string[] {
  return Object.keys(files).filter((name) =>
    !folders.some((folder) => existsSync(join(folder, name)))
  );
}

function whatToInstall(missing: readonly string[], rest: string): string {
  const packages = missing.map((name) => files[name]);
  return `The tests of "ffi-bench call" need ${missing.join(', ')}: on Debian, install ` +
    `${packages.join(' and ')}${rest}`;
}
