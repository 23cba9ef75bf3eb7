/** The signature table as declarations in C: what cffi reads, and what Cython's C includes. */
import { cScalars, cType } from '../../../src/catalogue/prototype.ts';
import {
  exportedName,
  signatures,
  type SymbolName,
  symbolNames,
} from '../../../src/catalogue/signatures.ts';
import type { CallbackWord, Signature, StructWord, Word } from '../../../src/catalogue/words.ts';

/** Every row of the table. */
export const rows: readonly (readonly [SymbolName, Signature])[] = symbolNames.map((name) => [
  name,
  signatures[name],
]);

export function isStruct(word: Word): word is StructWord {
  return typeof word === 'object' && 'struct' in word;
}

export function isCallback(word: Word): word is CallbackWord {
  return typeof word === 'object' && 'callback' in word;
}

/** The name of a struct: its fields are doubles, so that their number tells it. */
export function structName({ struct }: StructWord): string {
  return `ffib_struct_${Object.keys(struct).length}`;
}

/** The structs of the table, each once. */
export const structs: readonly StructWord[] = [
  ...new Map(
    rows.flatMap(([, { args, result }]) => [...args, result]).filter(isStruct)
      .map((word) => [structName(word), word]),
  ).values(),
];

/** The name of the type of a function's callback. */
export function callbackName(symbol: SymbolName): string {
  return `${exportedName(symbol)}_callback`;
}

function typeOf(symbol: SymbolName, word: Word): string {
  if (isStruct(word)) return structName(word);
  return isCallback(word) ? callbackName(symbol) : cType(word);
}

function structDeclaration(word: StructWord): string {
  const fields = Object.entries(word.struct).map(([name, type]) => `${cScalars[type]} ${name};`);
  return `typedef struct { ${fields.join(' ')} } ${structName(word)};`;
}

function declaration([symbol, { args, result }]: (typeof rows)[number]): string[] {
  const callbacks = args.filter(isCallback).map(({ callback }) =>
    `typedef ${cType(callback.result)} (*${callbackName(symbol)})(${
      callback.args.map(cType).join(', ')
    });`
  );
  const list = args.length === 0 ? 'void' : args.map((word) => typeOf(symbol, word)).join(', ');
  return [...callbacks, `${typeOf(symbol, result)} ${exportedName(symbol)}(${list});`];
}

/** The whole table in C, without any include. */
export function cDeclarations(): string {
  return [...structs.map(structDeclaration), ...rows.flatMap(declaration), ''].join('\n');
}

/** The same as a header. */
export function cHeader(): string {
  return `#include <stdbool.h>\n#include <stdint.h>\n${cDeclarations()}`;
}
