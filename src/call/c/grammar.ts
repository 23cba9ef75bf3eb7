/** The C grammar of tree-sitter: from a text to a tree. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';

export type { Node } from 'web-tree-sitter';

/** Parses one declaration. */
export type Grammar = (text: string) => Node;

let opened: Promise<Grammar> | undefined;

/** The grammar, loaded once; takes about 15 ms. */
export function openGrammar(): Promise<Grammar> {
  opened ??= load();
  return opened;
}

async function load(): Promise<Grammar> {
  const { resolve } = createRequire(import.meta.url);
  await Parser.init({
    wasmBinary: readFileSync(resolve('web-tree-sitter/web-tree-sitter.wasm')),
  });
  const parser = new Parser();
  parser.setLanguage(
    await Language.load(readFileSync(resolve('tree-sitter-c/tree-sitter-c.wasm'))),
  );
  return (text) => parser.parse(text)!.rootNode;
}
