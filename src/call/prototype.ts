/**
 * Reads a prototype: C's, or one in the catalogue's words. Both are one grammar, since `u32` is a
 * type's name like `uint32_t`.
 */
import type { Scalar, Word } from '../catalogue/words.ts';
import { nearest } from '../usage/nearest.ts';
import {
  type BaseType,
  type DataModel,
  namedType,
  pointerArgument,
  pointerResult,
  primitiveType,
  primitiveWords,
  qualifiers,
  scalarWord,
  typeNames,
  wholeWords,
} from './c_types.ts';
import { PrototypeError } from './prototype_error.ts';
import { type Token, tokensOf } from './tokens.ts';

/** A parameter as a prototype states it. */
export interface ParsedParameter {
  /** As written, or `arg2`. */
  readonly name: string;
  readonly isNamed: boolean;
  readonly word: Word;
  /** Whether it points to a pointer that C writes to. */
  readonly isSlot: boolean;
}

/** A prototype that was understood. */
export interface Prototype {
  readonly symbol: string;
  readonly result: Word;
  readonly parameters: readonly ParsedParameter[];
}

/** Most parameters that a prototype may have. */
const mostParameters = 64;

/** Reads a prototype. Throws `PrototypeError` with a caret under the place that is wrong. */
export function parsePrototype(source: string, model: DataModel): Prototype {
  return new Parser(source, model).prototype();
}

/** A type before it is known whether it is an argument's or a result's. */
interface ParsedType {
  readonly base: BaseType | Word;
  /** Set for a type that is complete without pointers: a word of the catalogue, or a struct. */
  readonly isWhole: boolean;
  readonly depth: number;
  readonly isConst: boolean;
  readonly first: Token;
  readonly last: Token;
}

