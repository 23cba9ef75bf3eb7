/** Makes the arguments of a call, in the form of a lane or of JavaScript alone. */
import process from 'node:process';
import type { CallDescription, Length, Recipe } from '../catalogue/foreign.ts';
import type { OpenLane, Pointer } from '../catalogue/lane.ts';
import type { BufferWord, CallbackWord, StructWord, Word } from '../catalogue/words.ts';
import { boundView, bytesOf, makeList, makeMemory, makeText, type Memory } from './memory.ts';
import { isNull, readScalar } from './values.ts';

/** One argument's memory, as it was before any call. */
export interface Kept {
  readonly name: string;
  readonly memory: Memory;
  readonly before: Uint8Array;
  /** Whether C is meant to write to it. */
  readonly isTarget: boolean;
  readonly isSlot: boolean;
  /** Whether it is written anew before each call that is timed. */
  readonly isCell: boolean;
}

/** The values of a call, and the memory behind them. */
export interface Given {
  readonly values: readonly unknown[];
  readonly kept: readonly Kept[];
  close(): void;
}

/** Makes every argument; without a lane, in the form that JavaScript has for it. */
export function makeArguments(
  { signature, parameters }: CallDescription,
  size: number,
  lane: OpenLane | null,
): Given {
  const recipes = parameters.map(({ recipe }) => recipe);
  const memory = recipes.map((recipe) => memoryOf(recipe, size));
  recipes.forEach((recipe, i) => {
    if (recipe.from !== 'cell') return;
    const text = recipe.text ?? String(lengthOf(recipe.length!, memory, recipes));
    memory[i] = makeList(recipe.element, [text]);
  });
  const closers: (() => void)[] = [];
  const values = recipes.map((recipe, i) => {
    const word = signature.args[i]!;
    const own = memory[i];
    if (own != null) {
      if (lane === null) return recipe.from === 'text' ? recipe.text : own;
      return boundView(own, word as BufferWord);
    }
    if (recipe.from === 'callback') return callbackOf(word as CallbackWord, recipe, lane, closers);
    return valueOf(word, recipe, size, memory, recipes, lane);
  });
  const kept = parameters.flatMap(({ name, recipe, isTarget, isSlot }, i): Kept[] => {
    const own = memory[i];
    if (own == null) return [];
    return [{
      name,
      memory: own,
      before: bytesOf(own).slice(),
      isTarget: isTarget ?? false,
      isSlot: isSlot ?? false,
      isCell: recipe.from === 'cell',
    }];
  });
  return { values, kept, close: () => closers.forEach((close) => close()) };
}

function memoryOf(recipe: Recipe, size: number): Memory | null {
  switch (recipe.from) {
    case 'text':
      return makeText(recipe.text);
    case 'bytes': {
      const room = recipe.grows ? 2 * size + 1024 : 0;
      return makeMemory(recipe.element, Math.max(recipe.bytes, room), recipe.fill);
    }
    case 'list':
      return makeList(recipe.element, recipe.texts);
    case 'file':
      return new Uint8Array(process.getBuiltinModule('node:fs').readFileSync(recipe.copy));
    case 'sweep':
      return recipe.as === 'bytes' ? makeMemory(recipe.element, size, 'pattern') : null;
    default:
      return null;
  }
}

/** An argument that is no memory. */
function valueOf(
  word: Word,
  recipe: Recipe,
  size: number,
  memory: readonly (Memory | null)[],
  recipes: readonly Recipe[],
  lane: OpenLane | null,
): unknown {
  if (recipe.from === 'length') return wide(word, lengthOf(recipe, memory, recipes), lane);
  if (recipe.from === 'sweep') return wide(word, size, lane);
  if (recipe.from === 'fields') return structOf(word as StructWord, recipe.texts, lane);
  if (recipe.from !== 'value') return null;
  const value = readScalar(word, recipe.text);
  if (typeof value === 'boolean') return lane === null ? value : lane.bool(value);
  return typeof value === 'bigint' && lane === null ? numberIfSafe(value) : value;
}

function structOf(word: StructWord, texts: readonly string[], lane: OpenLane | null): unknown {
  const words = Object.values(word.struct);
  const fields = texts.map((text, i) => Number(readScalar(words[i]!, text)));
  return lane === null ? fields : lane.structForm!(word).make(fields);
}

/** A length or a size in the width of its parameter; JavaScript alone takes numbers. */
function wide(word: Word, value: number, lane: OpenLane | null): number | bigint {
  return (word === 'i64' || word === 'u64') && lane !== null ? BigInt(value) : value;
}

function numberIfSafe(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** The length of a buffer; of a text, its bytes without the NUL. */
function lengthOf(
  { of, unit, per }: Length,
  memory: readonly (Memory | null)[],
  recipes: readonly Recipe[],
): number {
  const found = memory[of];
  if (!found) return 0;
  if (recipes[of]!.from === 'text') return found.byteLength - 1;
  if (per !== undefined) return Math.floor(found.byteLength / per);
  return unit === 'bytes' ? found.byteLength : found.length;
}

/** Bytes behind a pointer that a callback sees. */
const seenBytes = 8;

/** A function in JavaScript that C can call; a pointer arrives as a DataView of 8 bytes. */
function callbackOf(
  word: CallbackWord,
  { source }: Recipe & { from: 'callback' },
  lane: OpenLane | null,
  closers: (() => void)[],
): unknown {
  // deno-lint-ignore no-explicit-any
  const own = new Function(`'use strict'; return (${source});`)() as (...args: any[]) => unknown;
  if (lane === null) return own;
  const { args, result } = word.callback;
  const view = (value: unknown) =>
    isNull(value) ? null : new DataView(lane.numbersAt(value as Pointer, 1).buffer, 0, seenBytes);
  const isWide = result === 'i64' || result === 'u64';
  const made = lane.callback(word, (...given: unknown[]) => {
    const seen = given.map((value, i) => args[i] === 'pointer' ? view(value) : value);
    const got = own(...seen);
    if (result === 'void') return undefined;
    return isWide ? BigInt(got as number) : got ?? 0;
  });
  closers.push(() => made.close());
  return made.ref;
}
