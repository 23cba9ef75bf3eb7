/** Makes the tasks of a command line: the functions, and beside each the same doing nothing. */
import { basename } from 'node:path';
import type { CatalogueEntry } from '../catalogue/catalogue.ts';
import type { CallDescription } from '../catalogue/foreign.ts';
import { caseName, type Task } from '../catalogue/task.ts';
import { usageError } from '../usage/errors.ts';
import {
  type Arguments,
  argumentsOf,
  chooseArguments,
  type GivenArgument,
  readArgument,
  refuseStray,
  type Sources,
} from './arguments.ts';
import { PrototypeError } from './c/prototype_error.ts';
import { hazardOf } from './hazards.ts';
import { type FoundLibrary, refuseMissing } from './library.ts';
import type { PrototypeReader } from './pasted.ts';
import type { Prototype } from './prototype.ts';
import { whyNoValue } from './values.ts';

/** Family of functions of other libraries, and of those that do nothing in their place. */
export const families = { own: 'foreign', empty: 'empty' } as const;

/** What a command line says of the functions. */
export interface Wanted {
  /** Declarations, or names of functions that a header declares. */
  readonly prototypes: readonly string[];
  readonly args: readonly string[];
  readonly expect: readonly string[];
  /** Name of the export of the module that does the same; null without one. */
  readonly against: string | null;
}

/** What was made of a command line. */
export interface Described {
  readonly calls: readonly CallDescription[];
  readonly prototypes: readonly Prototype[];
  /** Sentences on functions that cannot be called, where others can. */
  readonly refused: readonly string[];
}

/** The descriptions of all functions. Throws a usage error that names what is wrong. */
export function describeCalls(
  library: FoundLibrary,
  wanted: Wanted,
  reader: PrototypeReader,
  sources: Sources,
): Described {
  const { prototypes, refused } = readAll(library, wanted.prototypes, reader);
  const given = wanted.args.map(readArgument);
  refuseStray(given, prototypes);
  if (wanted.against !== null && prototypes.length > 1) {
    throw usageError('--against compares with one function: give one prototype.');
  }
  const expected = expectations(wanted.expect, prototypes);
  const calls = prototypes.map((prototype, index) => {
    const { symbol } = prototype;
    const own = argumentsOf(given, prototype);
    refuseHazard(prototype, own);
    const args = chooseArguments(prototype, own, sources);
    const earlier = prototypes.slice(0, index).filter((one) => one.symbol === symbol).length;
    return {
      id: `${families.own}.${symbol}${earlier === 0 ? '' : `.${earlier + 1}`}`,
      isolates: `${symbol} of ${basename(library.path)}`,
      library: library.path,
      exported: symbol,
      ...args,
      expect: expectedOf(expected.get(symbol) ?? null, prototype, args),
      against: wanted.against,
    };
  });
  return { calls, prototypes, refused };
}

/** Every function that can be bound; those that cannot are named, unless there is no other. */
function readAll(library: FoundLibrary, texts: readonly string[], reader: PrototypeReader) {
  const prototypes: Prototype[] = [];
  const refused: string[] = [];
  for (const text of texts) {
    try {
      const prototype = reader(text, (name) => refuseMissing(library, name));
      refuseMissing(library, prototype.symbol);
      prototypes.push(prototype);
    } catch (error) {
      if (!(error instanceof PrototypeError)) throw error;
      refused.push(error.message);
    }
  }
  if (prototypes.length === 0) throw usageError(refused.join('\n'));
  return { prototypes, refused };
}

/** Functions that end, start or lose something are called only with arguments that were given. */
function refuseHazard({ symbol, parameters }: Prototype, given: readonly GivenArgument[]): void {
  const hazard = hazardOf(symbol);
  if (hazard === null || given.length >= parameters.length && parameters.length > 0) return;
  throw usageError(
    `${symbol} ${hazard}, so that it is called with arguments of your choice alone: give every ` +
      'one of them by --arg.',
  );
}

/** `--expect [SYMBOL=]VALUE`, by symbol. */
function expectations(texts: readonly string[], prototypes: readonly Prototype[]) {
  const symbols = prototypes.map(({ symbol }) => symbol);
  return new Map(texts.flatMap((text) => {
    const [, symbol, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
    if (symbol !== undefined && symbols.includes(symbol)) return [[symbol, value!] as const];
    return symbols.map((name) => [name, text] as const);
  }));
}

function expectedOf(
  text: string | null,
  { symbol, result }: Prototype,
  { sweep }: Arguments,
): string | null {
  if (text === null || text === 'any') return text;
  const fail = (why: string) => usageError(`--expect ${text}: ${why}`);
  if (sweep !== null) {
    throw fail(`${symbol} is swept over ${sweep.name}, so that it has an answer for each size.`);
  }
  if (result === 'cstring') return text;
  const isAddress = result === 'pointer' || typeof result === 'object';
  if (result === 'void' || isAddress) {
    throw fail(
      `${symbol} answers ${result === 'void' ? 'nothing' : 'no plain value'} that can be expected.`,
    );
  }
  const why = whyNoValue(result, text);
  if (why !== null) throw fail(`${symbol} answers ${why}.`);
  return text;
}

/** A task's cases, all of them. */
export function entriesOf(task: Task): CatalogueEntry[] {
  return task.params.map((params) => ({ name: caseName(task.id, params), task, params }));
}
