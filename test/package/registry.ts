// A registry of npm packages for tests: on this machine, with the packages that a test gives it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A package as the registry has it. */
export interface Published {
  readonly name: string;
  readonly version: string;
  /** Path of its tarball. */
  readonly tarball: string;
  /** Its manifest, as far as package managers ask. */
  readonly manifest: Readonly<Record<string, unknown>>;
  /** The hash that the registry claims; without it, the tarball's own. */
  readonly integrity?: string;
}

/** A registry that runs. */
export interface Registry {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a registry; it knows no other packages than these. */
export async function startRegistry(packages: readonly Published[]): Promise<Registry> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://here').pathname);
    const base = `http://${request.headers.host}`;
    const asked = packages.filter(({ name }) => path === `/${name}`);
    const packed = packages.find(({ name, version }) => path === `/${name}/-/${version}.tgz`);
    if (packed !== undefined) return response.end(readFileSync(packed.tarball));
    if (asked.length > 0) {
      response.setHeader('content-type', 'application/json');
      return response.end(JSON.stringify(describe(asked, base)));
    }
    response.statusCode = 404;
    response.end('{}');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((done) => server.close(() => done())),
  };
}

/** What a registry says of a package, by all its versions, the newest last. */
function describe(versions: readonly Published[], base: string) {
  const newest = versions.at(-1)!;
  return {
    name: newest.name,
    'dist-tags': { latest: newest.version },
    versions: Object.fromEntries(versions.map((one) => [one.version, describeVersion(one, base)])),
    // Bun and Deno may refuse what was published a moment ago.
    time: Object.fromEntries(versions.map(({ version }) => [version, '2020-01-01T00:00:00.000Z'])),
  };
}

function describeVersion(published: Published, base: string) {
  const { name, version, tarball, manifest, integrity } = published;
  const hash = createHash('sha512').update(readFileSync(tarball)).digest('base64');
  const dist = {
    tarball: `${base}/${name}/-/${version}.tgz`,
    integrity: integrity ?? `sha512-${hash}`,
  };
  return { ...manifest, name, version, dist };
}
