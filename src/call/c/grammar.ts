/** The C grammar of tree-sitter: from a text to a tree. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Language, type Node, Parser } from 'web-tree-sitter';
import { distFolder, isPackage, root } from '../../boot/places.mjs';

export type { Node } from 'web-tree-sitter';

/** Parses one declaration. */
export type Grammar = (text: string) => Node;

/** The parser and the grammar, below the checkout; the package has them beside its tool. */
export const grammarFiles = [
  'node_modules/web-tree-sitter/web-tree-sitter.wasm',
  'node_modules/tree-sitter-c/tree-sitter-c.wasm',
] as const;

let opened: Promise<Grammar> | undefined;

/** The grammar, loaded once; takes about 15 ms. */
export function openGrammar(): Promise<Grammar> {
  opened ??= load();
  return opened;
}

async function load(): Promise<Grammar> {
  const [machine, grammar] = grammarFiles;
  await Parser.init({ wasmBinary: read(machine) });
  const parser = new Parser();
  parser.setLanguage(await Language.load(read(grammar)));
  return (text) => parser.parse(text)!.rootNode;
}

function read(file: string): Uint8Array {
  return readFileSync(isPackage ? join(distFolder, 'tool', basename(file)) : join(root, file));
}
