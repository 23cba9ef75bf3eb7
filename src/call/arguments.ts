/** What is passed for each parameter: what was asked for, or a value that suits its type. */
import type { Parameter, Recipe } from '../catalogue/foreign.ts';
import type { Signature, Word } from '../catalogue/words.ts';
import { usageError } from '../usage/errors.ts';
import { unknownName } from '../usage/nearest.ts';
import type { ParsedParameter, Prototype } from './prototype.ts';
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

/** Bytes of a buffer without a given size. */
const usualBytes = 1024;
const usualText = 'the quick brown fox jumps over a dog';
/** A slot that C writes an address to. */
const slotBytes = 8;

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
  { parameters, result }: Prototype,
  given: readonly GivenArgument[],
): Arguments {
  const sweeps: { name: string; sizes: readonly number[] }[] = [];
  const chosen = parameters.map((parameter, place) => {
    const own = given.findLast(({ name }) => name === parameter.name || name === `${place + 1}`);
    if (own === undefined) return usual(parameters, place);
    const { recipe, sizes } = readValue(parameters, place, own);
    if (sizes !== null) sweeps.push({ name: parameter.name, sizes });
    return recipe;
  });
  if (sweeps.length > 1) {
    throw usageError(
      `${sweeps.map(({ name }) => name).join(' and ')} cannot both be swept: one at a time, so ` +
        'that the cost has one size to depend on.',
    );
  }
  return {
    signature: { args: parameters.map(({ word }, i) => boundAs(word, chosen[i]!)), result },
    parameters: parameters.map(({ name }, i) => ({ name, recipe: chosen[i]! })),
    sweep: sweeps[0] ?? null,
  };
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
    const names = own.flatMap(({ parameters }) => parameters.map((one) => one.name));
    const most = Math.max(...own.map(({ parameters }) => parameters.length));
    const isPlace = /^[1-9]\d*$/.test(name) && Number(name) <= most;
    if (!isPlace && !names.includes(name)) {
      throw usageError(`--arg ${text}: ${unknownName('parameter', name, names)}`);
    }
  }
}

/** The arguments of a call as a line, as they would be given by `--arg`. */
export function sayArguments({ parameters, sweep }: Pick<Arguments, 'parameters' | 'sweep'>) {
  return parameters.map(({ name, recipe }) => `${name}=${say(recipe, parameters, sweep)}`).join(
    ' ',
  );
}

function say(recipe: Recipe, parameters: readonly Parameter[], sweep: Arguments['sweep']): string {
  const sizes = sweep === null ? '' : `${sweep.sizes[0]}..${sweep.sizes.at(-1)}`;
  switch (recipe.from) {
    case 'value':
      return recipe.text;
    case 'null':
      return 'null';
    case 'bytes':
      return `bytes:${recipe.bytes}`;
    case 'text':
      return JSON.stringify(recipe.text);
    case 'length':
      return `${recipe.unit === 'bytes' ? 'size' : 'len'}(${parameters[recipe.of]!.name})`;
    case 'sweep':
      return recipe.as === 'bytes' ? `bytes:${sizes}` : sizes;
  }
}

/** The names that lengths go by. */
const lengthName = /^(.*_)?(n|len|length|size|count|num|n?bytes?|elements|avail|nmemb)(_.*)?$/i;

function isInteger(word: Word): boolean {
  return typeof word === 'string' && /^[iu](8|16|32|64)$/.test(word);
}

function isMemory(word: Word): boolean {
  return word === 'cstring' || (typeof word === 'object' && 'buffer' in word);
}

/** The value of a parameter without a given one. */
function usual(parameters: readonly ParsedParameter[], place: number): Recipe {
  const { name, isNamed, word, isSlot } = parameters[place]!;
  if (isSlot) return { from: 'bytes', bytes: slotBytes, fill: 'zeros' };
  if (word === 'cstring') return { from: 'text', text: usualText };
  if (word === 'pointer') return { from: 'null' };
  if (word === 'bool') return { from: 'value', text: 'true' };
  if (word === 'f32' || word === 'f64') return { from: 'value', text: '0.5' };
  if (isInteger(word)) {
    const before = parameters[place - 1];
    const followsMemory = before !== undefined && isMemory(before.word) && !before.isSlot;
    return followsMemory && (!isNamed || lengthName.test(name))
      ? { from: 'length', of: place - 1, unit: 'elements' }
      : { from: 'value', text: '1' };
  }
  if (typeof word === 'object' && 'struct' in word) return { from: 'value', text: '0.5' };
  return { from: 'bytes', bytes: usualBytes, fill: 'pattern' };
}

