/** From the words of a command line to what a session measures: tasks, twins, modules, files. */
import { basename, resolve } from 'node:path';
import { type CatalogueEntry, entries } from '../catalogue/catalogue.ts';
import type { CallDescription } from '../catalogue/foreign.ts';
import type { Task } from '../catalogue/task.ts';
import { usageError } from '../usage/errors.ts';
import { hashFile } from '../session/files.ts';
import type { ForeignWork } from '../session/prepare.ts';
import { sayArguments } from './arguments.ts';
import { describeCalls, describeEmpty, entriesOf, plannedTask } from './describe.ts';
import { emptyLibrary } from './empty.ts';
import { findLibrary } from './library.ts';
import { loadModule, refuseNoFunction, tasksOf, withLibraries } from './task_file.ts';

/** The flags that say what is called. */
export interface CallFlags {
  readonly arg: readonly string[];
  readonly expect: readonly string[];
  readonly against?: string;
  readonly file?: string;
}

/** What is measured, and what the user should know before. */
export interface CallPlan extends ForeignWork {
  readonly notes: readonly string[];
}

/** Reads everything that a call needs. Throws a usage error for anything that cannot be called. */
export function planCall(
  checkout: string,
  buildFolder: string,
  library: string | undefined,
  prototypes: readonly string[],
  flags: CallFlags,
): Promise<CallPlan> {
  if (flags.file !== undefined) {
    const rest = [library, ...prototypes, flags.against, ...flags.arg, ...flags.expect];
    if (rest.some((one) => one !== undefined)) {
      throw usageError(
        'A task file says all by itself: --file takes no library, prototype, --arg, --expect or ' +
          '--against beside it.',
      );
    }
    return planFile(checkout, flags.file);
  }
  if (library === undefined || prototypes.length === 0) {
    throw usageError(
      '"call" needs a library and a prototype, as in: ffi-bench call libm.so.6 ' +
        '"double cos(double)"; or a task file, --file mine.ts.',
    );
  }
  return planPrototypes(checkout, buildFolder, library, prototypes, flags);
}

/** The empty call of the project's own library, beside which all is read. */
function noopEntry(): CatalogueEntry {
  return entries.find(({ name }) => name === 'call.noop')!;
}

async function planPrototypes(
  checkout: string,
  buildFolder: string,
  library: string,
  prototypes: readonly string[],
  flags: CallFlags,
): Promise<CallPlan> {
  const { file, name } = againstOf(flags.against);
  const found = findLibrary(library);
  const { arg: args, expect } = flags;
  const calls = describeCalls(found, { prototypes, args, expect, against: name });
  const module = file === null ? null : await loadModule(checkout, file);
  if (module !== null) refuseNoFunction(module, name!);
  const twins = await Promise.all(calls.map((one) => emptyTwin(buildFolder, one)));
  const tasks = [...calls.map(plannedTask), ...twins.flatMap(({ task }) => task ?? [])];
  return {
    entries: [...tasks.flatMap(entriesOf), noopEntry()],
    module: module?.path ?? null,
    buildFolder: module?.folder ?? buildFolder,
    files: [...new Set(tasks.map(({ foreign }) => foreign!.library))],
    described: {
      library: found.path,
      library_sha256: found.sha256,
      prototypes: [...prototypes],
      arguments: calls.map((one) => `${one.exported}: ${sayArguments(one)}`),
      ...(expect.length > 0 ? { expect: [...expect] } : {}),
      ...(flags.against === undefined ? {} : { against: flags.against }),
    },
    notes: [
      ...calls.map((one) => `${one.exported} of ${basename(one.library)}, ${passed(one)}`),
      ...twins.flatMap(({ reason }) => reason ?? []),
    ],
  };
}

function passed(call: CallDescription): string {
  return call.parameters.length === 0 ? 'without arguments' : `called with ${sayArguments(call)}`;
}

/** The same signature doing nothing; where it cannot be had, the reason. */
async function emptyTwin(
  folder: string,
  call: CallDescription,
): Promise<{ task?: Task; reason?: string }> {
  const made = await emptyLibrary(folder, call.signature);
  if ('reason' in made) return { reason: made.reason };
  return { task: plannedTask(describeEmpty(call, made.path)) };
}

/** `FILE#EXPORT`; the export is `default` where none is named. */
function againstOf(text: string | undefined): { file: string | null; name: string | null } {
  if (text === undefined) return { file: null, name: null };
  const [, file, name] = /^(.+?)(?:#([\w$]+))?$/s.exec(text) ?? [];
  if (file === undefined || /#$/.test(text)) {
    throw usageError(`--against ${text} is not of the form FILE#EXPORT, as in crc.ts#crc32.`);
  }
  return { file, name: name ?? 'default' };
}

async function planFile(checkout: string, file: string): Promise<CallPlan> {
  const module = await loadModule(checkout, file);
  const tasks = withLibraries(tasksOf(module));
  const libraries = [...new Set(tasks.map(({ foreign }) => foreign!.library))];
  return {
    entries: [...tasks.flatMap(entriesOf), noopEntry()],
    module: module.path,
    buildFolder: module.folder,
    files: libraries,
    described: {
      file: resolve(file),
      libraries,
      library_sha256: libraries.map(hashFile),
    },
    notes: tasks.map(({ id, isolates, foreign }) =>
      `${id} of ${basename(foreign!.library)}: ${isolates}`
    ),
  };
}
