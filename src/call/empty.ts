/**
 * The same signature doing nothing: one function of the project's own library that returns 0 in
 * every register that a result may come in, whatever it is called with. What a call of it costs is
 * the crossing and nothing else.
 */
import type { CallDescription } from '../catalogue/foreign.ts';
import type { Word } from '../catalogue/words.ts';
import { families } from './describe.ts';

/** The name that the library exports it under. */
export const emptySymbol = 'ffib_empty';

/** A result that comes in registers: a scalar, an address, or nothing. */
function comesInRegisters(result: Word): boolean {
  return typeof result === 'string';
}

/**
 * The function that does nothing in place of another, called with the smallest arguments; null for
 * one that returns a struct, which may come in memory.
 */
export function describeEmpty(
  description: CallDescription,
  library: string,
): CallDescription | null {
  const { sweep, parameters, signature } = description;
  if (!comesInRegisters(signature.result)) return null;
  // A text that is null would be read by some lanes and not by others.
  const result = signature.result === 'cstring' ? 'pointer' : signature.result;
  const { readsErrno: _, ...rest } = description;
  return {
    ...rest,
    id: description.id.replace(families.own, families.empty),
    isolates: `the signature of ${description.exported}, doing nothing`,
    library,
    exported: emptySymbol,
    signature: { ...signature, result },
    parameters: parameters.map((one) => ({
      ...one,
      recipe: one.recipe.from !== 'sweep'
        ? one.recipe
        : one.recipe.as === 'bytes'
        ? { from: 'bytes', bytes: sweep!.sizes[0]!, fill: 'pattern', element: one.recipe.element }
        : { from: 'value', text: String(sweep!.sizes[0]!) },
    })),
    sweep: null,
    expect: null,
    against: null,
  };
}
