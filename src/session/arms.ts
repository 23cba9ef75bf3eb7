/** The arms of a run: every found runtime × its selected lanes × the libraries. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { flagsOf, lanes } from '../../runtimes/lanes.ts';
import { artifacts, hosts, type LaneRow, type OwnArtifact } from '../../runtimes/registry.ts';
import { artifactPath } from '../boot/library.mjs';
import { isPackage } from '../boot/places.mjs';
import { root } from '../boot/versions.mjs';
import type { Arm, Library } from '../results/schema.ts';
import type { Manifest } from '../worker/manifest.ts';
import { exitCodes, RunError } from '../usage/errors.ts';
import type { Reasons } from '../machine/generators.ts';
import { type FoundRuntime, isOlder } from '../machine/runtimes.ts';
import type { LibraryFile, RunArm } from '../planning/arm.ts';
import { packageFolder, whyNoPackage } from '../machine/packages_beside.ts';
import { shownPath } from './shown_paths.ts';

/** How the library is made, for messages. */
export const buildCommand = isPackage ? 'npm install ffi-bench' : 'npm run ffi-bench -- doctor';

/** Reads a library's file. Throws a refusal where it is not there. */
export function libraryFile(path: string, label: string | null): LibraryFile {
  if (!existsSync(path)) {
    throw new RunError(
      exitCodes.libraryRefused,
      `There is no library at ${path}. "${buildCommand}" builds the project's own.`,
    );
  }
  const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
  return { label, path: realpathSync(path), sha256 };
}

/** All arms, in the order of the registry's mechanisms and the requested runtimes. */
export function makeArms(
  found: readonly FoundRuntime[],
  libraries: readonly LibraryFile[],
  reasons: Reasons = {},
): RunArm[] {
  const mechanismOrder = [...new Set(lanes.map(({ mechanism }) => mechanism))];
  return mechanismOrder.flatMap((mechanism) =>
    found.flatMap((runtime) =>
      lanes.filter((row) => row.mechanism === mechanism && row.runtime === runtime.runtime)
        .flatMap((row) => armsOf(row, fitFor(row, runtime), libraries, reasons))
    )
  );
}

/**
 * The runtime, or why this lane is not in it: some mechanisms came with a later version, and some
 * are packages that must be installed, or ways of Python that could not be had here.
 */
function fitFor(row: LaneRow, runtime: FoundRuntime): FoundRuntime {
  const { mechanism, since } = row;
  if (row.package !== undefined && packageFolder(row.package) === null) {
    const reason = whyNoPackage(row.package);
    return { ...runtime, state: 'missing', reason, python: undefined };
  }
  const absent = runtime.python?.reasons[mechanism];
  if (absent !== undefined) {
    return { ...runtime, state: 'missing', reason: absent, python: undefined };
  }
  if (since === undefined || runtime.state === 'missing' || !isOlder(runtime.version, since)) {
    return runtime;
  }
  const { title } = hosts[runtime.runtime];
  const reason = `${title} ${runtime.version} has no ${mechanism}, which came with ${since}`;
  return { ...runtime, state: 'missing', reason, python: undefined };
}

function armsOf(
  row: LaneRow,
  runtime: FoundRuntime,
  libraries: readonly LibraryFile[],
  reasons: Reasons,
): RunArm[] {
  const label = `${runtime.label}.${row.mechanism}`;
  if (row.artifact === null) return [{ label, row, runtime, library: null }];
  if (row.artifact !== 'library') return [ownArm(label, row, runtime, row.artifact, reasons)];
  return libraries.map((library) => ({
    label: library.label === null ? label : `${label}.${library.label}`,
    row,
    runtime,
    library,
  }));
}

/** An arm on a build of the kernels that only the project itself makes. */
function ownArm(
  label: string,
  row: LaneRow,
  runtime: FoundRuntime,
  artifact: OwnArtifact,
  reasons: Reasons,
): RunArm {
  const path = artifactPath(root, artifact);
  const isHere = reasons[artifact] === undefined && existsSync(path);
  if (isHere) return { label, row, runtime, library: libraryFile(path, null) };
  const reason = reasons[artifact] ?? `${artifacts[artifact]} is not built here`;
  return {
    label,
    row,
    runtime: { ...runtime, state: 'missing', reason, python: undefined },
    library: null,
  };
}

/** An arm as a document describes it; `hashes` are those of the run's files, by path. */
export function describeArm(
  arm: RunArm,
  manifests: ReadonlyMap<string, Manifest>,
  hashes: Readonly<Record<string, string>> = {},
): Arm {
  const { runtime, row, library } = arm;
  const sha256 = hashes[runtime.path];
  return {
    label: arm.label,
    lane: row.lane,
    runtime: row.runtime,
    mechanism: row.mechanism,
    path: shownPath(root, runtime.path),
    version: runtime.state === 'ready' ? runtime.version : 'unknown',
    engine: runtime.state === 'ready' ? runtime.engine : null,
    ...(sha256 === undefined ? {} : { sha256 }),
    flags: [...flagsOf(row)],
    library: library === null ? null : describeLibrary(library, manifests.get(library.sha256)),
    ...(row.note === undefined ? {} : { note: row.note }),
  };
}

function describeLibrary(file: LibraryFile, manifest: Manifest | undefined): Library {
  const unknown = 'unknown';
  return {
    path_name: basename(file.path),
    sha256: file.sha256,
    zig: manifest?.zig ?? unknown,
    optimize: manifest?.optimize ?? unknown,
    target: manifest?.target ?? unknown,
    cpu: manifest?.cpu ?? unknown,
    source_hash: manifest?.source_hash ?? unknown,
    planted: manifest?.planted ? JSON.stringify(manifest.planted) : null,
  };
}
