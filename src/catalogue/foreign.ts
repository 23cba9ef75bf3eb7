/**
 * What a task is made of that calls another library than the project's own: plain data, so that it
 * can be sent to a worker.
 */
import type { Signature } from './words.ts';

/** Where the value of an argument comes from. It is made ready before anything is timed. */
export type Recipe =
  /** As it was written; 64 bits would not survive as a number in JSON. */
  | { readonly from: 'value'; readonly text: string }
  | { readonly from: 'null' }
  /** A buffer of that many bytes, filled with a pattern or with zeros. */
  | { readonly from: 'bytes'; readonly bytes: number; readonly fill: 'pattern' | 'zeros' }
  /** A text as UTF-8 with a NUL behind it. */
  | { readonly from: 'text'; readonly text: string }
  /** How long another argument is, by its place; elements, or bytes. */
  | { readonly from: 'length'; readonly of: number; readonly unit: 'elements' | 'bytes' }
  /** The size of the case: as a number, or as a buffer of so many bytes. */
  | { readonly from: 'sweep'; readonly as: 'number' | 'bytes' };

/** A parameter with what is passed for it. */
export interface Parameter {
  readonly name: string;
  readonly recipe: Recipe;
}

/** One function of another library, and how it is called. */
export interface CallDescription {
  /** Id of the task that is made of this. */
  readonly id: string;
  /** One sentence: what the task isolates. */
  readonly isolates: string;
  /** Path by which every lane opens the library. */
  readonly library: string;
  /** The name under which the library exports the function. */
  readonly exported: string;
  readonly signature: Signature;
  readonly parameters: readonly Parameter[];
  /** The parameter that is swept, with its sizes; null where nothing is. */
  readonly sweep: { readonly name: string; readonly sizes: readonly number[] } | null;
  /** What the function must return, as it was written; null where it was not given. */
  readonly expect: string | null;
  /** The JavaScript function that does the same, by its name in the file; null without one. */
  readonly against: string | null;
}

/** What a worker is told of a task that its bundle has in it: where its library was found. */
export interface BundledTask {
  readonly library: string;
}

/** The other library of a task. */
export interface Foreign {
  readonly library: string;
  /** The functions that the task calls, by their exported names. */
  readonly functions: Readonly<Record<string, Signature>>;
  /** What a worker makes the task of; null where it is bundled into the worker. */
  readonly description: CallDescription | null;
}
