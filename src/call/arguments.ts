/** What is passed for each parameter: what was asked for, or a value that suits its type. */
import type { Element, Parameter, Recipe } from '../catalogue/foreign.ts';
import type { Signature, Word } from '../catalogue/words.ts';
import { usageError } from '../usage/errors.ts';
import { unknownName } from '../usage/nearest.ts';
import { characterOf, type FindConstant } from './c/constants.ts';
import { defaultFor, elementOf, type GivenSizes } from './defaults.ts';
import { isInteger } from './lengths.ts';
import { type ParsedParameter, plainName, type Prototype } from './prototype.ts';
import { parseSize, parseSweep } from './sizes.ts';
import { whyNoValue } from './values.ts';

/** One `--arg`: `[SYMBOL.]NAME=VALUE`, where the name may be the place, from 1. */
export interface GivenArgument {
  readonly symbol: string | null;
  readonly name: string;
  readonly value: string;
  readonly text: string;
}

/** What a call is given, and the signature that its function is bound by. */
export interface Arguments {
  readonly signature: Signature;
  readonly parameters: readonly Parameter[];
  readonly sweep: { readonly name: string; readonly sizes: readonly number[] } | null;
}

/** Where values are looked up that are no numbers: constants of a header, and files. */
export interface Sources {
  readonly constant: FindConstant;
  /** Makes a file readable for workers. */
  readonly file: (path: string) => { readonly copy: string; readonly bytes: number };
}

/** Reads `--arg`'s argument. */
export function readArgument(text: string): GivenArgument {
  const [, symbol, name, value] = /^(?:(\w+)\.)?(\w+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined) {
    throw usageError(`--arg ${text} is not of the form NAME=VALUE, as in --arg buf=bytes:4096.`);
  }
  return { symbol: symbol ?? null, name, value: value!, text };
}

/** The arguments of one function. Throws a usage error where one does not fit. */
export function chooseArguments(
  { symbol, parameters, result }: Prototype,
  given: readonly GivenArgument[],
  sources: Sources,
): Arguments {
  const read = parameters.map((parameter, place) => {
    const own = given.findLast(({ name }) => isNamed(parameter, place, name));
    return own === undefined ? null : readValue(parameters, place, own, sources);
  });
  const sweeps = read.flatMap((one, i) =>
    one?.sizes ? [{ name: parameters[i]!.name, sizes: one.sizes }] : []
  );
  if (sweeps.length > 1) {
    throw usageError(
      `${sweeps.map(({ name }) => name).join(' and ')} cannot both be swept: one at a time, so ` +
        'that the cost has one size to depend on.',
    );
  }
  const sizes = givenSizes(read);
  const chosen = parameters.map((_, place) =>
    read[place]?.recipe ?? defaultFor(symbol, parameters, place, sizes)
  );
  return {
    signature: { args: parameters.map((one, i) => boundAs(one, chosen[i]!)), result },
    parameters: parameters.map((one, i) => ({
      name: one.name,
      recipe: chosen[i]!,
      ...(one.target !== null && !one.target.isConst ? { isTarget: true } : {}),
      ...(one.isSlot ? { isSlot: true } : {}),
    })),
    sweep: sweeps[0] ?? null,
  };
}

function isNamed({ name }: ParsedParameter, place: number, wanted: string): boolean {
  return name === plainName(wanted) || wanted === `${place + 1}`;
}

/** The arguments that are meant for a function, of all that were given. */
export function argumentsOf(given: readonly GivenArgument[], { symbol, parameters }: Prototype) {
  return given.filter((one) =>
    (one.symbol === null || one.symbol === symbol) &&
    parameters.some((parameter, i) => isNamed(parameter, i, one.name))
  );
}

/** The sizes that buffers and lengths were given. */
function givenSizes(read: readonly (ReadValue | null)[]): GivenSizes {
  const bytes = new Map<number, number>();
  const counts = new Map<number, number>();
  read.forEach((one, place) => {
    if (one === null) return;
    const { recipe, sizes } = one;
    if (recipe.from === 'bytes' || recipe.from === 'file') bytes.set(place, recipe.bytes);
    else if (recipe.from === 'sweep') {
      (recipe.as === 'bytes' ? bytes : counts).set(place, sizes!.at(-1)!);
    } else if (recipe.from === 'value' && /^\d+$/.test(recipe.text)) {
      const count = parseSize(recipe.text);
      if (count !== null && count > 0) counts.set(place, count);
    }
  });
  return { bytes, counts, isSwept: read.some((one) => one?.sizes) };
}

