/** Makes a task of the description of a call: the same way of timing it as the catalogue's own. */
import type { CallDescription, Recipe } from '../catalogue/foreign.ts';
import type { OpenLane } from '../catalogue/lane.ts';
import {
  type Answer,
  type Check,
  type Params,
  type Prepared,
  type Task,
  task,
} from '../catalogue/task.ts';
import type { BufferWord, Word } from '../catalogue/words.ts';
import {
  answerOf,
  digestOf,
  expectedAnswer,
  isNull,
  makeMemory,
  makeText,
  type Memory,
  nearlySame,
  readScalar,
} from './values.ts';

// Its type is the prototype's, which is known only when the tool runs.
// deno-lint-ignore no-explicit-any
type AnyFunction = (...args: any[]) => unknown;

/** A task that calls one function of another library; `against` does the same in JavaScript. */
export function foreignTask(description: CallDescription, against?: AnyFunction): Task {
  const { id, isolates, library, exported, signature, parameters, sweep } = description;
  const names = parameters.map(({ name }) => name).join(', ');
  const structs = [...signature.args, signature.result]
    .some((word) => typeof word === 'object' && 'struct' in word);
  const made = task<Params>({
    id,
    isolates,
    timed: signature.result === 'void' ? `${exported}(${names})` : `last = ${exported}(${names})`,
    params: sweep === null ? [{}] : sweep.sizes.map((size) => ({ [sweep.name]: size })),
    ...(sweep === null ? {} : { sweep: sweep.name }),
    needs: structs ? ['struct_by_value'] : [],
    binds: [],
    prepare(lane, params) {
      const f = lane.symbols[exported] as AnyFunction;
      const given = makeArguments(description, sizeOf(description, params), lane);
      return prepareCall(description, lane, f, given);
    },
    plain: description.against === null
      ? null
      : (params) => prepareAgainst(description, against!, sizeOf(description, params)),
  });
  return { ...made, foreign: { library, functions: { [exported]: signature }, description } };
}

function sizeOf({ sweep }: CallDescription, params: Params): number {
  return sweep === null ? 0 : Number(params[sweep.name]);
}

/** The values of a call, and the memory that it may write to. */
interface Given {
  readonly values: readonly unknown[];
  readonly outputs: readonly { readonly name: string; readonly memory: Memory }[];
}

/** Makes every argument; without a lane, in the form that JavaScript has for it. */
function makeArguments(
  { signature, parameters }: CallDescription,
  size: number,
  lane: OpenLane | null,
): Given {
  const memory = parameters.map(({ recipe }, i) => memoryOf(signature.args[i]!, recipe, size));
  const values = parameters.map(({ recipe }, i) => {
    const word = signature.args[i]!;
    if (memory[i] !== null) {
      return lane === null && recipe.from === 'text' ? recipe.text : memory[i];
    }
    return valueOf(word, recipe, size, memory, parameters.map((one) => one.recipe), lane);
  });
  const outputs = parameters.flatMap(({ name }, i) =>
    memory[i] !== null && (signature.args[i] as BufferWord).mutable
      ? [{ name, memory: memory[i]! }]
      : []
  );
  return { values, outputs };
}

function memoryOf(word: Word, recipe: Recipe, size: number): Memory | null {
  if (recipe.from === 'text') return makeText(recipe.text);
  if (recipe.from === 'bytes') return makeMemory(word as BufferWord, recipe.bytes, recipe.fill);
  return recipe.from === 'sweep' && recipe.as === 'bytes'
    ? makeMemory(word as BufferWord, size, 'pattern')
    : null;
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
  if (recipe.from !== 'value') return null;
  if (typeof word === 'object' && 'struct' in word) {
    const fields = Object.keys(word.struct).map(() => Number(recipe.text));
    return lane === null ? fields : lane.structForm!(word).make(fields);
  }
  const value = readScalar(word, recipe.text);
  if (typeof value === 'boolean') return lane === null ? value : lane.bool(value);
  return typeof value === 'bigint' && lane === null ? numberIfSafe(value) : value;
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
  { of, unit }: Recipe & { from: 'length' },
  memory: readonly (Memory | null)[],
  recipes: readonly Recipe[],
): number {
  const found = memory[of];
  if (!found) return 0;
  if (recipes[of]!.from === 'text') return found.byteLength - 1;
  return unit === 'bytes' ? found.byteLength : found.length;
}

