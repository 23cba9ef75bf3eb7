/** Recognises which parameters count what others point to, by name and by type. */
import type { Word } from '../catalogue/words.ts';
import type { ParsedParameter } from './prototype.ts';

/** What a parameter counts. */
export type Counter =
  /** The elements of another parameter, by its place; `per` where they are counted by width. */
  | { readonly of: number; readonly per?: number }
  /** How many bytes an element of another parameter has. */
  | { readonly widthOf: number };

/** Bytes of an element where its width is an argument: those of an `int`. */
export const usualWidth = 4;

/** Ends of names that lengths go by; what stands before is the name of the memory. */
const lengthEnds = 'len|length|size|sz|capacity|cap|bytes|avail|count|nmemb|num|elements|l';
const lengthEnd = new RegExp(`^(.*?)_?(?:${lengthEnds})_?(?:in|out)?\\d*$`, 'i');
/** Whole names, and beginnings, of lengths. */
const lengthName = new RegExp(
  [
    String.raw`^(?:n|nel|nelem|nmemb|num|nr|cnt|count|len|length|size|bytes|cb)\d*$`,
    String.raw`^(?:n|num|max)_?(?:[A-Z_]\w*|len|size|bytes?|elements?|count)$`,
  ].join('|'),
);
const widthName = /^(?:size|width|es|sz|s|size_of_elements?|element_?size)$/i;

export function isInteger(word: Word): boolean {
  return typeof word === 'string' && /^[iu]\d/.test(word);
}

/** Whether a parameter may point to memory that JavaScript gives. */
export function isMemory({ target }: ParsedParameter): boolean {
  return target !== null && target.element !== 'pointer' && target.element !== 'struct';
}

/** Whether it points to one integer that C may write, as `unsigned long *destLen`. */
function isCell({ target }: ParsedParameter): boolean {
  return target !== null && !target.isConst && /^[iu](?:32|64)$/.test(target.element);
}

/** What each parameter counts; null for those that count nothing. */
export function countersOf(parameters: readonly ParsedParameter[]): (Counter | null)[] {
  const found = parameters.map((_, place) => counted(parameters, place));
  return found.map((of, place) => {
    if (of === null) return null;
    const isVoid = parameters[of]!.target!.element === 'void';
    const pair = [place - 1, place + 1].find((other) =>
      found[other] === of && isInteger(parameters[other]!.word)
    );
    if (!isVoid || pair === undefined || !isInteger(parameters[place]!.word)) return { of };
    const isWidth = (one: number) => widthName.test(parameters[one]!.name);
    if (isWidth(place) && !isWidth(pair)) return { widthOf: of };
    return isWidth(pair) && !isWidth(place) ? { of, per: usualWidth } : { of };
  });
}

/** The place of the memory that a parameter counts; null where it counts none. */
function counted(parameters: readonly ParsedParameter[], place: number): number | null {
  const own = parameters[place]!;
  const isOwnCell = isCell(own);
  if (!isInteger(own.word) && !isOwnCell) return null;
  if (own.word === 'u8' || own.word === 'i8') return null;
  const before = nearestMemory(parameters, place, -1);
  if (!own.isNamed) return isOwnCell || before !== place - 1 ? null : before;
  const { name } = own;
  const stem = lengthEnd.exec(name)?.[1] ?? null;
  const isWhole = lengthName.test(name);
  if (stem === null && !isWhole && !widthName.test(name)) return null;
  const named = stem === null || stem === ''
    ? -1
    : parameters.findIndex((one, i) =>
      i !== place && isMemory(one) && one.isNamed && belongs(one.name, stem)
    );
  if (named !== -1) return named;
  if (!isWhole && stem !== null && stem.length > 0 && /l\d*$/.test(name) && !/len/i.test(name)) {
    // A name that only happens to end in "l", as "level" would in "el".
    if (!/size|len|cap|avail|bytes|num|count/i.test(name)) return null;
  }
  if (before !== null && before >= place - 2) return before;
  return isOwnCell ? null : nearestMemory(parameters, place, 1);
}

/** Whether memory and length bear the same name: `source` and `sourceLen`, `m` and `mlen`. */
function belongs(memory: string, stem: string): boolean {
  const [a, b] = [memory.toLowerCase(), stem.toLowerCase()];
  if (a === b) return true;
  const isOneLetter = b.length === 1;
  if (isOneLetter) return false;
  const short: Readonly<Record<string, readonly string[]>> = {
    src: ['source', 'input', 'in'],
    dst: ['dest', 'destination', 'output', 'out'],
    dest: ['dst'],
    maxdest: ['dest', 'dst'],
    maxdst: ['dst', 'dest'],
    buff: ['buf', 'buffer'],
    buf: ['buffer', 'buff'],
  };
  if (short[b]?.includes(a)) return true;
  return a.startsWith(b) || b.endsWith(a) && a.length > 2;
}

function nearestMemory(
  parameters: readonly ParsedParameter[],
  place: number,
  step: 1 | -1,
): number | null {
  for (let at = place + step; at >= 0 && at < parameters.length; at += step) {
    const one = parameters[at]!;
    if (isMemory(one) && !(isCell(one) && step === -1 && lengthName.test(one.name))) {
      return at;
    }
    // Another pointer between them would be what it counts, had it any length.
    if (step === -1 && !isInteger(one.word)) return null;
  }
  return null;
}
