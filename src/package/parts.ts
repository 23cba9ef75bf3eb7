/** The native parts of the package: built by Zig for every target, with a hash of each. */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runQuietly, tailOf } from '../boot/child.mjs';
import { artifactPath, sourceHash } from '../boot/library.mjs';
import { distFolder } from '../boot/places.mjs';
import { ProvisionError } from '../boot/provision_error.mjs';
import { partFile, type Shipped } from '../boot/shipped.mjs';
import { root } from '../boot/versions.mjs';
import { zigEnvironment } from '../boot/zig.mjs';
import { readSource } from '../session/source.ts';

const nativeFolder = join(distFolder, 'native');

/** Builds the parts into dist/native, those of one target alone where `only` names its folder. */
export async function shipParts(zig: string, only: string | null): Promise<void> {
  const prefix = join(root, 'zig-out');
  const args = ['build', 'ship', '--prefix', prefix];
  const outcome = await runQuietly(
    zig,
    only === null ? args : [...args, `-Dship-only=${only}`],
    { cwd: root, env: zigEnvironment() },
  );
  if (outcome.code !== 0) {
    throw new ProvisionError(`The native parts could not be built.\n${tailOf(outcome, 20)}`);
  }
  const from = only === null ? join(prefix, 'ship') : join(prefix, 'ship', only);
  cpSync(from, join(nativeFolder, only ?? ''), { recursive: true });
  cpSync(artifactPath(root, 'module'), join(nativeFolder, partFile('module')));
  writeRecord();
}

function writeRecord(): void {
  const sha256 = Object.fromEntries(
    readdirSync(nativeFolder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(nativeFolder.length + 1))
      .map((path) => path.replaceAll('\\', '/')).sort()
      .map((path) => [path, hashOf(join(nativeFolder, path))]),
  );
  const record: Shipped = { source_hash: sourceHash(root), ...readSource(root), sha256 };
  mkdirSync(nativeFolder, { recursive: true });
  writeFileSync(join(nativeFolder, 'parts.json'), `${JSON.stringify(record, null, 2)}\n`);
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
