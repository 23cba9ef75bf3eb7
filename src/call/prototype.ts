/** From a declaration in C, or in the catalogue's words, to what a lane binds. */
import type { CallbackWord, Word } from '../catalogue/words.ts';
import { nearest } from '../usage/nearest.ts';
import { type DataModel, typeNames } from './c_types.ts';
import { Declarations, type Types } from './c/declarations.ts';
import type { Grammar } from './c/grammar.ts';
import { PrototypeError } from './c/prototype_error.ts';
import type { CFunction, CType, Place } from './c/types.ts';
import {
  callbackWord,
  decayed,
  type Passed,
  pointerWord,
  type Target,
  targetOf,
  valueWord,
} from './words.ts';

/** A parameter as a prototype states it. */
export interface ParsedParameter {
  /** As written, or `arg2`. */
  readonly name: string;
  readonly isNamed: boolean;
  readonly word: Word;
  /** Whether it points to a pointer that C writes to. */
  readonly isSlot: boolean;
  /** The type as it is written, without stars. */
  readonly written: string;
  /** What it points to; null for a value, and for a handle, whose content is not known. */
  readonly target: Target | null;
  /** The function that is to be passed; null for anything else. */
  readonly callback: CallbackWord | null;
  /** The members of an enum; null for anything else. */
  readonly constants: ReadonlyMap<string, bigint> | null;
}

/** A prototype that was understood. */
export interface Prototype {
  readonly symbol: string;
  readonly result: Word;
  readonly parameters: readonly ParsedParameter[];
  /** The members of the enum that the result is one of; null for anything else. */
  readonly resultConstants: ReadonlyMap<string, bigint> | null;
}

/** Most parameters that a prototype may have. */
const mostParameters = 64;
/** Longest text of declarations that is read, in characters. */
const longest = 20_000;

/** Reads the one prototype of a text. Throws `PrototypeError` with carets under what is wrong. */
export function parsePrototype(
  grammar: Grammar,
  source: string,
  model: DataModel,
  behind: () => Types | null = () => null,
): Prototype {
  if (source.length > longest) {
    throw new PrototypeError(
      `A prototype has at most ${longest} characters, not ${source.length}.`,
      source.slice(0, 80),
      0,
      1,
    );
  }
  const declarations = new Declarations(grammar, model, source, behind);
  const functions = declarations.statements.flatMap((one) => declarations.functionsOf(one));
  const [first, second] = functions;
  if (first === undefined) {
    throw new PrototypeError(
      'The prototype does not parse. A type, a name and parameters in parentheses are expected.',
      source,
      0,
      Math.max(1, source.length),
    );
  }
  if (second !== undefined) {
    throw new PrototypeError(
      `One prototype at a time: ${second.name} is a second one.`,
      source,
      second.at.from,
      second.at.to,
    );
  }
  return prototypeOf(first, model);
}

/** What a function takes and returns. Throws `PrototypeError` where no lane can pass it. */
export function prototypeOf(found: CFunction, model: DataModel): Prototype {
  const { name, at, type, source } = found;
  const fail = (sentence: string, { from, to }: Place) =>
    new PrototypeError(`The prototype of ${name} cannot be bound. ${sentence}`, source, from, to);
  if (type.isVariadic) {
    throw fail('A function with "..." is called in a way of its own: no lane does that.', at);
  }
  const { parameters } = type;
  if (parameters.length > mostParameters) {
    throw fail(`More than ${mostParameters} parameters are not bound.`, at);
  }
  return {
    symbol: name,
    result: wordOf(resultWord(type.result, model), (why) => fail(why, at)),
    resultConstants: type.result.kind === 'enum' ? type.result.constants : null,
    parameters: parameters.map((one, i) => {
      const own = decayed(one.type);
      const passed = own.kind === 'pointer' ? { word: pointerWord(own) } : valueWord(own, model);
      const word = wordOf(passed, (why) => fail(why, one.at));
      if (word === 'void') throw fail('No parameter can be void.', one.at);
      const callback = callbackWord(own, model);
      const target = callback === null ? targetOf(own) : null;
      return {
        name: one.name === null ? `arg${i + 1}` : plainName(one.name),
        isNamed: one.name !== null,
        word,
        isSlot: target?.element === 'pointer',
        written: one.written,
        target,
        callback,
        constants: own.kind === 'enum' ? own.constants : null,
      };
    }),
  };
}

/** The name without the underscores that system headers put before it. */
export function plainName(name: string): string {
  return name.replace(/^_+/, '');
}

function resultWord(type: CType, model: DataModel): Passed {
  if (type.kind === 'pointer' && type.to.kind === 'char') return { word: 'cstring' };
  const passed = valueWord(type, model);
  if (!('word' in passed)) return passed;
  const { word } = passed;
  return typeof word === 'object' && 'buffer' in word ? { word: 'pointer' } : passed;
}

function wordOf(passed: Passed, fail: (why: string) => Error): Word {
  if ('word' in passed) return passed.word;
  const [, name] = /^"(.*)" is no type that is known here\.$/.exec(passed.why) ?? [];
  if (name === undefined) throw fail(passed.why);
  const near = nearest(name, typeNames);
  throw fail(passed.why + (near.length > 0 ? ` Nearest: ${near.join(', ')}.` : ''));
}
