/** Finds what a text of C declares: functions, types, and constants by their names. */
import {
  type DataModel,
  namedType,
  primitiveType,
  primitiveWords,
  wholeWords,
} from '../c_types.ts';
import { characterOf, evaluate } from './constants.ts';
import type { Grammar } from './grammar.ts';
import { complexName, textOf, withoutMacros } from './macros.ts';
import { type Pieces, piecesOf, type Statement } from './statements.ts';
import { type ReadTree, readTree, syntaxError } from './tree.ts';
import type { CFunction, CType } from './types.ts';

const nothing: CType = { kind: 'void' };

/** What names stand for. */
export interface Types {
  /** What a name of a type stands for; null where nothing says so. */
  type(name: string): CType | null;
  /** A struct, union or enum by its tag. */
  tag(keyword: string, name: string): CType;
  /** The value of a constant: a member of an enum, a `#define`, a character; null for others. */
  constant(name: string): bigint | null;
}

/** The first that knows a name, of two. */
export function eitherOf(first: Types, second: () => Types): Types {
  const isOpen = (type: CType) =>
    type.kind === 'struct'
      ? type.fields === null
      : type.kind === 'enum' && type.constants.size === 0;
  return {
    type: (name) => first.type(name) ?? second().type(name),
    tag(keyword, name) {
      const found = first.tag(keyword, name);
      return isOpen(found) ? second().tag(keyword, name) : found;
    },
    constant: (name) => first.constant(name) ?? second().constant(name),
  };
}

/** The declarations of one text, and behind them those of another. */
export class Declarations implements Types {
  readonly #grammar: Grammar;
  readonly #model: DataModel;
  readonly #pieces: Pieces;
  readonly #behind: () => Types | null;
  readonly #byName = new Map<string, Statement[]>();
  readonly #trees = new Map<Statement, ReadTree>();
  readonly #types = new Map<string, CType | null>();

  /** `behind` is asked for types that this text does not declare. */
  constructor(
    grammar: Grammar,
    model: DataModel,
    source: string,
    behind: () => Types | null = () => null,
  ) {
    this.#grammar = grammar;
    this.#model = model;
    this.#pieces = piecesOf(source);
    this.#behind = behind;
    for (const statement of this.#pieces.statements) {
      for (const name of new Set(statement.tokens.map(({ text }) => text))) {
        if (!/^[A-Za-z_]/.test(name)) continue;
        const own = this.#byName.get(name);
        if (own === undefined) this.#byName.set(name, [statement]);
        else own.push(statement);
      }
    }
  }

  get statements(): readonly Statement[] {
    return this.#pieces.statements;
  }

  /** A function by its name; null where none is declared here. Throws where it does not parse. */
  function(name: string): CFunction | null {
    const own = (this.#byName.get(name) ?? []).filter(({ tokens }) =>
      tokens.some(({ text }, i) => text === name && /^[()]$|^,$/.test(tokens[i + 1]?.text ?? ''))
    );
    let error: unknown = null;
    for (const statement of own) {
      try {
        const found = this.functionsOf(statement).find((one) => one.name === name);
        if (found !== undefined) return found;
      } catch (caught) {
        error ??= caught;
      }
    }
    if (error !== null) throw error;
    return null;
  }

