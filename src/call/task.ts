/** Makes a task of the description of a call: the same way of timing it as the catalogue's own. */
import type { CallDescription, Foreign } from '../catalogue/foreign.ts';
import type { OpenLane } from '../catalogue/lane.ts';
import { type Params, type Prepared, type Task, task } from '../catalogue/task.ts';
import type { Signature, Word } from '../catalogue/words.ts';
import { type Given, makeArguments } from './make.ts';
import { type ErrnoReader, errnoReader } from './errno.ts';
import { needsOf } from './needs.ts';
import { answerOf, isNull } from './values.ts';
import { watch } from './witness.ts';

// Its type is the prototype's, which is not known before the tool runs.
// deno-lint-ignore no-explicit-any
type AnyFunction = (...args: any[]) => unknown;

/** A task that calls one function of another library; `against` does the same in JavaScript. */
export function foreignTask(description: CallDescription, against?: AnyFunction): Task {
  const { id, isolates, library, exported, signature, sweep } = description;
  const made = task<Params>({
    id,
    isolates,
    timed: timedText(description),
    params: sweep === null ? [{}] : sweep.sizes.map((size) => ({ [sweep.name]: size })),
    ...(sweep === null ? {} : { sweep: sweep.name }),
    needs: [
      ...needsOf([signature]),
      ...(description.readsErrno ? ['errno_survives' as const] : []),
    ],
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

/** The timed statement. */
function timedText({ exported, signature, parameters, readsErrno }: CallDescription): string {
  const called = `${exported}(${parameters.map(({ name }) => name).join(', ')})`;
  const statement = signature.result === 'void' ? called : `last = ${called}`;
  return readsErrno ? `${statement}; if it failed, code = errno` : statement;
}

/** What a user's module exports under a name; of a CommonJS module, what its object has. */
export function exportOf(module: Readonly<Record<string, unknown>>, name: string): unknown {
  const whole = module.default as Readonly<Record<string, unknown>> | undefined;
  return module[name] ?? whole?.[name];
}

/** A task of a file with what its functions take, as the tool has read it. */
export function withSignatures(made: Task, foreign: Foreign): Task {
  const own = needsOf(Object.values(foreign.functions));
  return { ...made, foreign, needs: (params) => [...new Set([...made.needs(params), ...own])] };
}

function sizeOf({ sweep }: CallDescription, params: Params): number {
  return sweep === null ? 0 : Number(params[sweep.name]);
}

/** The call in a native lane. */
function prepareCall(
  description: CallDescription,
  lane: OpenLane,
  f: AnyFunction,
  given: Given,
): Prepared {
  const { signature } = description;
  const read = signature.result === 'cstring' ? textReader(lane) : null;
  const errno = description.readsErrno ? errnoReader(signature.result, lane.errno!) : null;
  const { body, last } = bodyOf(
    f,
    { read, errno },
    given.values.map(() => null),
    given,
    signature,
  );
  const call = () => {
    const got = f(...given.values);
    errno?.(got);
    return read === null ? got : read(got);
  };
  const { check, after } = watch(description, lane, call, given, 'exact', errno?.last);
  return {
    body,
    crossings: 1,
    check,
    after: () => after(answerOf(signature.result, last(), lane)),
    close: given.close,
  };
}

/** Reads the text that a C string result is; one that is a string already stays. */
function textReader({ readCString }: OpenLane): (result: unknown) => unknown {
  if (readCString === null) return (result) => result;
  return (result) => isNull(result) ? null : readCString(result as never);
}

/** The same in JavaScript. Scalars come from memory, so that no engine can compute ahead. */
function prepareAgainst(description: CallDescription, f: AnyFunction, size: number): Prepared {
  const { signature } = description;
  const given = makeArguments(description, size, null);
  const cells = given.values.map((value, i) =>
    typeof value === 'number' ? cellOf(signature.args[i]!, value) : null
  );
  const { body, last } = bodyOf(f, { read: null, errno: null }, cells, given, signature);
  const { check, after } = watch(description, null, () => f(...given.values), given, 'near');
  return {
    body,
    crossings: 0,
    check,
    after: () => after(answerOf(signature.result, last(), null)),
  };
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

/** What is done with a result within the timing. */
interface Followed {
  /** Reads the text that it is; null where it is none. */
  readonly read: ((result: unknown) => unknown) | null;
  /** Reads errno where it says that the call failed; null where nothing was asked. */
  readonly errno: ErrnoReader | null;
}

/**
 * The timed body, with as many arguments as the function has: a spread would be timed too. Where
 * the answer is a double it is kept in a typed array, since a variable would box it. A value that C
 * reads and overwrites, a capacity for instance, is written anew before each call.
 */
function bodyOf(
  f: AnyFunction,
  { read, errno }: Followed,
  cells: readonly (ArrayLike<number> | null)[],
  { values, kept }: Given,
  { result }: Signature,
): { body: () => unknown; last: () => unknown } {
  const names = values.map((_, i) => `a${i}`);
  const given = cells.map((cell, i) => cell === null ? names[i] : `${names[i]}[0]`);
  const called = `f(${given.join(', ')})`;
  const isFloat = result === 'f32' || result === 'f64';
  const kept0 = isFloat ? 'kept[0]' : 'last';
  const taken = errno === null ? called : `errno(${called})`;
  const timed = result === 'void'
    ? taken
    : `${kept0} = ${read === null ? taken : `read(${taken})`}`;
  const renewed = kept.filter(({ isCell }) => isCell);
  const renewing = renewed.map((_, i) => `m${i}[0] = v${i};`).join(' ');
  const make = new Function(
    'f',
    'read',
    'errno',
    'kept',
    'values',
    'renewed',
    `'use strict'; const [${names.join(', ')}] = values; let last = null;
     ${renewed.map((_, i) => `const { memory: m${i}, value: v${i} } = renewed[${i}];`).join(' ')}
     return { body: () => { ${renewing} ${timed}; }, last: () => ${kept0} };`,
  );
  return make(
    f,
    read,
    errno,
    new Float64Array(1),
    values.map((value, i) => cells[i] ?? value),
    renewed.map(({ memory }) => ({ memory, value: memory[0] })),
  );
}