class Parser {
  readonly #source: string;
  readonly #model: DataModel;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(source: string, model: DataModel) {
    this.#source = source;
    this.#model = model;
    this.#tokens = tokensOf(source);
  }

  prototype(): Prototype {
    const type = this.#type();
    const name = this.#next;
    if (name.kind !== 'name') this.#fail(name, "The function's name is expected here.");
    this.#at++;
    this.#expect('(', 'A "(" with the parameters is expected here.');
    const parameters = this.#parameters();
    if (this.#next.text === ';') this.#at++;
    if (this.#next.kind !== 'end') this.#fail(this.#next, 'Nothing may follow the prototype.');
    return { symbol: name.text, result: this.#resultWord(type), parameters };
  }

  get #next(): Token {
    return this.#tokens[this.#at]!;
  }

  #fail(from: Token, sentence: string, to: Token = from): never {
    throw new PrototypeError(
      `The prototype does not parse. ${sentence}`,
      this.#source,
      from.from,
      to.to,
    );
  }

  /** Skips a sign where it is the next. */
  #take(sign: string): boolean {
    if (this.#next.text !== sign) return false;
    this.#at++;
    return true;
  }

  #expect(sign: string, sentence: string): Token {
    const found = this.#next;
    if (found.text !== sign) this.#fail(found, sentence);
    this.#at++;
    return found;
  }

  #parameters(): ParsedParameter[] {
    const parameters: ParsedParameter[] = [];
    if (this.#next.text === ')') {
      this.#at++;
      return parameters;
    }
    for (;;) {
      const start = this.#next;
      if (start.text === '...') {
        this.#fail(
          start,
          'A function with "..." is called in a way of its own: no lane does that.',
        );
      }
      const parameter = this.#parameter(parameters.length + 1);
      const isOver = this.#next.text === ')';
      if (parameter !== null) parameters.push(parameter);
      else if (parameters.length > 0 || !isOver) this.#fail(start, 'No parameter can be void.');
      if (parameters.length > mostParameters) {
        this.#fail(start, `More than ${mostParameters} parameters are not bound.`);
      }
      if (isOver) break;
      this.#expect(',', 'A "," or ")" is expected here.');
    }
    this.#at++;
    return parameters;
  }

  /** One parameter; null for a lone `void`. */
  #parameter(number: number): ParsedParameter | null {
    const type = this.#type();
    if (this.#next.text === '(') {
      const name = this.#functionPointer();
      return {
        name: name ?? `arg${number}`,
        isNamed: name !== null,
        word: 'pointer',
        isSlot: false,
      };
    }
    const name = this.#next.kind === 'name' ? this.#next.text : null;
    if (name !== null) this.#at++;
    const depth = type.depth + this.#arrays();
    if (type.base === 'void' && depth === 0 && name === null) return null;
    return {
      name: name ?? `arg${number}`,
      isNamed: name !== null,
      word: this.#argumentWord({ ...type, depth }),
      isSlot: depth > 1,
    };
  }

  /** Skips `(*name)(…)`; answers the name. It goes as an address, and so as null. */
  #functionPointer(): string | null {
    this.#at++;
    this.#expect('*', 'A function pointer, as in "int (*compare)(int)", is expected here.');
    const name = this.#next.kind === 'name' ? this.#next.text : null;
    if (name !== null) this.#at++;
    this.#expect(')', 'A ")" after the name of the function pointer is expected here.');
    this.#expect('(', "The function pointer's own parameters are expected here.");
    this.#parameters();
    return name;
  }

  /** Skips `[]` and `[16]`; answers how many there were. */
  #arrays(): number {
    let count = 0;
    while (this.#take('[')) {
      if (this.#next.text !== ']') this.#at++;
      this.#expect(']', 'A "]" is expected here.');
      count++;
    }
    return count;
  }

  #type(): ParsedType {
    const first = this.#next;
    let isConst = this.#qualifiers();
    const { base, isWhole } = this.#base();
    isConst = this.#qualifiers() || isConst;
    let depth = 0;
    while (this.#next.text === '*') {
      this.#at++;
      depth++;
      this.#qualifiers();
    }
    return { base, isWhole, depth, isConst, first, last: this.#tokens[this.#at - 1]! };
  }

  /** Skips qualifiers; answers whether `const` was among them. */
  #qualifiers(): boolean {
    let isConst = false;
    while (qualifiers.has(this.#next.text)) {
      isConst ||= this.#next.text === 'const';
      this.#at++;
    }
    return isConst;
  }

  #base(): Pick<ParsedType, 'base' | 'isWhole'> {
    const token = this.#next;
    if (token.kind !== 'name') this.#fail(token, 'A type is expected here.');
    if (primitiveWords.has(token.text)) return { base: this.#primitive(), isWhole: false };
    if (['struct', 'union', 'enum'].includes(token.text)) return this.#tagged();
    this.#at++;
    if (Object.hasOwn(wholeWords, token.text)) {
      return { base: wholeWords[token.text]!, isWhole: true };
    }
    const known = namedType(token.text, this.#model);
    if (known !== null) return { base: known, isWhole: false };
    if (this.#next.text === '*' || qualifiers.has(this.#next.text)) {
      return { base: 'opaque', isWhole: false };
    }
    return this.#unknown(token);
  }

  #unknown(token: Token): never {
    const near = nearest(token.text, typeNames);
    const offer = near.length > 0 ? ` Nearest: ${near.join(', ')}.` : '';
    this.#fail(token, `"${token.text}" is no type that is known here.${offer}`);
  }

  #primitive(): BaseType {
    const first = this.#next;
    const words: string[] = [];
    while (primitiveWords.has(this.#next.text) || this.#next.text === 'const') {
      if (this.#next.text !== 'const') words.push(this.#next.text);
      this.#at++;
    }
    const type = primitiveType(words, this.#model);
    if (typeof type === 'object') this.#fail(first, type.why, this.#tokens[this.#at - 1]);
    return type;
  }

  #tagged(): Pick<ParsedType, 'base' | 'isWhole'> {
    const [keyword, tag] = [this.#next, this.#tokens[this.#at + 1]!];
    if (keyword.text === 'struct' && tag.text === '{') {
      this.#at += 2;
      return { base: this.#structBody(keyword), isWhole: true };
    }
    if (tag.kind !== 'name') this.#fail(tag, `The name of the ${keyword.text} is expected here.`);
    this.#at += 2;
    if (keyword.text === 'enum') return { base: 'i32', isWhole: false };
    if (this.#next.text !== '*' && !qualifiers.has(this.#next.text)) {
      this.#fail(
        keyword,
        `A ${keyword.text} by value needs its fields, as in "struct { double x; double y; }"; ` +
          'only doubles are passed so. A pointer to one goes as it is.',
        tag,
      );
    }
    return { base: 'opaque', isWhole: false };
  }

  /** `{ double x; double y; }`: the fields of a struct by value, doubles alone. */
  #structBody(keyword: Token): Word {
    const fields: [string, Scalar][] = [];
    while (this.#next.text !== '}') {
      const type = this.#type();
      if (type.base !== 'f64' || type.depth > 0) {
        this.#fail(type.first, 'Only fields that are doubles are passed by value.', type.last);
      }
      for (;;) {
        const name = this.#next;
        if (name.kind !== 'name') this.#fail(name, "The field's name is expected here.");
        fields.push([name.text, 'f64']);
        this.#at++;
        if (this.#next.text !== ',') break;
        this.#at++;
      }
      this.#expect(';', 'A ";" after the field is expected here.');
    }
    this.#at++;
    if (fields.length === 0) this.#fail(keyword, 'A struct without fields is not passed.');
    return { struct: Object.fromEntries(fields) };
  }

  #argumentWord({ base, isWhole, depth, isConst, first, last }: ParsedType): Word {
    if (isWhole) return this.#wholeWord(base as Word, depth, first, last);
    if (depth > 0) return pointerArgument(base as BaseType, depth, isConst);
    if (base === 'void') this.#fail(first, 'No parameter can be void.', last);
    if (base === 'opaque') this.#unknown(first);
    return scalarWord(base as Exclude<BaseType, 'opaque'>, this.#model);
  }

  #resultWord({ base, isWhole, depth, first, last }: ParsedType): Word {
    if (isWhole) {
      const word = this.#wholeWord(base as Word, depth, first, last);
      return typeof word === 'object' && 'buffer' in word ? 'pointer' : word;
    }
    if (depth > 0) return pointerResult(base as BaseType, depth);
    if (base === 'opaque') this.#unknown(first);
    return scalarWord(base as Exclude<BaseType, 'opaque'>, this.#model);
  }

  #wholeWord(word: Word, depth: number, first: Token, last: Token): Word {
    if (depth === 0) return word;
    if (typeof word === 'object' && 'struct' in word) return 'pointer';
    this.#fail(first, 'A word of the catalogue that is a pointer takes no "*".', last);
  }
}
