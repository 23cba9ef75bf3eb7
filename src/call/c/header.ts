/** Headers of C, preprocessed, with what they declare; and which header declares a function. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataModel } from '../c_types.ts';
import { Declarations, eitherOf, type Types } from './declarations.ts';
import type { Grammar } from './grammar.ts';
import { includeFolders, preprocess } from './preprocess.ts';
import type { CFunction } from './types.ts';

/** Headers that were read, with all that they declare. */
export interface Headers {
  readonly names: readonly string[];
  /** The headers' own files. */
  readonly files: readonly string[];
  /** What the preprocessor left. */
  readonly declarations: Declarations;
  readonly types: Types;
  /** A function, also where the preprocessor left it out; null where none is declared. */
  find(name: string): CFunction | null;
  readonly notes: readonly string[];
}

/** Reads headers by path or name. Throws a usage error where one is not there. */
export function readHeaders(
  grammar: Grammar,
  model: DataModel,
  names: readonly string[],
): Headers | null {
  if (names.length === 0) return null;
  const texts = names.map((name) => preprocess(name));
  const seen = texts.map(({ text }) => text).join('\n');
  const files = [...new Set(texts.flatMap((one) => one.files))];
  const declarations = new Declarations(grammar, model, seen);
  let unseen: Declarations | null = null;
  // Some libraries export what their header shows only where a macro is defined before.
  const readUnseen = () =>
    unseen ??= new Declarations(
      grammar,
      model,
      files.map((file) => readFileSync(file, 'utf8')).join('\n'),
      () => declarations,
    );
  return {
    names,
    files,
    declarations,
    types: eitherOf(declarations, readUnseen),
    find: (name) => declarations.function(name) ?? readUnseen().function(name),
    notes: texts.flatMap(({ note }) => note ?? []),
  };
}

/** Folders of headers that no library of a user declares its functions in. */
const passedOver = new Set(['c++', 'linux', 'asm', 'asm-generic', 'drm', 'sound', 'rdma', 'scsi']);
/** Depth to which folders of headers are searched. */
const deepest = 3;
/** Most headers that are looked through for a function. */
const mostHeaders = 20_000;

/** Most headers that are taken for those that declare a function. */
const mostCandidates = 8;

/** Headers in the system's folders that may declare a function, likely ones first. */
export function findHeadersOf(symbol: string): string[] {
  const declaring = new RegExp(`\\b${symbol}\\b\\s*(\\(|\\)\\s*\\(|,)`);
  // A line that begins with a type and has the name before a parenthesis.
  const likely = new RegExp(`^(?!\\s*[#/*])[\\w \\t*]*[\\w*][ \\t*]+\\(?${symbol}\\)?\\s*\\(`, 'm');
  const found: { path: string; rank: number }[] = [];
  let looked = 0;
  const search = (folder: string, depth: number) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (depth < deepest && !passedOver.has(entry.name)) search(path, depth + 1);
      } else if (entry.name.endsWith('.h') && ++looked <= mostHeaders) {
        const text = readFileSync(path, 'latin1');
        if (!text.includes(symbol) || !declaring.test(text)) continue;
        // Of those that look alike, the one that lies highest.
        const rank = (likely.test(text) ? 0 : 100) + path.split('/').length;
        found.push({ path, rank });
      }
    }
  };
  for (const folder of new Set(includeFolders())) search(folder, 0);
  return found.sort((a, b) => a.rank - b.rank).slice(0, mostCandidates).map(({ path }) => path);
}
