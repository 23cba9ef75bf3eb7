/** Gives every Python that was found what its lanes need beyond the standard library. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cDeclarations, cHeader } from '../../runtimes/cpython/bindings/declarations.ts';
import { cythonSource } from '../../runtimes/cpython/bindings/cython.ts';
import { rustSource } from '../../runtimes/cpython/bindings/rust.ts';
import { isPythonLane, lanes } from '../../runtimes/lanes.ts';
import { hosts, type LaneRow } from '../../runtimes/registry.ts';
import { providePython, type Python } from '../boot/python.mjs';
import { workerEnvironment } from './environment.ts';
import type { FoundRuntime } from './runtimes.ts';

/** What the extensions are built of. */
export function pythonSources(checkout: string) {
  return {
    texts: {
      'declarations.h': cDeclarations(),
      'ffibench.h': cHeader(),
      'ffib_cython.pyx': cythonSource(),
      'lib.rs': rustSource(),
    },
    folder: join(checkout, 'runtimes', 'cpython', 'bindings', 'by_hand'),
  };
}

/**
 * The same runtimes, each Python with the folder of its packages and extensions: as far as lanes
 * that `isWanted` need them, built where they are not there yet.
 */
export async function equipPythons(
  checkout: string,
  found: readonly FoundRuntime[],
  isWanted: (row: LaneRow) => boolean,
): Promise<FoundRuntime[]> {
  const ways = lanes.filter(isPythonLane).filter(isWanted).map(({ mechanism }) => mechanism);
  const equipped: FoundRuntime[] = [];
  // One after the other: two builds at once would wait for each other's cores.
  for (const one of found) {
    if (one.runtime !== 'cpython' || one.state === 'missing' || ways.length === 0) {
      equipped.push(one);
      continue;
    }
    const python = await describe(checkout, one.path);
    const provided = await providePython(python, ways, pythonSources(checkout));
    const files = [
      ...filesIn(join(checkout, 'runtimes', 'cpython'), '.py'),
      ...filesIn(provided.folder, python.suffix),
    ];
    equipped.push({ ...one, python: { ...provided, files } });
  }
  return equipped;
}

/** The files of a folder, if it is there, whose names end so. */
function filesIn(folder: string, ending: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
}

/** What a Python says of itself; it was asked before, and has answered. */
function describe(checkout: string, path: string): Promise<Python> {
  const { probeFlags, env } = hosts.cpython;
  const args = probeFlags.map((flag) => flag.replace('{checkout}', checkout));
  return new Promise((settle, refuse) => {
    execFile(path, args, { env: workerEnvironment(env), timeout: 20_000 }, (error, stdout) => {
      if (error !== null) refuse(error);
      else settle(JSON.parse(stdout) as Python);
    });
  });
}
