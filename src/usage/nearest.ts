/** Finds the names closest to a wrong one. */
import { distance } from 'fastest-levenshtein';

/** The known names nearest to a wrong one, nearest first, at most three. */
export function nearest(wrong: string, known: Iterable<string>): string[] {
  const limit = Math.max(3, Math.ceil(wrong.length / 2));
  return [...new Set(known)]
    .map((name) => ({ name, far: farFrom(wrong, name) }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ name }) => name);
}

/**
 * Edits from a wrong name to a known one, or to the part behind its family: `nop` to `call.noop`.
 */
function farFrom(wrong: string, name: string): number {
  if (name.includes(wrong)) return 0;
  const behindFamily = name.slice(name.indexOf('.') + 1);
  return Math.min(distance(wrong, name), distance(wrong, behindFamily));
}

/** A sentence that refuses an unknown name and offers the nearest. */
export function unknownName(kind: string, wrong: string, known: Iterable<string>): string {
  const names = [...known];
  const near = nearest(wrong, names);
  const offer = near.length > 0
    ? `Nearest: ${near.join(', ')}.`
    : names.length <= 12
    ? `There are: ${names.join(', ')}.`
    : `"ffi-bench list" shows all.`;
  return `There is no ${kind} "${wrong}". ${offer}`;
}
