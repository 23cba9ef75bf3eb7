/** Reads functions as people name them: declarations as they are pasted, or names of a header. */
import { usageError } from '../usage/errors.ts';
import { unknownName } from '../usage/nearest.ts';
import type { DataModel } from './c_types.ts';
import { Declarations, type Types } from './c/declarations.ts';
import type { Grammar } from './c/grammar.ts';
import { findHeadersOf, type Headers, readHeaders } from './c/header.ts';
import { PrototypeError } from './c/prototype_error.ts';
import { contradiction } from './doubts.ts';
import { parsePrototype, type Prototype, prototypeOf } from './prototype.ts';

/**
 * The prototype of a declaration or of a name. `refuse` throws for a name that the library does not
 * export. Throws `PrototypeError` where no lane can bind the function.
 */
export type PrototypeReader = (text: string, refuse: (name: string) => void) => Prototype;

/** What a declaration lacks that a header may have. */
const lacking = /is no type that is known here|fields of .* are not known/;

/** A reader of what stands on a command line, beside the headers that are named there. */
export function prototypeReader(
  grammar: Grammar,
  model: DataModel,
  headers: Headers | null,
): PrototypeReader {
  return (text, refuse) => {
    if (!/^\s*\w+\s*$/.test(text)) {
      return readPasted(grammar, model, text, headers?.types ?? null);
    }
    const name = text.trim();
    refuse(name);
    const own = headers ?? headersDeclaring(grammar, model, name);
    const found = own?.find(name) ?? null;
    if (found !== null) return prototypeOf(found, model);
    throw usageError(
      headers === null
        ? `No header that is installed declares ${name}: give its prototype, as in ` +
          `"double ${name}(double)", or its header, by --header.`
        : `${headers.names.join(' and ')}: ${unknownName('function', name, [])}`,
    );
  };
}

/**
 * The prototype of a pasted declaration. A type that it does not explain is looked up in `header`,
 * or else in the installed header that declares the same function. Throws `PrototypeError`.
 */
export function readPasted(
  grammar: Grammar,
  model: DataModel,
  source: string,
  header: Types | null = null,
): Prototype {
  try {
    return parsePrototype(grammar, source, model, () => header);
  } catch (error) {
    if (header !== null || !(error instanceof PrototypeError) || !lacking.test(error.message)) {
      throw error;
    }
    const found = typesAround(grammar, model, source);
    if (found === null) throw error;
    return parsePrototype(grammar, source, model, () => found);
  }
}

/** The types of the installed header that declares the function of a text. */
function typesAround(grammar: Grammar, model: DataModel, source: string): Types | null {
  const declarations = new Declarations(grammar, model, source);
  const symbol = declarations.statements.flatMap((one) => declarations.functionsOf(one))[0]?.name;
  return symbol === undefined ? null : headersDeclaring(grammar, model, symbol)?.types ?? null;
}

/**
 * What an installed header says against a declaration that was given; null where it agrees, or
 * where none declares the function. Headers that were named stand in place of those installed.
 */
export function whatHeadersSay(
  grammar: Grammar,
  model: DataModel,
  headers: Headers | null,
  given: Prototype,
): string | null {
  const own = headers ?? headersDeclaring(grammar, model, given.symbol);
  if (own === null) return null;
  try {
    const found = own.find(given.symbol);
    return found && contradiction(given, prototypeOf(found, model), own.names.join(' or '));
  } catch (error) {
    if (error instanceof PrototypeError) return null;
    throw error;
  }
}

const kept = new Map<string, Headers | null>();

/** The installed header that declares a function; null where there is none, or it is broken. */
function headersDeclaring(grammar: Grammar, model: DataModel, symbol: string): Headers | null {
  for (const path of findHeadersOf(symbol)) {
    if (!kept.has(path)) kept.set(path, readOrNull(grammar, model, path));
    const headers = kept.get(path)!;
    if (headers !== null && declares(headers, symbol)) return headers;
  }
  return null;
}

function declares(headers: Headers, symbol: string): boolean {
  try {
    return headers.find(symbol) !== null;
  } catch {
    return false;
  }
}

function readOrNull(grammar: Grammar, model: DataModel, path: string): Headers | null {
  try {
    return readHeaders(grammar, model, [path]);
  } catch {
    // The header was guessed: what is wrong with it says nothing of the prototype.
    return null;
  }
}