  /** The functions that one declaration declares. Throws where it does not parse. */
  functionsOf(statement: Statement): CFunction[] {
    const tree = this.#treeOf(statement);
    if (tree.error !== null) throw syntaxError(tree, this.#pieces.source);
    if (tree.isTypedef) return [];
    return tree.declared.flatMap(({ name, type, at }) =>
      type.kind === 'function' ? [{ name, type, at, source: this.#pieces.source }] : []
    );
  }

  type(name: string): CType | null {
    if (name.startsWith(complexName)) {
      return {
        kind: 'unpassable',
        why: 'A complex number is a struct by value of its own kind: no lane passes one.',
      };
    }
    const known = namedType(name, this.#model);
    if (known !== null) return known;
    if (Object.hasOwn(wholeWords, name)) return { kind: 'word', word: wholeWords[name]! };
    return this.#declaredType(name);
  }

  #declaredType(name: string): CType | null {
    const cached = this.#types.get(name);
    if (cached !== undefined) return cached;
    // A type that contains itself by a pointer meets this while it is being read.
    this.#types.set(name, { kind: 'struct', name, fields: null, why: null });
    const statements = this.#byName.get(name) ?? [];
    let found: CType | null = null;
    for (const statement of statements) {
      if (!statement.tokens.some(({ text }) => text === 'typedef')) continue;
      found ??= this.#treeOf(statement).declared.find((one) => one.name === name)?.type ?? null;
    }
    found ??= this.#macroType(name) ?? this.#behind()?.type(name) ?? null;
    this.#types.set(name, found);
    return found;
  }

  /** A type that a `#define` stands for. */
  #macroType(name: string): CType | null {
    const words = this.#pieces.constants.get(name)?.split(/\s+/) ?? [];
    if (words.length === 0 || !words.every((word) => /^[A-Za-z_]\w*$/.test(word))) return null;
    if (words.every((word) => primitiveWords.has(word))) return this.#primitive(words);
    return words.length === 1 ? this.type(words[0]!) : null;
  }

  tag(keyword: string, name: string): CType {
    const key = `${keyword} ${name}`;
    const cached = this.#types.get(key);
    if (cached) return cached;
    const open: CType = { kind: 'struct', name: key, fields: null, why: null };
    this.#types.set(key, open);
    const defining = (this.#byName.get(name) ?? []).filter(({ tokens }) =>
      tokens.some(({ text }, i) =>
        text === name && tokens[i - 1]?.text === keyword && tokens[i + 1]?.text === '{'
      )
    );
    for (const statement of defining) this.#treeOf(statement);
    const found = this.#types.get(key)!;
    if (found !== open) return found;
    const behind = this.#behind()?.tag(keyword, name);
    if (behind !== undefined) this.#types.set(key, behind);
    return behind ?? (keyword === 'enum' ? { kind: 'enum', constants: new Map() } : open);
  }

  constant(name: string, depth = 0): bigint | null {
    const most = 20;
    if (depth > most) return null;
    const body = this.#pieces.constants.get(name);
    if (body !== undefined) {
      return characterOf(body) ?? evaluate(body, (one) => this.constant(one, depth + 1));
    }
    for (const statement of this.#byName.get(name) ?? []) {
      if (!statement.tokens.some(({ text }) => text === 'enum')) continue;
      const value = this.#treeOf(statement).constants.get(name);
      if (value !== undefined) return value;
    }
    return this.#behind()?.constant(name) ?? null;
  }

  #treeOf(statement: Statement): ReadTree {
    const known = this.#trees.get(statement);
    if (known !== undefined) return known;
    const from = statement.tokens[0]!.from;
    const kept = withoutMacros(statement.tokens, (name) => this.type(name) !== null);
    const end = kept.at(-1)?.text === ';' ? '' : ';';
    const tree = readTree(this.#grammar(textOf(kept, from) + end), from, {
      type: (name) => this.type(name) ?? { kind: 'unknown', name },
      tag: (keyword, name) => this.tag(keyword, name),
      define: (keyword, name, type) => this.#types.set(`${keyword} ${name}`, type),
      constant: (name) => this.constant(name),
      primitive: (words) => this.#primitive(words),
    });
    this.#trees.set(statement, tree);
    return tree;
  }

  #primitive(words: readonly string[]): CType {
    const own = words.filter((word) => primitiveWords.has(word));
    if (own.length < words.length) {
      const name = words.find((word) => !primitiveWords.has(word))!;
      return this.type(name) ?? { kind: 'unknown', name };
    }
    const type = primitiveType(own, this.#model);
    return own.join() === 'void' ? nothing : type;
  }
}
