/** Values of C types from how they are written, and answers in a form that all lanes share. */
import type { OpenLane } from '../catalogue/lane.ts';
import type { Answer } from '../catalogue/task.ts';
import type { Scalar, Word } from '../catalogue/words.ts';

/** The range of each integer type. */
function rangeOf(word: Scalar): readonly [bigint, bigint] {
  const bits = BigInt(word.slice(1));
  return word.startsWith('u')
    ? [0n, 2n ** bits - 1n]
    : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
}

const integer = /^-?(\d+|0x[0-9a-f]+)n?$/i;

function readInteger(text: string): bigint {
  const [, sign, digits] = /^(-?)(.*?)n?$/i.exec(text)!;
  return BigInt(digits!) * (sign === '-' ? -1n : 1n);
}

/** What a type takes, where a text is no value of it; null where it is one. */
export function whyNoValue(word: Word, text: string): string | null {
  if (word === 'bool') return /^(true|false|0|1)$/.test(text) ? null : 'true or false';
  if (word === 'f32' || word === 'f64' || (typeof word === 'object' && 'struct' in word)) {
    const isNumber = /^[+-]?(inf(inity)?|nan)$/i.test(text) || integer.test(text) ||
      (text.trim() !== '' && !Number.isNaN(Number(text)));
    return isNumber ? null : 'a number such as 3.5';
  }
  if (typeof word !== 'string' || !/^[iu]\d/.test(word)) return 'no value';
  const [least, most] = rangeOf(word as Scalar);
  const fits = integer.test(text) && readInteger(text) >= least && readInteger(text) <= most;
  return fits ? null : `a whole number from ${least} to ${most}`;
}

function readFloat(text: string): number {
  if (/^[+-]?inf/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return integer.test(text) ? Number(readInteger(text)) : Number(text);
}

/** A value that `whyNoValue` let pass: a bigint for 64 bits, a number, or a boolean. */
export function readScalar(word: Word, text: string): number | bigint | boolean {
  if (word === 'bool') return text === 'true' || text === '1';
  if (word === 'i64' || word === 'u64') return readInteger(text);
  return word === 'f32' || word === 'f64' ? readFloat(text) : Number(readInteger(text));
}

/** A result as every lane would give it: 64 bits as bigint, an address as whether it is null. */
export function answerOf(word: Word, result: unknown, lane: OpenLane | null): Answer {
  if (word === 'void') return null;
  if (typeof word === 'object') {
    if ('struct' in word) return JSON.stringify(lane!.structForm!(word).fields(result as never));
    return result === null ? 'null' : 'an address';
  }
  switch (word) {
    case 'i64':
    case 'u64':
      return BigInt(result as number);
    case 'bool':
      return Boolean(result);
    case 'pointer':
      return isNull(result) ? 'null' : 'an address';
    case 'cstring':
      return isNull(result) ? null : String(result);
    default:
      return Number(result);
  }
}

/** Whether a lane's address is null, in the form of any lane. */
export function isNull(address: unknown): boolean {
  return address === null || address === undefined || address === 0 || address === 0n;
}

/** An expected answer from how it is written. */
export function expectedAnswer(word: Word, text: string): Answer {
  if (word === 'cstring') return text === 'null' ? null : text.replace(/^"(.*)"$/s, '$1');
  return readScalar(word, text);
}

/** How far floating-point answers of JavaScript may be off, as a share: their last digits. */
export const closeEnough = 1e-9;

/** How many doubles lie between two, in units in the last place. */
export function unitsBetween(a: number, b: number): number {
  const order = (value: number) => {
    const bits = new BigInt64Array(Float64Array.of(value).buffer)[0]!;
    return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
  };
  const far = order(a) - order(b);
  return Number(far < 0n ? -far : far);
}

/** Whether two answers are the same, floating-point ones up to their last digits. */
export function nearlySame(a: number, b: number): boolean {
  return Object.is(a, b) || a === b ||
    Math.abs(a - b) <= closeEnough * Math.max(Math.abs(a), Math.abs(b));
}