/** Refuses an `--arg` that no function has a parameter for. */
export function refuseStray(
  given: readonly GivenArgument[],
  prototypes: readonly Prototype[],
): void {
  for (const { symbol, name, text } of given) {
    const own = prototypes.filter((one) => symbol === null || one.symbol === symbol);
    if (own.length === 0) {
      throw usageError(
        `--arg ${text}: ${unknownName('function', symbol!, prototypes.map((one) => one.symbol))}`,
      );
    }
    const all = own.flatMap(({ parameters }) => parameters);
    if (own.some(({ parameters }) => parameters.some((one, i) => isNamed(one, i, name)))) continue;
    throw usageError(
      `--arg ${text}: ${unknownName('parameter', name, all.map((one) => one.name))}`,
    );
  }
}

interface ReadValue {
  readonly recipe: Recipe;
  readonly sizes: readonly number[] | null;
}

type Fail = (why: string) => Error;

/** Reads the value of one `--arg`. */
function readValue(
  parameters: readonly ParsedParameter[],
  place: number,
  { value, text }: GivenArgument,
  sources: Sources,
): ReadValue {
  const own = parameters[place]!;
  const fail = (why: string) => usageError(`--arg ${text}: ${why}`);
  const plain = (recipe: Recipe): ReadValue => ({ recipe, sizes: null });
  const [, kind, of] = /^(len|size)\((\w+)\)$/.exec(value) ?? [];
  if (kind !== undefined) {
    const length = lengthOf(parameters, of!, kind === 'size' ? 'bytes' : 'elements', fail);
    if (isInteger(own.word)) return plain({ from: 'length', ...length });
    if (own.target === null) throw fail(`${own.name} is no integer to hold a length.`);
    return plain({ from: 'cell', element: elementOf(parameters, place), length, text: null });
  }
  if (own.callback !== null) return plain(readCallback(own, value, fail));
  if (own.target !== null || own.word === 'pointer') {
    return readMemory(own, elementOf(parameters, place), value, fail, sources);
  }
  if (/^(bytes|zeros|file):/.test(value)) {
    throw fail(`${own.name} is no pointer, so that it takes no buffer.`);
  }
  if (typeof own.word === 'object' && 'struct' in own.word) {
    return plain(readFields(own.name, own.word.struct, value, fail));
  }
  const sizes = isInteger(own.word) ? parseSweep(value) : null;
  if (sizes !== null) return { recipe: { from: 'sweep', as: 'number', element: 'u8' }, sizes };
  const known = knownValue(own, value, sources);
  const why = whyNoValue(own.word, known);
  if (why !== null) throw fail(`${own.name} takes ${why}, not "${value}".`);
  return plain({ from: 'value', text: known });
}

/** A number as it was written; of a constant, or a character, its value. */
function knownValue({ word, constants }: ParsedParameter, value: string, sources: Sources): string {
  if (!isInteger(word)) return value;
  const found = characterOf(value) ?? constants?.get(value) ??
    (/^[A-Za-z_]\w*$/.test(value) ? sources.constant(value) : null);
  return found === null || found === undefined ? value : String(found);
}

function lengthOf(
  parameters: readonly ParsedParameter[],
  name: string,
  unit: 'elements' | 'bytes',
  fail: Fail,
) {
  const of = parameters.findIndex((one, i) => isNamed(one, i, name));
  if (of === -1) {
    throw fail(unknownName('parameter', name, parameters.map((one) => one.name)));
  }
  const { target, word } = parameters[of]!;
  if (target === null && word !== 'pointer') throw fail(`${name} is no buffer and has no length.`);
  return { of, unit };
}

function readCallback({ name }: ParsedParameter, value: string, fail: Fail): Recipe {
  if (value === 'null') return { from: 'null' };
  if (!/=>|^function\b/.test(value)) {
    throw fail(`${name} is a function; it takes one in JavaScript, as "(a, b) => 0", or null.`);
  }
  try {
    new Function(`return (${value});`);
  } catch (error) {
    throw fail(`that is no JavaScript: ${(error as Error).message}.`);
  }
  return { from: 'callback', source: value };
}

