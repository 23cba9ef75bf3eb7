/** From the words of a command line to what a session measures: tasks, twins, modules, files. */
import { copyFileSync, existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import process from 'node:process';
import { makeFolder } from '../boot/folders.mjs';
import { readTools } from '../boot/tools.mjs';
import { type CatalogueEntry, entries } from '../catalogue/catalogue.ts';
import type { CallDescription } from '../catalogue/foreign.ts';
import { usageError } from '../usage/errors.ts';
import { hashFile } from '../session/files.ts';
import type { ForeignWork } from '../session/prepare.ts';
import { dataModelOf } from './c_types.ts';
import { openGrammar } from './c/grammar.ts';
import { readHeaders } from './c/header.ts';
import { conventionWarnings } from './conventions.ts';
import { describeCalls, entriesOf } from './describe.ts';
import { describeEmpty } from './empty.ts';
import { findLibrary } from './library.ts';
import { overruns } from './doubts.ts';
import { prototypeReader, whatHeadersSay } from './pasted.ts';
import type { Prototype } from './prototype.ts';
import { sayArguments } from './say_arguments.ts';
import { largestSize } from './sizes.ts';
import { foreignTask } from './task.ts';
import { loadModule, refuseNoFunction, tasksOf, withLibraries } from './task_file.ts';

/** The flags that say what is called. */
export interface CallFlags {
  readonly arg: readonly string[];
  readonly expect: readonly string[];
  readonly against?: string;
  readonly file?: string;
  readonly header?: readonly string[];
  readonly errno?: boolean;
}

/** A function with what was read of it. */
export interface PlannedCall {
  readonly description: CallDescription;
  readonly prototype: Prototype;
}

/** What is measured, and what is said before. */
export interface CallPlan extends ForeignWork {
  readonly notes: readonly string[];
  /** The functions of the command line; none of a task file. */
  readonly calls: readonly PlannedCall[];
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
    const rest = [
      library,
      ...prototypes,
      flags.against,
      ...flags.arg,
      ...flags.expect,
      ...flags.header ?? [],
    ];
    if (rest.some((one) => one !== undefined)) {
      throw usageError(
        'A task file says all by itself: --file takes no library, prototype, --arg, --expect, ' +
          '--header or --against beside it.',
      );
    }
    if (flags.errno) throw usageError('A task file reads errno by itself, not by --errno.');
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
  if (flags.errno && flags.against !== undefined) {
    throw usageError('JavaScript has no errno: --errno and --against exclude each other.');
  }
  const { file, name } = againstOf(flags.against);
  const found = findLibrary(library);
  const { arg: args, expect, header = [] } = flags;
  const { reader, headers, said } = await openReader(header);
  const described = describeCalls(found, { prototypes, args, expect, against: name }, reader, {
    constant: (wanted) => headers?.types.constant(wanted) ?? null,
    file: (path) => copyFor(buildFolder, path),
  });
  const calls = described.calls.map((one) =>
    flags.errno ? { ...one, readsErrno: true as const } : one
  );
  const module = file === null ? null : await loadModule(checkout, file);
  if (module !== null) refuseNoFunction(module, name!);
  const own = readTools().library;
  const twins = calls.flatMap((one) => describeEmpty(one, own) ?? []);
  const tasks = [...calls, ...twins].map((one) => foreignTask(one));
  return {
    entries: [...tasks.flatMap(entriesOf), noopEntry()],
    module: module?.path ?? null,
    buildFolder: module?.folder ?? buildFolder,
    files: [...new Set(tasks.map(({ foreign }) => foreign!.library))],
    calls: calls.map((description, i) => ({ description, prototype: described.prototypes[i]! })),
    described: {
      library: found.path,
      library_sha256: found.sha256,
      prototypes: [...prototypes],
      ...(header.length > 0 ? { headers: [...header] } : {}),
      arguments: calls.map((one) => `${one.exported}: ${sayArguments(one)}`),
      ...(expect.length > 0 ? { expect: [...expect] } : {}),
      ...(flags.against === undefined ? {} : { against: flags.against }),
    },
    notes: [
      ...headers?.notes ?? [],
      ...described.refused,
      ...described.prototypes.flatMap((one) => said(one) ?? []),
      ...calls.flatMap((one, i) => overruns(described.prototypes[i]!, one)),
      ...calls.flatMap(({ exported, signature }) =>
        conventionWarnings(exported, signature, `${process.platform}-${process.arch}`)
      ),
      ...calls.map((one) => `${one.exported} of ${basename(one.library)}, ${passed(one)}`),
    ],
  };
}

/** What reads prototypes, with the headers that were named. */
async function openReader(names: readonly string[]) {
  const grammar = await openGrammar();
  const model = dataModelOf(process.platform, process.arch);
  const headers = readHeaders(grammar, model, names);
  return {
    reader: prototypeReader(grammar, model, headers),
    headers,
    said: (given: Prototype) => whatHeadersSay(grammar, model, headers, given),
  };
}

/** A copy of a file where workers may read; its name is the content's. */
function copyFor(folder: string, path: string): { copy: string; bytes: number } {
  if (!existsSync(path) || !statSync(path).isFile()) throw usageError(`There is no file ${path}.`);
  const { size: bytes } = statSync(path);
  if (bytes > largestSize) {
    throw usageError(`${path} has over ${largestSize} bytes: no buffer is as large.`);
  }
  makeFolder(folder);
  const copy = join(folder, `input_${hashFile(path).slice(0, 16)}`);
  copyFileSync(path, copy);
  return { copy, bytes };
}

function passed(call: CallDescription): string {
  return call.parameters.length === 0 ? 'without arguments' : `called with ${sayArguments(call)}`;
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
  const tasks = withLibraries(tasksOf(module), (await openReader([])).reader);
  const libraries = [...new Set(tasks.map(({ foreign }) => foreign!.library))];
  return {
    entries: [...tasks.flatMap(entriesOf), noopEntry()],
    module: module.path,
    buildFolder: module.folder,
    files: libraries,
    calls: [],
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
