/**
 * The types of the library face: what TypeScript declares of it, and of what that names, with the
 * types of documents written out, so that users do not need the package that defines them here.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { root } from '../boot/versions.mjs';
import { type JsonSchema, typeOfSchema } from './schema_types.ts';

const entry = 'src/package/index';

/** Writes the types into a folder, `index.d.ts` first among them. */
export async function shipTypes(folder: string): Promise<void> {
  const declared = mkdtempSync(join(tmpdir(), 'ffi-bench-types-'));
  try {
    declareInto(declared);
    for (const path of await reachable(declared)) {
      const text = await plainText(declared, path);
      const file = join(folder, `${path}.d.ts`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text.replaceAll(/(from '\..*)\.ts'/g, "$1.js'"));
    }
  } finally {
    rmSync(declared, { recursive: true });
  }
  writeFileSync(join(folder, 'index.d.ts'), `export * from './${entry}.js';\n`);
}

function declareInto(folder: string): void {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  const options = {
    ...compilerOptions,
    ...{ noEmit: false, declaration: true, emitDeclarationOnly: true, allowJs: false },
    ...{
      checkJs: false,
      outDir: folder,
      rootDir: root,
      typeRoots: [join(root, 'node_modules/@types')],
    },
  };
  const config = join(folder, 'tsconfig.json');
  writeFileSync(
    config,
    JSON.stringify({ compilerOptions: options, files: [join(root, `${entry}.ts`)] }),
  );
  execFileSync(process.execPath, [compiler, '--project', config], { cwd: root });
}

/** The modules that the entry names, and those that they name in turn, by path without ending. */
async function reachable(folder: string): Promise<string[]> {
  const found = [entry];
  for (const path of found) {
    const text = await plainText(folder, path);
    for (const [, name] of text.matchAll(/from '(\..*)\.ts'/g)) {
      const next = posix.join(posix.dirname(path), name!);
      if (!found.includes(next)) found.push(next);
    }
  }
  return found;
}

/** What a module declares, its schemas replaced by the types that they stand for. */
async function plainText(folder: string, path: string): Promise<string> {
  const text = readFileSync(join(folder, `${path}.d.ts`), 'utf8');
  if (!text.includes(" from 'typebox'")) return text;
  const exported = await import(pathToFileURL(join(root, `${path}.ts`)).href);
  const statements = text.split(/\n(?=\/\*\*|export |import |declare )/).reduce<string[]>(
    (before, piece) => {
      // A comment belongs to the statement after it.
      const isOfComment = before.at(-1)?.startsWith('/**') && !/\n\S/.test(before.at(-1)!.slice(3));
      return isOfComment
        ? [...before.slice(0, -1), `${before.at(-1)}\n${piece}`]
        : [...before, piece];
    },
    [],
  );
  return statements.flatMap((statement) => {
    const name = /export type (\w+) = Static</.exec(statement)?.[1];
    if (name !== undefined) {
      return `export type ${name} = ${typeOfSchema(exported[name] as JsonSchema)};`;
    }
    return /\b(typebox|Type\.|TSchema|Static<)/.test(statement) ? [] : statement;
  }).join('\n');
}