/** The call in a native lane. */
function prepareCall(
  description: CallDescription,
  lane: OpenLane,
  f: AnyFunction,
  given: Given,
): Prepared {
  const { result } = description.signature;
  const read = result === 'cstring' ? textReader(lane) : null;
  const { body, last } = bodyOf(f, read, given.values.map(() => null), given.values, result);
  const call = () => {
    const got = f(...given.values);
    return answerOf(result, read === null ? got : read(got), lane);
  };
  const { check, after } = holding(description, call, given, 'exact');
  return { body, crossings: 1, check, after: () => after(answerOf(result, last(), lane)) };
}

/** Reads the text that a C string result is; one that is a string already stays. */
function textReader({ readCString }: OpenLane): (result: unknown) => unknown {
  if (readCString === null) return (result) => result;
  return (result) => isNull(result) ? null : readCString(result as never);
}

/** The same in JavaScript. Scalars come from memory, so that no engine can compute ahead. */
function prepareAgainst(description: CallDescription, f: AnyFunction, size: number): Prepared {
  const { args, result } = description.signature;
  const given = makeArguments(description, size, null);
  const cells = given.values.map((value, i) =>
    typeof value === 'number' ? cellOf(args[i]!, value) : null
  );
  const { body, last } = bodyOf(f, null, cells, given.values, result);
  const call = () => answerOf(result, f(...given.values), null);
  const { check, after } = holding(description, call, given, 'near');
  return { body, crossings: 0, check, after: () => after(answerOf(result, last(), null)) };
}

/** A typed array that holds one number. */
function cellOf(word: Word, value: number): ArrayLike<number> {
  const Made = word === 'f64' || word === 'f32' || word === 'i64' || word === 'u64'
    ? Float64Array
    : word === 'u32'
    ? Uint32Array
    : Int32Array;
  return Made.of(value);
}

/**
 * The timed body, with as many arguments as the function has: a spread would be timed too. Where
 * the answer is a double it is kept in a typed array, since a variable would box it.
 */
function bodyOf(
  f: AnyFunction,
  read: ((result: unknown) => unknown) | null,
  cells: readonly (ArrayLike<number> | null)[],
  values: readonly unknown[],
  result: Word,
): { body: () => unknown; last: () => unknown } {
  const names = values.map((_, i) => `a${i}`);
  const given = cells.map((cell, i) => cell === null ? names[i] : `${names[i]}[0]`);
  const called = `f(${given.join(', ')})`;
  const isFloat = result === 'f32' || result === 'f64';
  const kept = isFloat ? 'kept[0]' : 'last';
  const timed = result === 'void'
    ? called
    : `${kept} = ${read === null ? called : `read(${called})`}`;
  const make = new Function(
    'f',
    'read',
    'kept',
    'values',
    `'use strict'; const [${names.join(', ')}] = values; let last = null;
     return { body: () => { ${timed}; }, last: () => ${kept} };`,
  );
  return make(f, read, new Float64Array(1), values.map((value, i) => cells[i] ?? value));
}

/**
 * Known answers of a call: what was expected, or else what the first call gave. A function whose
 * second answer differs from its first has a state: from then on its answers are told, and
 * compared with nothing.
 */
function holding(
  { signature: { result }, expect }: CallDescription,
  call: () => Answer,
  { outputs }: Given,
  precision: 'exact' | 'near',
): { check(): Check[]; after(last: Answer): Check[] } {
  const answers = () => [call(), ...outputs.map(({ memory }) => digestOf(memory))];
  const names = ['the answer', ...outputs.map(({ name }) => `${name} after the call`)];
  const near = precision === 'near' && (result === 'f32' || result === 'f64');
  const isSame = (a: Answer, b: Answer) =>
    Object.is(a, b) || (near && nearlySame(a as number, b as number));
  let wanted: Answer[] | null = null;
  let isCompared = expect !== 'any';
  const checkOf = (what: string, got: Answer, want: Answer): Check => {
    if (!isCompared) return { what, got };
    // A double that is near enough counts as the one that is wanted.
    return { what, got, want: isSame(got, want) ? got : want };
  };
  const first = () => {
    const given = answers();
    const again = answers();
    const expected = expect === null || expect === 'any' ? null : expectedAnswer(result, expect);
    const answer = expected === null ? null : checkOf(names[0]!, given[0]!, expected);
    isCompared &&= again.every((one, i) => isSame(one, given[i]!));
    const checks = given.map((want, i) => checkOf(names[i]!, isCompared ? again[i]! : want, want));
    wanted = expected === null ? given : [expected, ...given.slice(1)];
    return answer === null ? checks : [answer, ...checks.slice(1)];
  };
  return {
    check: () =>
      wanted === null ? first() : answers().map((got, i) => checkOf(names[i]!, got, wanted![i]!)),
    after: (last) => [checkOf('the last answer that was timed', last, wanted![0]!)],
  };
}
