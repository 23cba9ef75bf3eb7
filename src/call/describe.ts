/** Makes the tasks of a command line: the functions, and beside each the same doing nothing. */
import { basename } from 'node:path';
import process from 'node:process';
import type { CatalogueEntry } from '../catalogue/catalogue.ts';
import type { CallDescription } from '../catalogue/foreign.ts';
import { caseName, type Task } from '../catalogue/task.ts';
import { usageError } from '../usage/errors.ts';
import {
  type Arguments,
  chooseArguments,
  type GivenArgument,
  readArgument,
  refuseStray,
} from './arguments.ts';
import { dataModelOf } from './c_types.ts';
import { emptySymbol } from './empty.ts';
import { type FoundLibrary, refuseMissing } from './library.ts';
import { parsePrototype, type Prototype } from './prototype.ts';
import { PrototypeError } from './prototype_error.ts';
import { foreignTask } from './task.ts';
import { whyNoValue } from './values.ts';

/** Family of functions of other libraries, and of those that do nothing in their place. */
export const families = { own: 'foreign', empty: 'empty' } as const;

/** What a command line says of the functions. */
export interface Wanted {
  readonly prototypes: readonly string[];
  readonly args: readonly string[];
  readonly expect: readonly string[];
  /** Name of the export of the module that does the same; null without one. */
  readonly against: string | null;
}

/** The descriptions of all functions. Throws a usage error that names what is wrong. */
export function describeCalls(library: FoundLibrary, wanted: Wanted): CallDescription[] {
  const prototypes = wanted.prototypes.map(parse);
  prototypes.forEach(({ symbol }) => refuseMissing(library, symbol));
  const given = wanted.args.map(readArgument);
  refuseStray(given, prototypes);
  if (wanted.against !== null && prototypes.length > 1) {
    throw usageError('--against compares with one function: give one prototype.');
  }
  const expected = expectations(wanted.expect, prototypes);
  return prototypes.map((prototype, index) => {
    const { symbol } = prototype;
    const own = given.filter((one) => one.symbol === null || one.symbol === symbol);
    const args = chooseArguments(prototype, applicable(own, prototype));
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
}

/** An argument that names a place may be meant for another of several functions. */
function applicable(given: readonly GivenArgument[], { parameters }: Prototype) {
  return given.filter(({ name }) =>
    parameters.some((parameter, i) => parameter.name === name || `${i + 1}` === name)
  );
}

function parse(text: string): Prototype {
  try {
    return parsePrototype(text, dataModelOf(process.platform, process.arch));
  } catch (error) {
    if (error instanceof PrototypeError) throw usageError(error.message);
    throw error;
  }
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

/** The function of the same signature that does nothing, called with the smallest arguments. */
export function describeEmpty(description: CallDescription, library: string): CallDescription {
  const { sweep, parameters } = description;
  return {
    ...description,
    id: description.id.replace(families.own, families.empty),
    isolates: `the signature of ${description.exported}, doing nothing`,
    library,
    exported: emptySymbol,
    parameters: parameters.map(({ name, recipe }) => ({
      name,
      recipe: recipe.from !== 'sweep'
        ? recipe
        : recipe.as === 'bytes'
        ? { from: 'bytes', bytes: sweep!.sizes[0]!, fill: 'pattern' }
        : { from: 'value', text: String(sweep!.sizes[0]!) },
    })),
    sweep: null,
    expect: null,
    against: null,
  };
}

/** A task's cases, all of them. */
export function entriesOf(task: Task): CatalogueEntry[] {
  return task.params.map((params) => ({ name: caseName(task.id, params), task, params }));
}

/** A description as the tool plans it; the JavaScript to compare with is the worker's alone. */
export function plannedTask(description: CallDescription): Task {
  return foreignTask(description);
}