/** `{1, 2}` or `[1, 2]`: a value for each field. */
function readFields(
  name: string,
  struct: Readonly<Record<string, Word>>,
  value: string,
  fail: Fail,
): Recipe {
  const words = Object.values(struct);
  const inside = /^[[{](.*)[\]}]$/s.exec(value.trim())?.[1];
  const texts = inside === undefined
    ? words.map(() => value)
    : inside.split(',').map((one) => one.trim().replace(/^\w+\s*:\s*/, ''));
  if (texts.length !== words.length) {
    const fields = Object.keys(struct).join(', ');
    throw fail(`${name} has ${words.length} fields (${fields}), not ${texts.length}.`);
  }
  texts.forEach((text, i) => {
    const why = whyNoValue(words[i]!, text);
    if (why !== null) {
      throw fail(`the field ${Object.keys(struct)[i]} takes ${why}, not "${text}".`);
    }
  });
  return { from: 'fields', texts };
}

function readMemory(
  own: ParsedParameter,
  element: Element,
  value: string,
  fail: Fail,
  sources: Sources,
): ReadValue {
  const plain = (recipe: Recipe): ReadValue => ({ recipe, sizes: null });
  const [, kind, rest] = /^(bytes|zeros|file):(.*)$/s.exec(value) ?? [];
  if (kind === 'file') return plain({ from: 'file', path: rest!, ...sources.file(rest!) });
  if (kind !== undefined) {
    const sizes = kind === 'bytes' ? parseSweep(rest!) : null;
    if (sizes !== null) return { recipe: { from: 'sweep', as: 'bytes', element }, sizes };
    const bytes = parseSize(rest!);
    if (bytes === null) {
      throw fail(`"${rest}" is no size; 4096, 4K and 64..1M are, up to 256M.`);
    }
    return plain({ from: 'bytes', bytes, fill: kind === 'zeros' ? 'zeros' : 'pattern', element });
  }
  if (value === 'null') return plain({ from: 'null' });
  const list = /^\[(.*)\]$/s.exec(value)?.[1];
  if (list !== undefined) {
    const texts = list.split(',').map((one) => one.trim()).filter((one) => one !== '');
    const wrong = texts.find((one) => whyNoValue(element, one) !== null);
    if (wrong !== undefined) {
      throw fail(`an element of ${own.name} is ${whyNoValue(element, wrong)}, not "${wrong}".`);
    }
    return plain({ from: 'list', texts, element });
  }
  const quoted = /^"(.*)"$/s.exec(value)?.[1];
  // A shell takes the quotes away, so that a C string may well come without.
  if (quoted !== undefined || own.word === 'cstring') {
    return plain({ from: 'text', text: quoted ?? value });
  }
  const isCell = own.target !== null && !own.target.isConst && whyNoValue(element, value) === null;
  if (isCell && own.target!.element !== 'void' && !isTextTarget(own)) {
    return plain({ from: 'cell', element, length: null, text: value });
  }
  throw fail(
    `${own.name} is a pointer; it takes bytes:4096, zeros:64, file:PATH, [1,2,3], '"text"' or ` +
      'null. Addresses that the library gives out are for a task file (--file).',
  );
}

function isTextTarget({ target }: ParsedParameter): boolean {
  return target?.element === 'char' || target?.element === 'u8' || target?.element === 'struct';
}

/** Memory goes as a buffer made ready before, in every lane alike; null goes as an address. */
function boundAs(own: ParsedParameter, recipe: Recipe): Word {
  if (recipe.from === 'null') return 'pointer';
  if (recipe.from === 'callback') return own.callback!;
  const isBuffer = ['bytes', 'text', 'list', 'file', 'cell'].includes(recipe.from) ||
    (recipe.from === 'sweep' && recipe.as === 'bytes');
  if (!isBuffer || (typeof own.word === 'object' && 'buffer' in own.word)) return own.word;
  const isConst = own.target?.isConst ?? false;
  return isConst ? { buffer: 'u8' } : { buffer: 'u8', mutable: true };
}
