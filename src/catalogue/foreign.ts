/**
 * What a task is made of that calls another library than the project's own: plain data, so that it
 * can be sent to a worker.
 */
import type { Scalar, Signature } from './words.ts';

/** What the elements of a buffer are: numbers of a type, or single bytes. */
export type Element = Scalar;

/**
 * How a buffer is filled: a source with a pattern that differs from place to place; one that
 * nothing counts ends in a zero.
 */
export type Fill = 'pattern' | 'ended' | 'zeros';

/** How long another argument is, by its place. */
export interface Length {
  readonly of: number;
  readonly unit: 'elements' | 'bytes';
  /** What the length is divided by, where an element's size is an argument of its own. */
  readonly per?: number;
}

/** Where the value of an argument comes from. It is made ready before anything is timed. */
export type Recipe =
  /** As it was written; 64 bits would not survive as a number in JSON. */
  | { readonly from: 'value'; readonly text: string }
  /** The fields of a struct by value, in order. */
  | { readonly from: 'fields'; readonly texts: readonly string[] }
  | { readonly from: 'null' }
  /**
   * A buffer of that many bytes. With `grows`, it is a target that has room for twice the size of
   * a sweep.
   */
  | {
    readonly from: 'bytes';
    readonly bytes: number;
    readonly fill: Fill;
    readonly element: Element;
    readonly grows?: true;
  }
  /** A buffer of these elements. */
  | { readonly from: 'list'; readonly texts: readonly string[]; readonly element: Element }
  /** A buffer with the content of a file: its copy where workers may read. */
  | { readonly from: 'file'; readonly path: string; readonly copy: string; readonly bytes: number }
  /** A text as UTF-8 with a NUL behind it. */
  | { readonly from: 'text'; readonly text: string }
  | { readonly from: 'length' } & Length
  /** One value behind a pointer, written anew before each call: a length, or what was given. */
  | {
    readonly from: 'cell';
    readonly element: Element;
    readonly length: Length | null;
    readonly text: string | null;
  }
  /** The size of the case: as a number, or as a buffer of so many bytes. */
  | { readonly from: 'sweep'; readonly as: 'number' | 'bytes'; readonly element: Element }
  /** A function in JavaScript that C calls back. */
  | { readonly from: 'callback'; readonly source: string };

/** A parameter with what is passed for it. */
export interface Parameter {
  readonly name: string;
  readonly recipe: Recipe;
  /** Whether C may write to what it points to. */
  readonly isTarget?: boolean;
  /** Whether it points to an address that C writes. */
  readonly isSlot?: boolean;
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
  /** What the function must answer, as it was written; null where nothing was said. */
  readonly expect: string | null;
  /** The JavaScript function that does the same, by its name in the file; null without one. */
  readonly against: string | null;
  /** Whether errno is read where the call fails. */
  readonly readsErrno?: true;
}

/** What a worker is told of a task that its bundle has in it: where its library was found. */
export interface BundledTask {
  readonly library: string;
  /** The functions that the task calls, their prototypes read. */
  readonly functions: Readonly<Record<string, Signature>>;
}

/** The other library of a task. */
export interface Foreign {
  readonly library: string;
  /** The functions that the task calls, by their exported names. */
  readonly functions: Readonly<Record<string, Signature>>;
  /** Those of them that are written as prototypes, until the tool has read them. */
  readonly prototypes?: Readonly<Record<string, string>>;
  /** What a worker makes the task of; null where it is bundled into the worker. */
  readonly description: CallDescription | null;
}
