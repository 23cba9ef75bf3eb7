/**
 * Watches the files that a run depends on: runtimes and libraries. One that is replaced while the
 * run goes on would mix two programs under one name.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';

/** The files of a run as they were when it was prepared. */
export interface FileWatch {
  /** SHA-256 of each file, by path. */
  readonly hashes: Readonly<Record<string, string>>;
  /** Says in a sentence that a file is another one than before; null while it is the same. */
  whyReplaced(path: string): string | null;
  /** All such sentences. */
  replaced(): string[];
}

interface Seen {
  stamp: string;
  reason: string | null;
}

/**
 * Starts watching. A look costs a few microseconds: only a file whose inode, size or times differ
 * is hashed again. `cachePath` keeps hashes between runs; runtimes have 100 MB and more.
 */
export function watchFiles(paths: readonly string[], cachePath: string | null = null): FileWatch {
  const cache = readCache(cachePath);
  const seen = new Map<string, Seen>();
  const hashes: Record<string, string> = {};
  const fresh: Record<string, string> = {};
  for (const path of new Set(paths)) {
    const stamp = stampOf(path);
    const sha256 = cache[stamp] ?? hashFile(path);
    hashes[path] = fresh[stamp] = sha256;
    seen.set(path, { stamp, reason: null });
  }
  writeCache(cachePath, { ...cache, ...fresh });
  const whyReplaced = (path: string) => {
    const known = seen.get(path);
    if (known !== undefined) known.reason ??= look(path, known, hashes[path]!);
    return known?.reason ?? null;
  };
  return {
    hashes,
    whyReplaced,
    replaced: () => [...seen.keys()].map(whyReplaced).filter((reason) => reason !== null),
  };
}

function look(path: string, known: Seen, before: string): string | null {
  let after: string;
  try {
    const stamp = stampOf(path);
    if (stamp === known.stamp) return null;
    after = hashFile(path);
    known.stamp = stamp;
  } catch (error) {
    return `${path} was taken away while the run went on (${(error as Error).message}).`;
  }
  if (after === before) return null;
  const short = (sha256: string) => sha256.slice(0, 12);
  return `${path} was replaced while the run went on: its SHA-256 began with ${
    short(before)
  }, now ` +
    `with ${short(after)}.`;
}

/** What changes whenever a file is written, moved or linked anew; the last of it cannot be set. */
function stampOf(path: string): string {
  const real = realpathSync(path);
  const { dev, ino, size, mtimeMs, ctimeMs } = statSync(real);
  return [real, dev, ino, size, mtimeMs, ctimeMs].join(' ');
}

/** SHA-256 of a file, read in stretches. */
export function hashFile(path: string): string {
  const hash = createHash('sha256');
  const stretch = new Uint8Array(1 << 20);
  const descriptor = openSync(path, 'r');
  try {
    for (;;) {
      const length = readSync(descriptor, stretch, 0, stretch.length, null);
      if (length === 0) return hash.digest('hex');
      hash.update(stretch.subarray(0, length));
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Most hashes that are kept. */
const mostCached = 100;

function readCache(path: string | null): Record<string, string> {
  if (path === null) return {};
  try {
    const entries = Object.entries(JSON.parse(readFileSync(path, 'utf8')))
      .filter((entry): entry is [string, string] => /^[0-9a-f]{64}$/.test(String(entry[1])));
    return Object.fromEntries(entries.slice(-mostCached));
  } catch {
    return {};
  }
}

function writeCache(path: string | null, cache: Record<string, string>): void {
  if (path === null) return;
  try {
    writeFileSync(path, JSON.stringify(cache));
  } catch {
    // The next run hashes again.
  }
}
