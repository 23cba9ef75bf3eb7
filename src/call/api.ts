/**
 * What a task file of `ffi-bench call --file` is written with: handles that are made first, several
 * calls in one, callbacks, structs and freeing, which no prototype can say.
 *
 *     import { foreign } from 'ffi-bench';
 *
 *     export default foreign({
 *       name: 'sqrt',
 *       library: 'libm.so.6',
 *       isolates: 'the square root of a double',
 *       timed: 'last[0] = sqrt(9)',
 *       functions: { sqrt: { args: ['f64'], result: 'f64' } },
 *       prepare(lane, { sqrt }) {
 *         const last = new Float64Array(1);
 *         return {
 *           body: () => last[0] = sqrt(9),
 *           crossings: 1,
 *           check: () => [{ what: 'sqrt(9)', got: sqrt(9), want: 3 }],
 *         };
 *       },
 *     });
 */
import type { ArgOf, Capability, OpenLane, ResultOf } from '../catalogue/lane.ts';
import { type Params, type Prepared, type Task, task } from '../catalogue/task.ts';
import type { Signature, Word } from '../catalogue/words.ts';
import { withSignatures } from './task.ts';

export type { Callback, OpenLane, Pointer } from '../catalogue/lane.ts';
export type { Check, Params, Prepared, Task } from '../catalogue/task.ts';
export type { Signature, Word } from '../catalogue/words.ts';

type ArgsOf<A extends readonly Word[]> = {
  -readonly [K in keyof A]: A[K] extends Word ? ArgOf<A[K]> : never;
};

/** The type of a function that was bound: exact for a signature, loose for a C prototype. */
type BoundOf<S> = S extends Signature ? (...args: ArgsOf<S['args']>) => ResultOf<S['result']>
  // deno-lint-ignore no-explicit-any
  : (...args: any[]) => any;

/** A task as its author writes it. */
export interface ForeignSource<
  F extends Readonly<Record<string, Signature | string>>,
  P extends Params,
> {
  /** The task is called `foreign.NAME`: letters, digits, "_", "." and "-". */
  readonly name: string;
  /** As on the command line: a path, or a name that the loader knows. */
  readonly library: string;
  /** One sentence: what this isolates. */
  readonly isolates: string;
  /** One line of pseudo code: what the clock sees. */
  readonly timed: string;
  /** The functions by their exported names: a signature in catalogue words, or a prototype. */
  readonly functions: F;
  /** Sizes and choices; without them, one case. */
  readonly params?: readonly P[];
  /** The parameter that is a size, for a cost model. */
  readonly sweep?: keyof P & string;
  /** What a lane must be able to do, beside what the signatures show. */
  readonly needs?: readonly Capability[];
  /** Makes ready what is timed. `functions` are the runtime's own: keep them in constants. */
  prepare(
    lane: OpenLane,
    functions: { readonly [K in keyof F]: BoundOf<F[K]> },
    params: P,
  ): Prepared;
  /** The same work in JavaScript alone. */
  plain?(params: P): Prepared;
}

const nameForm = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$/;

/** Makes a task of another library. Throws where its name or a prototype is not usable. */
export function foreign<
  const F extends Readonly<Record<string, Signature | string>>,
  const P extends Params = Params,
>(source: ForeignSource<F, P>): Task {
  const { name, library, isolates, timed, params, sweep, plain, needs = [] } = source;
  if (!nameForm.test(name)) {
    throw new Error(`"${name}" is no name for a task: letters, digits, "_", "." and "-".`);
  }
  const given = Object.entries(source.functions);
  const signatures = given.filter((one): one is [string, Signature] => typeof one[1] !== 'string');
  const prototypes = given.filter((one): one is [string, string] => typeof one[1] === 'string');
  const names = given.map(([exported]) => exported);
  const made = task<P>({
    id: `foreign.${name}`,
    isolates,
    timed,
    ...(params === undefined ? {} : { params }),
    ...(sweep === undefined ? {} : { sweep }),
    needs,
    binds: [],
    prepare: (lane, given) => {
      const bound = Object.fromEntries(names.map((one) => [one, lane.symbols[one]]));
      return source.prepare(lane, bound as { readonly [K in keyof F]: BoundOf<F[K]> }, given);
    },
    plain: plain === undefined ? null : (given) => plain(given),
  });
  const foreign = {
    library,
    functions: Object.fromEntries(signatures),
    prototypes: Object.fromEntries(prototypes),
    description: null,
  };
  return withSignatures(made, foreign);
}
