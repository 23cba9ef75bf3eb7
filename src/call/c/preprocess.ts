/** Runs the C preprocessor over a header: the system's, or the one that comes with Zig. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import process from 'node:process';
import { readTools } from '../../boot/tools.mjs';
import { usageError } from '../../usage/errors.ts';

/** A program that preprocesses C, with the arguments that stand before all others. */
type Compiler = readonly string[];

/** The text of a header, and how it was come by. */
export interface HeaderText {
  readonly text: string;
  /** The header itself, and what it includes of its own folder. */
  readonly files: readonly string[];
  /** A sentence where the text is not preprocessed; null where it is. */
  readonly note: string | null;
}

/** Longest that a preprocessor may take, in ms. */
const longestMs = 60_000;
/** Longest preprocessed text, in bytes. */
const mostBytes = 2 ** 27;

/**
 * The text of a header by its path or by the name that `#include <…>` knows it under. Without a
 * compiler the header is read as it stands, where it can be found.
 */
export function preprocess(header: string, compiler = findCompiler()): HeaderText {
  const { name, path, folders } = findHeader(header);
  if (compiler === null) {
    if (path === null) {
      throw usageError(
        `There is no C preprocessor here (cc, gcc, clang, or Zig) that would find ${header}. ` +
          'Name the header by its path: it is then read as it stands.',
      );
    }
    return {
      text: readFileSync(path, 'utf8'),
      files: [path],
      note: `There is no C preprocessor here, so that ${header} is read as it stands, without ` +
        'what it includes.',
    };
  }
  const include = isAbsolute(name) ? `"${name}"` : `<${name}>`;
  // Headers that forget what they need themselves get it from these two.
  const source = `#include <stddef.h>\n#include <stdio.h>\n#include ${include}\n`;
  const [program, ...before] = compiler;
  const { status, stdout, stderr, error } = spawnSync(
    program!,
    [
      ...before,
      '-E',
      '-dD',
      '-D_GNU_SOURCE',
      '-x',
      'c',
      ...folders.map((folder) => `-I${folder}`),
      '-',
    ],
    { input: source, encoding: 'utf8', maxBuffer: mostBytes, timeout: longestMs },
  );
  if (status === 0) return { text: stdout, files: filesOf(stdout, header), note: null };
  const said = error?.message ?? /error: (.*)/.exec(stderr)?.[1] ?? stderr.trim().split('\n')[0];
  throw usageError(
    `The header ${header} cannot be preprocessed by ${basename(program!)}: ${said}.`,
  );
}

/** Folders that headers lie in, on systems that have them there. */
export function includeFolders(): string[] {
  const roots = ['/usr/include', '/usr/local/include', '/opt/homebrew/include'];
  const multiarch = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map((one) =>
    join('/usr/include', one)
  );
  return [...roots, ...multiarch].filter(existsSync);
}

/** The files of a header: itself and, in a folder of its library's own, those beside it. */
function filesOf(text: string, header: string): string[] {
  const files = [...new Set([...text.matchAll(/^# \d+ "([^"<]+)"/gm)].map(([, path]) => path!))];
  const own = files.find((path) => path.endsWith(`/${basename(header)}`) && path.endsWith(header));
  if (own === undefined) return [];
  const isShared = includeFolders().includes(dirname(own));
  const folder = isShared ? own.replace(/\.h$/, '/') : `${dirname(own)}/`;
  return [own, ...files.filter((path) => path !== own && path.startsWith(folder))];
}

/** A header, and the folders that must be searched besides those that the compiler knows. */
interface FoundHeader {
  /** As `#include` takes it. */
  readonly name: string;
  /** Its file; null where only a compiler may know it. */
  readonly path: string | null;
  readonly folders: readonly string[];
}

/** Finds a header by its path, or by its name as `#include` does. Throws where there is none. */
function findHeader(header: string): FoundHeader {
  const path = resolve(header);
  const roots = includeFolders();
  if (existsSync(path) && statSync(path).isFile()) {
    return { name: path, path, folders: foldersAbove(path, roots) };
  }
  if (isAbsolute(header)) throw usageError(`There is no header ${header}.`);
  const root = roots.find((folder) => existsSync(join(folder, header)));
  if (root !== undefined) return { name: header, path: join(root, header), folders: [] };
  // As /usr/include/libxml2 holds libxml/tree.h.
  const inside = roots.flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true }).filter((one) => one.isDirectory()).map((one) =>
      join(folder, one.name)
    )
  ).find((folder) => existsSync(join(folder, header)));
  if (inside !== undefined) {
    return { name: header, path: join(inside, header), folders: [inside] };
  }
  if (roots.length === 0) return { name: header, path: null, folders: [] };
  throw usageError(
    `There is no header ${header} in ${roots.join(', ')} or a folder there. On Debian it comes ` +
      'with the -dev package of its library; one that lies elsewhere is named by its path.',
  );
}

/** The folder of a header, and those above it up to the system's own. */
function foldersAbove(path: string, roots: readonly string[]): string[] {
  const root = roots.find((one) => path.startsWith(`${one}/`));
  const folders: string[] = [];
  for (let folder = dirname(path); folder !== root; folder = dirname(folder)) {
    folders.push(folder);
    if (root === undefined) break;
  }
  return folders;
}

/** The system's compiler, else Zig's; null where there is neither. */
export function findCompiler(): Compiler | null {
  for (const name of [process.env.CC, 'cc', 'gcc', 'clang']) {
    const path = name === undefined ? null : findProgram(name);
    if (path !== null) return [path];
  }
  const { zig } = readTools();
  return zig.state === 'ready' ? [zig.path, 'cc'] : null;
}

function findProgram(name: string): string | null {
  if (isAbsolute(name)) return existsSync(name) ? name : null;
  const ending = process.platform === 'win32' ? '.exe' : '';
  return (process.env.PATH ?? '').split(delimiter).filter(isAbsolute)
    .map((folder) => join(folder, name + ending)).find(existsSync) ?? null;
}
