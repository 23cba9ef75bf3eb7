/**
 * How a task reads in Python. The sources stand beside the catalogue, one file per family, and are
 * handed to the worker in CPython with its order: what is timed is written once, and `list --why`
 * shows it.
 */
import type { SymbolName } from '../signatures.ts';
import type { Answer, Params } from '../task.ts';
import type { Signature } from '../words.ts';

/** One known answer: what it is, the expression that gives it, and the source of what must come. */
export type Known = readonly [what: string, got: string, want: string];

/** A task with its params, as Python source. */
export interface PythonCase {
  /** Statements that run once, before anything is asked; every name that is timed is set here. */
  readonly setup?: string;
  /** What is timed: the body of the loop, one or several lines. */
  readonly timed: string;
  /** Library calls that one run of it makes. */
  readonly crossings: number;
  /** Known answers, asked before and after the timing, in the order of the task's own. */
  readonly checks: readonly Known[];
  /** What the timed statements left behind after `calls` runs. */
  readonly after?: readonly Known[];
  /** Statements that give back what `setup` took. */
  readonly close?: string;
}

/**
 * How a mechanism spells what a program does between its own values and what C takes: the parts of
 * a statement in which the ways across differ. Names in these sources come from the worker's lane.
 */
export interface Way {
  /** What C takes for a list of floats, made anew for one call. */
  readonly fresh: (list: string) => string;
  /** Statements before that, once. */
  readonly freshSetup: (list: string) => string;
  /** A C string that a call returned, as a `str`. */
  readonly text: (call: string) => string;
  /** The first bytes of a kept writable buffer, as a `str`. */
  readonly textOf: (kept: string, bytes: string) => string;
  /** A C string at an address, as a `str`; absent: a program cannot read there. */
  readonly textAt?: (address: string) => string;
  /** How errno is read once a call has failed, with statements before that; absent: not at all. */
  readonly errno?: { readonly setup: string; readonly read: string };
  /** Statements that prepare, and an expression that makes new bytes for C to write to. */
  readonly freshBytes: { readonly setup: (bytes: number) => string; readonly make: string };
  /** The same for a callback of `callback_repeat` out of `next_of`; absent: any function is one. */
  readonly freshCallback?: { readonly setup: string; readonly make: string };
  /** A view of the floats at an address; absent as `textAt`. */
  readonly numbersAt?: (address: string, count: string) => string;
  /** What a program does with a struct that is passed by value. */
  readonly struct: StructWay;
}

/** A struct of floats by value, whatever it is in Python. */
export interface StructWay {
  /** Statements that give the struct `kept` another first field, `x`. */
  readonly setFirst: string;
  /** The first field of a struct that a call returned. */
  readonly first: (call: string) => string;
  /** All of its fields as a list. */
  readonly all: (call: string, fields: number) => string;
}

/** A task in Python, for each kind of lane that can do it. */
export interface PythonTask<P extends Params = Params> {
  /** With calls of the library, in every lane that binds it. */
  readonly native?: (params: P, way: Way) => PythonCase;
  /** What of `Way` the native form cannot do without. */
  readonly needsWay?: 'errno' | 'textAt' | 'numbersAt' | 'freshCallback';
  /** The largest size of the sweep in Python alone; one call of a larger one takes seconds. */
  readonly largestPlain?: number;
  /** In Python alone. */
  readonly plain?: (params: P) => PythonCase;
  /** In NumPy alone. */
  readonly numpy?: (params: P) => PythonCase;
  /** By functions of an extension's own, per mechanism; a sentence where it has none such. */
  readonly extension?: Readonly<
    Partial<Record<'cython' | 'pyo3', (params: P) => PythonCase | string>>
  >;
}

/** The tasks of a family by id. */
export type PythonTasks = Readonly<Record<string, PythonTask>>;

/** States the params of a task once; what is stored knows them as any params. */
export function inPython<P extends Params>(task: PythonTask<P>): PythonTask {
  return task as unknown as PythonTask;
}

/** A value as Python source. */
export function literal(value: Answer): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return JSON.stringify(value);
  if (Number.isNaN(value)) return "float('nan')";
  if (Object.is(value, -0)) return '-0.0';
  if (value === Infinity || value === -Infinity) return `float('${value}')`;
  return String(value);
}

/** The longest text that is written out; longer ones repeat (see `texts.ts`). */
const longestLiteral = 4096;

/** A text as Python source: a long one that repeats itself as a product. */
export function textLiteral(text: string): string {
  const characters = Array.from(text);
  if (characters.length <= longestLiteral) return literal(text);
  const period = 8192;
  const first = characters.slice(0, period).join('');
  const times = Math.floor(characters.length / period) || 1;
  const rest = characters.slice(Math.min(characters.length, period * times)).join('');
  return `(${literal(first)} * ${times} + ${literal(rest)})`;
}

/** What a worker in CPython is told besides its order, since it cannot import the catalogue. */
export interface PythonWork {
  readonly case: PythonCase;
  /** The functions of the library that the case uses, under their names of the table. */
  readonly binds: readonly SymbolName[];
  /** The whole table: what the library is held against. */
  readonly signatures: Readonly<Record<string, Signature>>;
  /** Functions in Python that stand in for the library's; for the plain lane. */
  readonly kernels: readonly string[];
  /** Where the packages and extensions of this Python lie; null for a lane that needs none. */
  readonly folder: string | null;
}