interface ReadValue {
  readonly recipe: Recipe;
  readonly sizes: readonly number[] | null;
}

/** Reads the value of one `--arg`. */
function readValue(
  parameters: readonly ParsedParameter[],
  place: number,
  { value, text }: GivenArgument,
): ReadValue {
  const parameter = parameters[place]!;
  const fail = (why: string) => usageError(`--arg ${text}: ${why}`);
  const plain = (recipe: Recipe): ReadValue => ({ recipe, sizes: null });
  const takesMemory = isMemory(parameter.word) || parameter.word === 'pointer';
  const [, kind, of] = /^(len|size)\((\w+)\)$/.exec(value) ?? [];
  if (kind !== undefined) {
    if (!isInteger(parameter.word)) throw fail(`${parameter.name} is no integer to hold a length.`);
    return plain(lengthOf(parameters, of!, kind === 'size' ? 'bytes' : 'elements', fail));
  }
  if (value.startsWith('bytes:')) {
    if (!takesMemory) throw fail(`${parameter.name} is no pointer, so that it takes no buffer.`);
    return readBytes(value.slice('bytes:'.length), fail);
  }
  if (takesMemory) return plain(readMemory(parameter, value, fail));
  const sizes = isInteger(parameter.word) ? parseSweep(value) : null;
  if (sizes !== null) return { recipe: { from: 'sweep', as: 'number' }, sizes };
  const why = whyNoValue(parameter.word, value);
  if (why !== null) throw fail(`${parameter.name} takes ${why}, not "${value}".`);
  return plain({ from: 'value', text: value });
}

function lengthOf(
  parameters: readonly ParsedParameter[],
  name: string,
  unit: 'elements' | 'bytes',
  fail: (why: string) => Error,
): Recipe {
  const of = parameters.findIndex((one, i) => one.name === name || `${i + 1}` === name);
  if (of === -1) {
    throw fail(unknownName('parameter', name, parameters.map((one) => one.name)));
  }
  const { word } = parameters[of]!;
  if (!isMemory(word) && word !== 'pointer') throw fail(`${name} is no buffer and has no length.`);
  return { from: 'length', of, unit };
}

function readBytes(text: string, fail: (why: string) => Error): ReadValue {
  const sizes = parseSweep(text);
  if (sizes !== null) return { recipe: { from: 'sweep', as: 'bytes' }, sizes };
  const bytes = parseSize(text);
  if (bytes === null) {
    throw fail(`"${text}" is no size; 4096, 4K and 64..1M are, up to 256M.`);
  }
  return { recipe: { from: 'bytes', bytes, fill: 'pattern' }, sizes: null };
}

function readMemory(
  { name, word }: ParsedParameter,
  value: string,
  fail: (why: string) => Error,
): Recipe {
  if (value === 'null') return { from: 'null' };
  const quoted = /^"(.*)"$/s.exec(value)?.[1];
  // A shell takes the quotes away, so that a C string may well come without.
  if (quoted !== undefined || word === 'cstring') return { from: 'text', text: quoted ?? value };
  throw fail(
    `${name} is a pointer; it takes bytes:4096, '"text"' or null. Addresses that the library ` +
      'gives out are for a task file (--file).',
  );
}

/** Memory goes as a buffer made ready before, in every lane alike; null goes as an address. */
function boundAs(word: Word, recipe: Recipe): Word {
  if (recipe.from === 'null') return 'pointer';
  const isBuffer = recipe.from === 'bytes' || recipe.from === 'text' ||
    (recipe.from === 'sweep' && recipe.as === 'bytes');
  if (!isBuffer || (typeof word === 'object' && 'buffer' in word)) return word;
  return word === 'cstring' ? { buffer: 'u8' } : { buffer: 'u8', mutable: true };
}
