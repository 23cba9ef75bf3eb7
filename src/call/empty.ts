/**
 * The same signature doing nothing: a function that is generated in C, compiled once by Zig and
 * kept by its signature. What a call of it costs is the crossing and nothing else.
 */
import { createHash } from 'node:crypto';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { runQuietly, tailOf } from '../boot/child.mjs';
import { isPackage } from '../boot/places.mjs';
import { messageOf } from '../boot/provision_error.mjs';
import { shippedPart } from '../boot/shipped.mjs';
import { versions } from '../boot/versions.mjs';
import { findZig, installZig } from '../boot/zig.mjs';
import { cType } from '../catalogue/prototype.ts';
import type { Signature, Word } from '../catalogue/words.ts';
import { makeFolder } from '../boot/folders.mjs';

/** The name that every such function is exported under. */
export const emptySymbol = 'ffib_empty';

/** Where an empty function was compiled to, or why there is none. */
export type EmptyLibrary = { readonly path: string } | { readonly reason: string };

/**
 * A library with an empty function of this signature, compiled into `folder` unless there. The
 * package compiles nothing and has one function for all signatures of scalars.
 */
export async function emptyLibrary(folder: string, signature: Signature): Promise<EmptyLibrary> {
  if (isPackage) {
    return hasStruct(signature)
      ? { reason: 'It has no empty twin: structs by value take a compiler, which a checkout has.' }
      : { path: shippedPart('empty') };
  }
  const source = emptySource(signature);
  const key = createHash('sha256').update([source, versions.zig.version, process.arch].join('\n'))
    .digest('hex').slice(0, 16);
  const ending = { darwin: 'dylib', win32: 'dll' }[process.platform as string] ?? 'so';
  const path = join(folder, `empty_${key}.${ending}`);
  if (existsSync(path)) return { path };
  try {
    return await compile(source, path);
  } catch (error) {
    return { reason: `Its empty twin could not be compiled. ${messageOf(error)}` };
  }
}

function hasStruct({ args, result }: Signature): boolean {
  return [...args, result].some((word) => typeof word === 'object' && 'struct' in word);
}

async function compile(source: string, path: string): Promise<EmptyLibrary> {
  const zig = await findZig() ?? await installZig();
  makeFolder(join(path, '..'));
  const draft = `${path}.${process.pid}`;
  writeFileSync(`${draft}.c`, source);
  // Neither libc nor Zig's own runtime is needed, and both take seconds to build the first time.
  const alone = process.platform === 'linux' ? ['-nostdlib'] : [];
  const flags = ['cc', '-shared', '-fPIC', '-O2', '-fomit-frame-pointer', ...alone];
  const outcome = await runQuietly(zig.path, [...flags, '-o', draft, `${draft}.c`]);
  rmSync(`${draft}.c`, { force: true });
  if (outcome.code !== 0) return { reason: `The C compiler said:\n${tailOf(outcome)}` };
  renameSync(draft, path);
  return { path };
}

/** The function in C. It answers zero, null, or a struct of zeros. */
export function emptySource({ args, result }: Signature): string {
  const structs = new Map<string, string>();
  const type = (word: Word) => {
    const text = cType(word);
    if (!text.startsWith('struct')) return text;
    const name = structs.get(text) ?? `struct s${structs.size}`;
    structs.set(text, name);
    return name;
  };
  const list = args.map((word, i) => `${type(word)} a${i}`).join(', ') || 'void';
  const given = type(result);
  const isStruct = typeof result === 'object' && 'struct' in result;
  const answer = result === 'void' ? '' : isStruct ? `return (${given}){0};` : 'return 0;';
  return [
    '#include <stdint.h>',
    '#include <stdbool.h>',
    ...[...structs].map(([text, name]) => `${text.replace('struct', name)};`),
    `__attribute__((visibility("default"))) ${given} ${emptySymbol}(${list}) { ${answer} }`,
    '',
  ].join('\n');
}
