/**
 * Finds a library by its name, as the system's loader would, and looks at its file: so
 * that what is wrong with it is said once, in a sentence, and not by every runtime in words of its
 * own.
 */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, delimiter, isAbsolute, join, resolve } from 'node:path';
import process from 'node:process';
import { usageError } from '../usage/errors.ts';
import { hashFile } from '../session/files.ts';
import { nearest, unknownName } from '../usage/nearest.ts';
import { readBinary } from './binary.ts';
import type { Binary } from './binary_format.ts';

/** A library that can be opened here. */
export interface FoundLibrary {
  readonly path: string;
  readonly sha256: string;
  /** Exported functions; null where the file does not list them. */
  readonly functions: readonly string[] | null;
}

/** Largest library that is read, in bytes. */
const largestFile = 2 ** 30;

/** Finds a library by path or by the name that the loader knows. Throws a usage error. */
export function findLibrary(wanted: string): FoundLibrary {
  const path = pathOf(wanted);
  const { functions } = readLibrary(path);
  return { path, sha256: hashFile(path), functions };
}

/** Refuses a function that a library does not export, and names the nearest that it does. */
export function refuseMissing({ path, functions }: FoundLibrary, symbol: string): void {
  if (functions === null || functions.includes(symbol)) return;
  const name = basename(path);
  const sentence = functions.length === 0
    ? `${name} exports no function.`
    : unknownName(`function in ${name} called`, symbol, functions)
      .replace('"ffi-bench list" shows all.', `It exports ${functions.length} functions.`);
  throw usageError(sentence);
}

function pathOf(wanted: string): string {
  if (/[/\\]/.test(wanted)) {
    const path = resolve(wanted);
    if (existsSync(path)) return realpathSync(path);
    throw usageError(`There is no library ${path}.`);
  }
  const folders = loaderFolders();
  for (const folder of folders) {
    const path = join(folder, wanted);
    if (existsSync(path)) return realpathSync(path);
  }
  if (existsSync(wanted)) return realpathSync(wanted);
  throw usageError(notFound(wanted, folders));
}

function notFound(wanted: string, folders: readonly string[]): string {
  const names = folders.flatMap(namesIn).filter((name) => /\.(so|dylib|dll)(\.|$)/.test(name));
  const stem = wanted.replace(/^lib/, '').replace(/\.(so|dylib|dll)\b.*$/, '');
  const alike = names.filter((name) => name.replace(/^lib/, '').startsWith(`${stem}.`)).sort();
  const near = alike.length > 0 ? alike.slice(0, 3) : nearest(wanted, names);
  const offer = near.length > 0 ? ` Nearest: ${[...new Set(near)].join(', ')}.` : '';
  return `There is no library "${wanted}" where the loader looks (${
    folders.join(', ')
  }).${offer} ` +
    'One that lies elsewhere is named by its path, with a "/" in it.';
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const multiarch: Readonly<Record<string, string>> = {
  x64: 'x86_64-linux-gnu',
  arm64: 'aarch64-linux-gnu',
};

/** Where this system's loader looks for a bare name. */
function loaderFolders(): string[] {
  const { env, platform, arch } = process;
  const list = (text: string | undefined) => (text ?? '').split(delimiter).filter(isAbsolute);
  const folders = platform === 'win32'
    ? [join(env.SYSTEMROOT ?? 'C:\\Windows', 'System32'), ...list(env.PATH)]
    : platform === 'darwin'
    ? [...list(env.DYLD_LIBRARY_PATH), '/usr/local/lib', '/opt/homebrew/lib', '/usr/lib']
    : [
      ...list(env.LD_LIBRARY_PATH),
      ...configuredFolders(),
      ...['/lib', '/usr/lib'].map((folder) => join(folder, multiarch[arch] ?? '')),
      ...['/lib64', '/usr/lib64', '/lib', '/usr/lib', '/usr/local/lib'],
    ];
  return [...new Set(folders)].filter((folder) => existsSync(folder));
}

/** Folders that the configuration of Linux's loader names. */
function configuredFolders(): string[] {
  const folder = '/etc/ld.so.conf.d';
  return namesIn(folder).filter((name) => name.endsWith('.conf')).sort().flatMap((name) =>
    readFileSync(join(folder, name), 'utf8').split('\n').map((line) => line.trim())
      .filter(isAbsolute)
  );
}

/** What the file of a library says. Throws where it is none, or one for another machine. */
function readLibrary(path: string): Binary {
  if (statSync(path).isDirectory()) throw usageError(`${path} is a folder, not a library.`);
  if (statSync(path).size > largestFile) {
    throw usageError(`${path} has over ${largestFile / 2 ** 30} GB: no library that is read here.`);
  }
  const bytes = readFileSync(path);
  const binary = readCarefully(path, bytes);
  if (binary === null) throw usageError(`${path} is no shared library. ${whatItIs(bytes)}`);
  const { format, archs, isLibrary } = binary;
  const own = { linux: 'ELF', darwin: 'Mach-O', win32: 'PE' } as Readonly<Record<string, string>>;
  if ((own[process.platform] ?? 'ELF') !== format || !archs.includes(process.arch)) {
    throw usageError(
      `${path} is for another machine: it holds ${format} code for ${archs.join(' and ')}; the ` +
        `runtimes here are for ${process.arch} under ${process.platform}.`,
    );
  }
  if (!isLibrary) {
    throw usageError(`${path} is no shared library: it is a program or an object file.`);
  }
  return binary;
}

function readCarefully(path: string, bytes: Uint8Array): Binary | null {
  try {
    return readBinary(bytes, process.arch);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw usageError(`${path} is a library that is cut off or damaged: its tables lead out of it.`);
  }
}

/** A guess at what a file is that is no library. */
function whatItIs(bytes: Uint8Array): string {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 2000));
  const [, script] = /(?:GROUP|INPUT)\s*\(\s*([^\s)]+)/.exec(start) ?? [];
  if (script !== undefined) return `It is a script for the linker that names ${script}.`;
  if (bytes.length === 0) return 'It is empty.';
  if (start.startsWith('!<arch>')) {
    return 'It is a static library: it must be linked as a shared one.';
  }
  // deno-lint-ignore no-control-regex
  const isText = !/[\u0000-\u0008\u000e-\u001f]/.test(start);
  return isText
    ? 'It is a text.'
    : `It begins with ${
      [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    }, which no library does.`;
}
